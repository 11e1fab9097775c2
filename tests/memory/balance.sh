#!/bin/sh
# balance.sh PROGRAM [SANITIZERS]: what -benchmem=full says of balance_truth.c is
# true.  SANITIZERS are those that it was built with.
set -u

program=$1
out=$(mktemp) || exit 1
trap 'rm -f "$out" "$out.err"' EXIT
failed=0

fail()
{
	echo "FAILED: $*"
	failed=1
}

# run FLAG...
run()
{
	"$program" -benchmem=full -cpu=1 "$@" >"$out" 2>"$out.err"
	status=$?
	cat "$out" "$out.err"
}

# check BENCHMARK UNIT VALUE
check()
{
	have=$(awk -v name="Benchmark$1" -v unit="$2" \
		'$1 == name { for (i = 3; i < NF; i += 2)
			if ($(i + 1) == unit) print $i }' "$out")
	[ "$have" = "$3" ] || fail "$1: '$have' $2, not $3"
}

# check_all BENCHMARK MALLOCS FREES LIVE PEAK
check_all()
{
	check "$1" mallocs/op "$2"
	check "$1" frees/op "$3"
	check "$1" live-B/op "$4"
	check "$1" peak-B "$5"
}

# What is counted is exact, so a figure has one spelling.
run -benchtime=1000x -skip='Leak|Fails'
[ $status = 0 ] || fail "status $status"
check_all Fraction 0.09000 0.09000 0 1032
check Fraction allocs/op 0
check Fraction B/op 92
check_all Peak 3.000 3.000 0 98328
check_all KeptUntilTheEnd 1.000 0 0 1032000
check KeptUntilTheEnd n 1000
check_all Harness 0 0 0 0
# A sanitizer allocates in every thread that starts, when that comes to run.
[ -n "${2-}" ] || check_all Parallel 1.000 1.000 0 1032
check_all Reported 1.000 77.00 0 1032
check_all Nothing 0 0 0 0
grep -q leak "$out.err" && fail "a leak where there is none"
[ "$(grep -c 'a line of the log' "$out")" = 10 ] ||
	fail "not one shortened log"

# A million of iterations from any point on meet one leak.
run -benchtime=1000000x -bench=Leak -count=2
check Leak live-B/op "0.001032
0.001032"
check LeakByN live-B/op "0.001032
0.001032"
for name in Leak LeakByN; do
	said="Benchmark$name: a leak. 1000000 iterations leave 1 block "
	[ "$(grep -c "^$said" "$out.err")" = 1 ] || fail "$name: not said once"
done

run -benchtime=10x -bench=Fails
[ $status = 1 ] || fail "a failure of the pass: status $status"
grep -q 'balance_truth.c:[0-9]*: call 3$' "$out" || fail "no word of it"
grep -q '^BenchmarkFails' "$out" && fail "a result all the same"

"$program" -benchmem -benchtime=1000x -bench=Fraction >"$out" 2>&1
grep -q ' 92 B/op.* 0 allocs/op$' "$out" || fail "-benchmem"
grep -q mallocs "$out" && fail "-benchmem says too much"
"$program" -benchmem=half >"$out" 2>&1
[ $? = 2 ] || fail "-benchmem=half"
exit $failed
