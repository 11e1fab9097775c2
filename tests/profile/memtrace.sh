#!/bin/sh
# memtrace.sh PROGRAM WITHOUT LIBRARY: the lines of BENCH_DEBUG=memtrace, from
# PROGRAM, a benchmark program that has libbenchkit-profile, and from WITHOUT,
# which gets LIBRARY preloaded.
set -u

program=$1
without=$2
library=$3
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
unset BENCH_FLAGS
failed=0
number='[0-9]+'
line="^mem $number @$number[.][0-9]{3}s $number[.]$number%: "
line="$line$number[+]$number allocs, $number[.]$number MB/s, "
line="$line$number->$number->$number MB live, "
line="$line$number MB sys, $number MB rss, $number P\$"

# lines PATTERN COMMAND...: stderr has a line like that.
lines()
{
	pattern=$1
	shift
	"$@" >out 2>err
	if ! grep -Eq -- "$pattern" err; then
		echo "FAILED: $*: no '$pattern' in"
		cat err
		failed=1
	fi
}

run='-bench=First -isolate=off -benchtime=100ms'
BENCH_DEBUG=memtrace=5ms
export BENCH_DEBUG
lines "$line" "$program" $run
lines "$line" env LD_PRELOAD="$library" sh -c 'sleep 0.1; :'
BENCH_DEBUG=memtrace=often
lines "^libbenchkit-profile: BENCH_DEBUG: memtrace is 0, 1 or a time" \
	"$program" -list=.
BENCH_DEBUG=
"$program" $run >out 2>err
if grep -q '^mem ' err; then
	echo "FAILED: lines that nobody asked for"
	failed=1
fi
exit $failed
