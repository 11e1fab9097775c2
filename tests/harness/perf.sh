#!/bin/sh
# perf.sh PROGRAM: what "-perf" adds to the results of PROGRAM, which has a
# benchmark Quick, or says that it cannot, on whatever machine this is.
set -u
program=$1
export LC_ALL=C
unset BENCH_FLAGS
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0

wrong() {
	echo "$1"
	cat "$work/out" "$work/err"
	bad=1
}

run() {
	"$program" -bench=Quick -benchtime=10x "$@" >"$work/out" 2>"$work/err"
}

# has UNIT: whether every result has a value in UNIT.
has() {
	grep -q '^BenchmarkQuick' "$work/out" &&
		! grep '^Benchmark' "$work/out" | grep -v -q " $1"
}

run -perf=page-faults,task-clock,context-switches -count=2
for unit in page-faults/op task-clock-ns/op context-switches/op; do
	has $unit || wrong "a result without $unit"
done
grep -q '^-perf' "$work/err" && wrong "a note about what is always there"

run -perf=page-faults -isolate=off
has page-faults/op || wrong "without workers: a result without page-faults/op"

# One or the other, and the line once only.
run -perf=instructions,cycles -count=3
if has instructions/op; then
	grep -q 'not counted: instructions' "$work/err" &&
		wrong "counted, and not counted"
elif [ "$(grep -c '^-perf: not counted: instructions, cycles: .' \
	"$work/err")" != 1 ]; then
	wrong "not one line about the refusal"
elif grep -q instructions/op "$work/out"; then
	wrong "refused, but there"
fi

run
grep -q -E 'page-faults|instructions' "$work/out" && wrong "without -perf"
run -perf=cycels && wrong "an event of no name passes"
grep -q "no event 'cycels'" "$work/err" || wrong "an event of no name"
exit $bad
