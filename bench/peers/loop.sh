#!/bin/sh
# Our loops beside Google Benchmark's range-for: loop.sh BUILD [ROUNDS]
#
# The programs of build directory BUILD run in turn, so that neither has a better
# minute than the other; what each printed goes to google.txt and benchkit.txt
# in the present directory, for benchstat.
set -eu
build=$1
rounds=${2:-10}

: >google.txt
: >benchkit.txt
while [ "$rounds" -gt 0 ]; do
	"$build/bench/bench_loop" -benchtime=100ms -bench='Keep|For' -cpu=1 |
		grep ^Benchmark >>benchkit.txt
	# The same loop stands beside each of ours.
	"$build/bench/peer_google" --benchmark_min_time=0.1 \
		--benchmark_format=csv 2>/dev/null |
		awk -F, '/BM_Loop/ {
			for (i = split("LoopWhileKeep LoopFor", name, " "); i; i--)
				print "Benchmark" name[i], $2, $3, "ns/op"
		}' >>google.txt
	rounds=$((rounds - 1))
done
"$build/src/benchstat" google.txt benchkit.txt
