#!/bin/sh
# verdicts.sh BENCHAB VALIDATE SCHEMA: every verdict and every outcome of the
# gate, with the exit status, on launches that are made up; all formats agree.
set -u
benchab=$1 validate=$2 schema=$3
here=$(cd "$(dirname "$0")" && pwd)
export LC_ALL=C
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
mkdir dir
failed=0

# launches [AWKVAR=VALUE...] <<EOF: these are the launches now.
launches() {
	vars=
	for var; do vars="$vars -v $var"; done
	# shellcheck disable=SC2086
	awk $vars -f "$here/launches.awk" >dir/launches.jsonl
}

# ends STATUS FLAGS...: with that.
ends() {
	want=$1
	shift
	"$benchab" -reanalyse dir "$@" >text 2>err
	got=$?
	[ $got = "$want" ] && return
	echo "FAILED: $*: status $got, want $want"
	cat err text
	failed=1
}

# agree STATUS FLAGS...: the same in every format, the JSON as its schema says.
agree() {
	ends "$@"
	shift
	summary=$(grep '^benchab: ' text)
	for format in md html json; do
		"$benchab" -reanalyse dir -format $format "$@" >$format 2>err
		if [ $? != "$want" ] || ! grep -q -F "$summary" $format; then
			echo "FAILED: $* -format $format: not as in text"
			failed=1
		fi
	done
	"$validate" "$schema" json || failed=1
	grep -q "\"status\":$want," json || {
		echo "FAILED: $*: another status in JSON"
		failed=1
	}
	if grep -q 'src=\|href=\|url(' html; then
		echo "FAILED: $*: the page needs others"
		failed=1
	fi
}

# says PATTERN...: the text does.
says() {
	for pattern; do
		grep -q -e "$pattern" text && continue
		echo "FAILED: not said: $pattern"
		cat text
		failed=1
	done
}

# silent PATTERN
silent() {
	grep -q -e "$1" text || return
	echo "FAILED: said: $1"
	cat text
	failed=1
}

# last TEXT: the last line begins so.
last() {
	case $(tail -n 1 text) in
	"$1"*) return ;;
	esac
	echo "FAILED: the last line is not: $1"
	tail -n 1 text
	failed=1
}

regression='Worse 17 2 0.2 runs runs 3 3'
improvement='Better 17 -2 0.2 runs runs 3 3'
equivalent='Same 17 0 0.2 runs runs 3 3'
slower='Slower 17 0.45 0.6 runs runs 3 3'
faster='Faster 17 -0.45 0.6 runs runs 3 3'
undecided='Open 17 0.2 4 runs runs 3 3'
better_or_equal='Rather 17 -0.4 1.4 runs runs 3 3'
few='Few 5 0 0.2 runs runs 3 3'

# One row: its word, and what it does to the exit status.
# row WORD LINE STATUS STRICT PASS: plain, with -strict, with -undecided=pass.
row() {
	echo "$2" | launches
	agree "$3"
	says "  $1"
	[ "$3" = 0 ] || says "^benchab: 1 "
	ends "$4" -strict
	ends "$5" -undecided=pass
	# The same with a rule for time in the place of the margin.
	ends "$3" -gate 'sec/op>0.5%'
	last 'gate: '
}
row 'REGRESSION  ' "$regression" 1 1 1
row 'IMPROVEMENT  ' "$improvement" 0 0 0
row 'EQUIVALENT  ' "$equivalent" 0 0 0
row 'slower (size unsettled)' "$slower" 3 1 0
row 'faster (size unsettled)' "$faster" 0 0 0
row 'UNDECIDED (±.*%, needs ~' "$undecided" 3 3 0
row 'UNDECIDED (±' "$better_or_equal" 0 0 0
row 'UNDECIDED (too few launches, needs ~' "$few" 3 3 0

# Of several: 2 before 1 before 3.
printf '%s\n' "$regression" "$undecided" "$equivalent" | launches
ends 1
last 'benchab: 1 REGRESSION, 1 EQUIVALENT, 1 UNDECIDED (margin 0.5%, alpha 0.01, Holm, 3.0 s)'
says '^A change below 0.5% is none (the margin)' 'Intervals of 99%' \
	'^geomean of the changes: +0.* \['
printf '%s\n' "$regression" "$undecided" 'Gone 0 0 0 runs absent 0 0' | launches
agree 2
says '^Gone.* missing from NEW' '1 missing from NEW'
ends 1 -missing=ok
ends 2 -gate 'allocs/op>0'
says '^gate: missing: Gone (new): sec/op'
ends 1 -missing=ok -gate 'allocs/op>0'
printf '%s\n' "$equivalent" 'Gone 0 0 0 runs absent 0 0' | launches
ends 0 -missing=ok
printf '%s\n' "$equivalent" 'Fresh 0 0 0 absent runs 0 0' | launches
ends 0
says '^Fresh.* missing from OLD' '1 only in NEW'
ends 0 -gate 'allocs/op>0'
says '^gate: new: Fresh'
printf '%s\n' "$equivalent" 'Broken 0 0 0 runs failed 0 0' | launches
agree 2 -missing=ok
says '^Broken.* FAILED in NEW' '^--- FAIL: Broken in NEW' '^    it broke'
printf '%s\n' "$equivalent" 'Left 0 0 0 skipped runs 0 0' | launches
ends 0
says '^Left.* skipped in OLD'
echo 'Gone 0 0 0 runs absent 0 0' | launches
ends 2 -missing=ok
launches </dev/null
ends 2
last 'benchab: no benchmark'

# OLD differs from itself: nothing is said, and nothing passes.
printf '%s\n' "$regression" "$equivalent" | launches SENTINEL=2
ends 3
ends 3 -undecided=pass
agree 3 -strict
last 'benchab: UNFIT: OLD differs from itself by more than the margin; no verdict (margin'
silent 'REGRESSION\|EQUIVALENT'
ends 3 -gate 'sec/op>0.5%; allocs/op>0'
last 'gate: UNFIT'
silent FAIL
ends 2 -gate 'nosuch/op>0'
ends 0 -margin 5%
printf '%s\n' "$regression" 'Gone 0 0 0 runs absent 0 0' | launches SENTINEL=2
ends 2
printf '%s\n' "$regression" "$equivalent" | launches SENTINEL=0.01
ends 1
says '^OLD against itself, 50 launches: +0.01% \['

# Other units: shown when they change, judged by a rule of their own.
printf '%s\n' 'Leaks 17 0 0.2 runs runs 3 4' "$equivalent" | launches
ends 0
says '^Leaks  *allocs/op  *3  *4  *+33.33%  exact' '^Leaks  *hits/op'
silent '^Same.*allocs/op'
agree 1 -gate 'allocs/op>0'
says '^gate: FAIL: Leaks (new): allocs/op 3 to 4 (allocs/op>0)'
last 'gate: 3 pass, 1 FAIL, 0 undecided (allocs/op>0, sec/op>0.5%; Holm, alpha 0.01)'
ends 0 -gate 'allocs/op>1'
ends 1 -gate 'B/op>10%'
ends 0 -gate 'B/op>50%; hits/op>1'
ends 1 -gate '*>10%'
ends 2 -gate 'B/s>1%'
says "^gate: error: no table has the unit 'B/s'"
ends 2 -gate 'allocs/op>>0'
grep -q '\^' err || { echo "FAILED: no caret"; cat err; failed=1; }
echo 'allocs/op>0 # none more' >limits
ends 1 -gate @limits
ends 2 -gate @nosuch

# A rule for time is the margin: as a share, or in nanoseconds of 100.
printf '%s\n' "$regression" "$equivalent" | launches
ends 0 -gate 'sec/op>3%'
says '^Worse.* EQUIVALENT' '(margin 3%,'
ends 0 -gate 'ns/op>3'
says '^Worse.* EQUIVALENT' '(margin 3 ns,'
ends 1 -gate 'ns/op>1'
says '^Worse.* REGRESSION' '^gate: FAIL: Worse (new): sec/op +1.99% \[.*\] (ns/op>1)'
ends 1 -gate 'sec/op>0%'
says '^Worse.* REGRESSION' '^Same.* UNDECIDED' '^Any change counts'

# Another level, margin, interval or clock for the same launches.
ends 0 -margin 3%
says '^Worse.* EQUIVALENT'
ends 1 -metric wall
says '^Worse  *200.0ns.* wall '
ends 1 -alpha 0.2
says 'Intervals of 80%'

# The interval for any stopping needs more launches, and is wider.
ends 3 -exact
says '^Worse.* UNDECIDED (too few launches'
echo 'Worse 50 2 0.2 runs runs 3 3' | launches
ends 1 -exact
says '^Worse.* REGRESSION'

# Holm's, Benjamini's, no correction: one row alone is found at 1 % and not
# among many; of many that are found at 1 % nearly all are, by either.
{
	echo 'Lone 13 0.7 0.38 runs runs 1 1'
	for i in 1 2 3 4 5 6 7 8 9; do echo "S$i 17 0 0.2 runs runs 1 1"; done
} | launches
ends 3 -correct holm
says '^Lone.* slower (size unsettled)' 'Holm over 10 benchmarks'
ends 3 -correct bh
ends 1 -correct none
says '^Lone.* REGRESSION' '; no correction over'

# Broken files: where and what.
# wrong MESSAGE: the file is refused so.
wrong() {
	"$benchab" -reanalyse dir >text 2>err
	if [ $? != 2 ] || [ -s text ] || ! grep -q -e "$1" err; then
		echo "FAILED: not refused: $1"
		cat err
		failed=1
	fi
}
echo "$equivalent" | launches
cp dir/launches.jsonl good
head -n 10 good >dir/launches.jsonl
wrong 'dir/launches.jsonl:10: ends after 1 of 1 rows, 8 of 17 launches'
head -c 3000 good >dir/launches.jsonl
wrong 'launches.jsonl:[0-9]*: the line has no end'
sed '5s/"ratio":/"ratio":"x",/' good >dir/launches.jsonl
wrong 'launches.jsonl:5: invalid JSON'
sed '5s/"ratio":[^,]*/"ratio":"NaN"/' good >dir/launches.jsonl
wrong "launches.jsonl:5: 'ratio' is not a finite number"
sed '5s/"launch":0/"launch":1/' good >dir/launches.jsonl
wrong "launches.jsonl:5: 'launch' is not the number of a row above"
sed '1s/launches-1/launches-9/' good >dir/launches.jsonl
wrong 'launches.jsonl:1: not launches that this benchab wrote'
echo 'BenchmarkX 1 1 ns/op' >dir/launches.jsonl
wrong 'launches.jsonl:1: invalid JSON'
: >dir/launches.jsonl
wrong 'launches.jsonl:0: nothing in it\|launches.jsonl: nothing in it'
rm dir/launches.jsonl
wrong 'cannot open dir/launches.jsonl'
exit $failed
