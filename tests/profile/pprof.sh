#!/bin/sh
# pprof.sh PROFILE BENCHMARK HEAP [BLOCK MUTEX]: what `go tool pprof` makes of
# PROFILE, truth.c's: C names and lines, mappings, build ids; of the labels of
# BENCHMARK, a benchmark program, and of that without symbols; of HEAP, heap.c's,
# of BLOCK and MUTEX, locks.c's.
set -u

profile=$1
benchmark=$2
heap=$3
if ! command -v go >/dev/null; then
	echo "skipped: no go"
	exit 0
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export HOME="$work" PPROF_TMPDIR="$work"
failed=0

# So many iterations take some tens of samples, whatever else the machine does.
work_of_each='-bench=First|Group -benchtime=500000x -cpu=1'

# wanted PATTERN ARGUMENT...: what pprof prints has a line like that.
wanted()
{
	pattern=$1
	shift
	go tool pprof "$@" >out 2>&1
	if ! grep -Eq -- "$pattern" out; then
		echo "FAILED: pprof $*: no '$pattern' in"
		cat out
		failed=1
	fi
}

cp "$profile" truth.pprof || exit 1
wanted '%  burn_much$' -top truth.pprof
wanted '\| +through$|  through$' -peek 'through' truth.pprof
wanted '[0-9]m?s +[0-9]+:[[:space:]]+leaf\(\);$' -list burn_little truth.pprof
wanted 'burn_some$' -tree truth.pprof
wanted '^Type: cpu$' -top truth.pprof
wanted 'M=1 burn_much .*/truth\.c:[0-9]+' -raw truth.pprof
wanted '/profile_truth[a-z_]* .*\[FN\]\[FL\]\[LN\]\[IN\]' -raw truth.pprof
wanted '/libc[.]so[.]6 [0-9a-f]{40} ' -raw truth.pprof
wanted '^PeriodType: cpu nanoseconds$' -raw truth.pprof
wanted '^Period: 10000000$' -raw truth.pprof

# What is left without lines, and without names; and it says so.
if command -v strip >/dev/null; then
	strip --strip-debug -o no_lines "$benchmark"
	./no_lines $work_of_each -cpuprofile=no_lines.pprof >record 2>&1
	wanted '%  first_work$' -top no_lines.pprof
	wanted '/no_lines has no lines: built without -g' \
		-comments no_lines.pprof
	strip -o no_names "$benchmark"
	./no_names $work_of_each -cpuprofile=no_names.pprof >record 2>&1
	wanted '/no_names has no names for what was sampled: stripped' \
		-comments no_names.pprof
	wanted '\[no_names\]' -top no_names.pprof
fi

"$benchmark" $work_of_each -cpuprofile=labels.pprof >record 2>errors || {
	cat record errors
	failed=1
}
wanted 'BenchmarkFirst$' -tags labels.pprof
wanted 'BenchmarkGroup/n=2$' -tags labels.pprof
wanted 'first_work' -top -tagfocus=BenchmarkFirst labels.pprof

# 1000 nodes of 64 bytes that stay, and 5000 times 48 that do not.
cp "$heap" heap.pprof && cp "$heap.txt" heap.txt || exit 1
for file in heap.pprof heap.txt; do
	wanted '^ *62[.]50kB   100%   100% .*  make_list$' \
		-top -sample_index=inuse_space $file
	wanted '^ *5000 .*  churn$' -top -sample_index=alloc_objects $file
	wanted '^ *234[.]38kB .*  churn$' -top -sample_index=alloc_space $file
done
wanted '^Type: inuse_space$' -top heap.pprof
wanted '62[.]50kB +[0-9]+:.*malloc[(]' -list make_list heap.pprof
wanted '^ +bytes:\[64\]$' -raw heap.pprof
wanted '^PeriodType: space bytes$' -raw heap.pprof

"$benchmark" -bench=Blocks -benchtime=1000x -cpu=1 -memprofile=mem.pprof \
	-memprofilerate=1 >record 2>errors || {
	cat record errors
	failed=1
}
wanted '^Type: alloc_space$' -top mem.pprof
wanted '  make_block$' -top mem.pprof
wanted 'make_block$' -top -tagfocus=BenchmarkBlocks mem.pprof
"$benchmark" -bench=Blocks -benchtime=1000x -cpu=1 -memprofile=none.pprof \
	-memprofilerate=0 >record 2>errors
wanted ' 0% of 0 total$' -top none.pprof

if [ $# -ge 5 ]; then
	wanted '^Type: delay$' -top "$4"
	wanted '%  pthread_rwlock_rdlock$' -top "$4"
	wanted '%  wait_read$' -top "$4"
	wanted ' 12 +[0-9]+:[[:space:]]+scene->waiter\(\);$' -list run_waiter \
		-sample_index=contentions "$4"
	wanted '%  keep_mutex$' -top "$5"
	wanted 'pthread_mutex_unlock$' -peek keep_mutex "$5"
fi
exit $failed
