#!/bin/sh
# benchab.sh BENCHAB OLD NEW: what is compared, what is told, and how it ends.
# Nothing here depends on how fast the machine is: changes are by factors.
set -u

benchab=$1 old=$2 new=$3
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failed=0

# run STATUS FLAGS...: benchab ends with STATUS.
run()
{
	want=$1
	shift
	"$benchab" -seed 1 "$@" >out 2>err
	got=$?
	if [ $got != "$want" ]; then
		echo "FAILED: benchab $*: status $got, want $want"
		cat out err
		failed=1
	fi
}

# said PATTERN...: each is in the output.
said()
{
	for pattern; do
		if ! grep -q -e "$pattern" out; then
			echo "FAILED: not said: $pattern"
			cat out
			failed=1
		fi
	done
}

# silent PATTERN: it is not.
silent()
{
	if grep -q -e "$1" out; then
		echo "FAILED: said: $1"
		cat out
		failed=1
	fi
}

# Verdicts, each with its status.
run 1 -bench '^BenchmarkSlower$' "$old" "$new"
said '^Slower.* REGRESSION ' '^benchab: 1 REGRESSION ('
run 0 -bench Faster "$old" "$new"
said '^Faster.* IMPROVEMENT ' '^benchab: 1 IMPROVEMENT ('
run 1 -bench '^BenchmarkGroup$/slower' "$old" "$new"
said '^Group/slower.* REGRESSION '
silent 'Group/same'
run 0 -bench 'Faster' -exact "$old" "$new"
said 'Faster.* IMPROVEMENT '
run 1 -bench 'Slower' -format md "$old" "$new"
said '^| Slower.*REGRESSION' '^| :-- | --:'
run 1 -bench 'Slower' -format json "$old" "$new"
said '"verdict":"REGRESSION"' '"status":1'

# What takes no time to decide is not looked at for ever.
run 3 -bench 'Slower' -budget 1ms "$old" "$new"
said '^Slower.*UNDECIDED (too few launches, needs ~'
run 0 -bench 'Slower' -budget 1ms -undecided=pass "$old" "$new"
run 3 -bench 'Slower' -time 1ms "$old" "$new"
said 'out of time'

# Allocations and the user's metrics, exactly.
run 0 -bench Allocates -margin 100% "$old" "$new"
said '^Allocates.* allocs/op  *2  *3  *+50.00%  *exact' \
	'^Allocates.* B/op  *128  *192 ' '^Allocates.* steps/op  *7  *8 '

# Failures of every kind: named, and the rest is compared.
run 2 -bench 'FailsInNew|CrashesInOld|ExitsInNew|Faster|OnlyOld|Skipped' \
	"$old" "$new"
said '^FailsInNew.* FAILED in NEW' '^CrashesInOld.* FAILED in OLD' \
	'^ExitsInNew.* FAILED in NEW' '^OnlyOld.* missing from NEW' \
	'^Skipped.* skipped in OLD' '^Faster.* IMPROVEMENT' \
	'^--- FAIL: FailsInNew' 'it is wrong' 'exit status 3' \
	'^benchab: 1 IMPROVEMENT, 3 failed, 1 missing from NEW ('
run 2 -bench 'FailsLater|Faster' "$old" "$new"
said '^FailsLater.* FAILED in NEW' 'too often' '^Faster.* IMPROVEMENT'
run 2 -bench 'HangsInNew|Faster' -timeout 1s "$old" "$new"
said '^HangsInNew.* FAILED in NEW' 'no answer within 1 s' \
	'^Faster.* IMPROVEMENT'

# A sanitizer ends the process in its own way.
run 2 -bench CrashesInOld "$old" "$new"
said 'SIGSEGV\|exit status 1'

# What it said before, as much as can be read.
run 2 -bench SaysWhyInNew "$old" "$new"
said '^SaysWhyInNew.* FAILED in NEW' '^--- FAIL: SaysWhyInNew.* in NEW' \
	'for a reason' 'stderr, its end:' 'stderr: line 999 of many' \
	'stderr: the last line'
silent 'line 1 of'
if [ "$(wc -c <out)" -gt 10000 ]; then
	echo "FAILED: shows all that was said"
	failed=1
fi

# Missing and new ones.
run 2 -bench 'Only|Faster' "$old" "$new"
said '^OnlyOld.* missing from NEW' '^OnlyNew.* missing from OLD'
run 0 -bench 'Only|Faster' -missing=ok "$old" "$new"
run 0 -bench 'OnlyNew|Faster' "$old" "$new"
run 2 -bench Nothing "$old" "$new"
said '^benchab: no benchmark'

# Killed from outside: once more.
run 0 -bench Killed -margin 100% "$old" "$new" -- "$work/killed"
said '^Killed.* EQUIVALENT '
if ! [ -e killed ]; then
	echo "FAILED: nothing was killed"
	failed=1
fi

# By which clock.
run 0 -bench 'Sleeps' -margin 100% "$old" "$new"
said '^Sleeps.* wall  *EQUIVALENT'
run 0 -bench 'Threads' -margin 100% -budget 30s "$old" "$new"
said '^Threads.* wall  *EQUIVALENT'
run 0 -bench 'Faster' -metric wall "$old" "$new"
said '^Faster.* wall  *IMPROVEMENT'
run 0 -bench 'Faster' -metric cpu "$old" "$new"
said '^Faster.* cpu  *IMPROVEMENT'

# As short as it gets, and longer than any slice.
run 1 -bench Nanosecond "$old" "$new"
said '^Nanosecond.* cpu  *REGRESSION'
run 3 -bench Long -budget 100ms -o long "$old" "$new"
said '^Long.* cpu  *UNDECIDED (too few launches'
if ! grep -q '"slice_n":1,"slices":1,.*"stolen_ns":' long/launches.jsonl; then
	echo "FAILED: a slice is one operation"
	cat long/launches.jsonl
	failed=1
fi

# Set-up runs once in each process, and once more to see what there is.
run 0 -bench SetUp -margin 100% -o records "$old" "$new" -- "$work/setups"
said '^SetUp.* EQUIVALENT '
if [ -n "$(sort setups | uniq -d)" ]; then
	echo "FAILED: a process set up twice"
	failed=1
fi

# Records: a line for each launch.
launches=$(grep -c '"ratio".*"mean_ratio"' records/launches.jsonl)
if [ "$launches" -lt 11 ] ||
	[ "$(grep -c '^BenchmarkSetUp.* ns/op' records/old.txt)" != "$launches" ] ||
	[ "$(grep -c '^BenchmarkSetUp.* ns/op' records/new.txt)" != "$launches" ]
then
	echo "FAILED: records"
	failed=1
fi

# Judged again, with the same flags the same is said to the last byte, and the
# flags that are not given are those of the run.
run 1 -bench 'Slower|Same|Allocates' -margin 2% -gate 'allocs/op>0' \
	-o again "$old" "$new"
mv out said_first
for flags in '' "-margin 2% -gate allocs/op>0"; do
	# shellcheck disable=SC2086
	"$benchab" -reanalyse again $flags >out 2>err
	if [ $? != 1 ] || ! cmp said_first out; then
		echo "FAILED: -reanalyse says something else"
		cat out err
		failed=1
	fi
done
"$benchab" -reanalyse again "$old" >out 2>err && failed=1
"$benchab" -reanalyse nosuch >out 2>err && failed=1

# A terminal sees the table while it is made; nobody else does.
if command -v script >/dev/null; then
	script -qec "'$benchab' -bench 'Sleeps|Slower' -margin 0.0001% \
		-budget 2s '$old' '$new' >/dev/null" /dev/null >live </dev/null
	for pattern in 'Sleeps.*\.\.\. [0-9.]* s left' \
		"$(printf '\033\\[[0-9]*A')"; do
		grep -q -e "$pattern" live && continue
		echo "FAILED: no live $pattern"
		cat -v live
		failed=1
	done
fi
run 1 -bench Slower "$old" "$new"
grep -q "$(printf '\033')" out err && { echo "FAILED: escapes"; failed=1; }

# The same seed throws the same coins.
run 1 -bench Slower -o one "$old" "$new"
run 1 -bench Slower -o two "$old" "$new"
for record in one two; do
	sed -n 's/.*"cpu":\([0-9-]*\).*/\1/p' $record/launches.jsonl | head -8 \
		>$record/cpus
done
if ! cmp -s one/cpus two/cpus; then
	echo "FAILED: the same seed, other CPUs"
	failed=1
fi

# What cannot be compared.
run 2 /bin/sh "$new"
grep -q '/bin/sh: not built with benchkit' err || { cat err; failed=1; }
run 2 "$old" "$work/nosuch"
grep -q 'nosuch' err || { cat err; failed=1; }
run 2 "$old"
run 2 -alpha 2 "$old" "$new"
run 2 "$old" "$new" surplus

# With little: few descriptors, one CPU.
(ulimit -n 32 && run 0 -bench Faster "$old" "$new" && exit $failed) || failed=1
if command -v taskset >/dev/null; then
	cpu=$(taskset -cp $$ | sed 's/.*: *\([0-9]*\).*/\1/')
	taskset -c "$cpu" "$benchab" -bench Faster "$old" "$new" >out 2>err ||
		{ echo "FAILED on one CPU"; cat out err; failed=1; }
	grep -q '^one CPU only' err || { cat err; failed=1; }
fi

# Ctrl-C: at once, with what is known.
"$benchab" -bench Sleeps -margin 0.0001% -budget 60s "$old" "$new" >out 2>err &
pid=$!
sleep 1
kill -INT $pid
wait $pid
status=$?
if [ $status != 130 ]; then
	echo "FAILED: interrupted, status $status"
	failed=1
fi
said '^benchab: interrupted: '
exit $failed
