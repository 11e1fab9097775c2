#!/bin/sh
# check_program.sh PROGRAM static|shared: PROGRAM measures, counts what it
# allocates, and is linked as it should be.
set -eu

program=$1
record=$("$program" -bench=. -benchtime=10x -count=2 -benchmem)
lines=$(echo "$record" |
	grep -c '^BenchmarkAllocate.* 48 B/op.* 1 allocs/op$') || true
if [ "$lines" != 2 ]; then
	echo "$program: wanted two lines with 48 B/op and 1 allocs/op:"
	echo "$record"
	exit 1
fi

linked=static
case $(readelf -d "$program") in
*'[libbenchkit.so.'*) linked=shared ;;
esac
if [ "$linked" != "$2" ]; then
	echo "$program: the library is $linked, not $2"
	exit 1
fi
echo "$program: $2, measures and counts"
