#!/bin/sh
# Our loops, and a malloc and free counted and not, beside the same in Google
# Benchmark and Catch2, where they are installed: harnesses.sh BUILD [ROUNDS]
#
# The programs of build directory BUILD run in turn, so that none has a better
# minute than the others; what each printed goes to benchkit.txt, google.txt and
# catch2.txt in the present directory, for benchstat.
set -eu
build=$1
rounds=${2:-10}
bench=$build/bench

# as_ours: "Loop NS" and "Malloc NS" under the name of each of ours beside which
# it stands.
as_ours() {
	awk '
	BEGIN {
		names["Loop"] = "LoopWhileKeep LoopFor"
		names["Malloc"] = "Malloc/work=pair/counter=on " \
			"Malloc/work=pair/counter=off"
	}
	{
		for (i = split(names[$1], name, " "); i; i--)
			print "Benchmark" name[i], 1, $2, "ns/op"
	}'
}

run_benchkit() {
	"$bench/bench_loop" -benchtime=100ms -bench='Keep|For' -cpu=1
	"$bench/bench_memory" -benchtime=100ms -cpu=1 \
		-bench='^BenchmarkMalloc$/pair/counter=(on|off)'
}

run_google() {
	"$bench/peer_google" --benchmark_min_time=0.1 --benchmark_format=csv \
		2>/dev/null |
		awk -F, 'sub(/^"BM_/, "") { sub(/"/, "", $1); print $1, $3 }' |
		as_ours
}

run_catch2() {
	"$bench/peer_catch2" -r xml --benchmark-samples 20 \
		--benchmark-warmup-time 20 --benchmark-no-analysis |
		awk -F '"' '
		/<BenchmarkResults / { name = $2 }
		/<mean / { print name, $2 }' |
		as_ours
}

columns=
for harness in google catch2 benchkit; do
	[ $harness = benchkit ] || [ -x "$bench/peer_$harness" ] || continue
	columns="$columns $harness.txt"
	: >$harness.txt
done
while [ "$rounds" -gt 0 ]; do
	for column in $columns; do
		"run_${column%.txt}" | grep ^Benchmark >>"$column"
	done
	rounds=$((rounds - 1))
done
# The columns are file names without a blank.
# shellcheck disable=SC2086
"$build/src/benchstat" $columns
