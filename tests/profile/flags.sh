#!/bin/sh
# flags.sh PROGRAM WITHOUT: the profile flags of PROGRAM (program.c), and of the
# same program linked without libbenchkit-profile.
set -u

program=$1
without=$2
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
unset BENCH_FLAGS CRASH
failed=0

fail()
{
	echo "FAILED: $*"
	failed=1
}

# check STATUS PROGRAM ARGUMENT...: run it; what it writes is in out and err.
check()
{
	status=$1
	shift
	"$@" >out 2>err
	got=$?
	if [ "$got" != "$status" ]; then
		fail "$*: exit status $got, want $status"
		cat out err
	fi
}

# said TEXT: err has it, and nothing else but how the program is built.
said()
{
	said=$(grep -v '^not for timing: ' err)
	if [ "$said" != "$1" ]; then
		fail "said '$said', want '$1'"
	fi
}

# written FILE...: they are there and gzip'd, and no others are.
written()
{
	for file; do
		[ "$(head -c 2 "$file" | od -An -tx1)" = " 1f 8b" ] ||
			fail "$file is no profile"
		rm -f "$file"
	done
	rest=$(find . -type f ! -name out ! -name err)
	[ -z "$rest" ] || fail "left over: $rest"
	find . -type f ! -name out ! -name err -exec rm {} +
}

link='link with `pkg-config --libs benchkit-profile`'
for flag in cpuprofile=x memprofile=x memprofilerate=1 blockprofile=x \
	blockprofilerate=1 mutexprofile=x mutexprofilefraction=1 \
	outputdir=x profile-each=x; do
	check 2 "$without" -$flag
	said "$without: -${flag%=*} needs libbenchkit-profile: $link"
	[ -s out ] && fail "-$flag: there is a record"
done
written

fast='-benchtime=10x -cpu=2'
one='one process runs all rounds, because a profile is of one process'
check 0 "$program" $fast -cpuprofile=cpu.pprof
said ""
written cpu.pprof
check 0 "$program" -bench=First -benchtime=200ms -cpuprofile=cpu.folded
grep -Eq ';first_work[; ].*[0-9]+$' cpu.folded ||
	fail "cpu.folded is $(cat cpu.folded)"
rm -f cpu.folded
check 0 "$program" $fast -count=3 -cpuprofile="$work/deep" -outputdir=nowhere
said "$one"
[ "$(grep -c '^BenchmarkFirst' out)" = 3 ] || fail "not three rounds"
written deep
check 0 "$program" $fast -cpuprofile=cpu -outputdir=dir
written dir/cpu
check 0 "$program" $fast -isolate=off -cpuprofile=cpu
written cpu
check 0 "$program" $fast -count=2 -profile-each=each -outputdir=dir
written dir/each/BenchmarkFirst.cpu.pprof dir/each/BenchmarkGroup.cpu.pprof \
	dir/each/BenchmarkGroup%2Fn=2.cpu.pprof \
	dir/each/BenchmarkBlocks.cpu.pprof dir/each/BenchmarkThreads.cpu.pprof
# With a sanitizer, whose malloc it is, there is no heap profile.
if grep -q 'built with a sanitizer' err; then
	check 1 "$program" $fast -memprofile=mem
	grep -q '^allocations are not seen: ' err || fail "nothing of malloc"
	rm -f mem
else
	check 0 "$program" $fast -memprofile=mem
	written mem
	check 0 "$program" $fast -memprofile=mem -memprofilerate=0 \
		-cpuprofile=cpu
	written mem cpu
	check 0 "$program" $fast -bench=Blocks -profile-each=each \
		-memprofile=mem -memprofilerate=1
	written mem each/BenchmarkBlocks.cpu.pprof \
		each/BenchmarkBlocks.allocs.pprof
fi
check 0 "$program" $fast -cpuprofile= -count=2
said ""
written
check 0 "$program" -cpuprofile=cpu -list=.
written

locks='-blockprofile=block -mutexprofile=mutex'
if "$program" $fast $locks -list=. >out 2>err; then
	check 0 "$program" $fast $locks -blockprofilerate=1000 \
		-mutexprofilefraction=5
	written block mutex
	check 0 "$program" $fast -bench=Threads $locks -profile-each=each
	written block mutex each/BenchmarkThreads.cpu.pprof \
		each/BenchmarkThreads.block.pprof \
		each/BenchmarkThreads.mutex.pprof
fi

check 2 "$program" $fast -cpuprofile=/nowhere/cpu
said "$program: cannot open /nowhere/cpu: No such file or directory"
[ -s out ] && fail "a record without its profile"
check 1 "$program" $fast -cpuprofile=/dev/full
grep -q '^cannot write /dev/full: No space left on device$' err ||
	fail "full: $(cat err)"

# The worker that crashes takes its profile with it; the next one's is there.
CRASH=1
export CRASH
check 1 "$program" $fast -cpuprofile=cpu
grep -q "lost; those of the next have '.2' behind their names$" err ||
	fail "crash: $(cat err)"
grep -q '^BenchmarkThreads' out || fail "the run did not go on"
[ -e cpu ] && [ ! -s cpu ] || fail "the first file is not empty"
rm -f cpu
written cpu.2
exit $failed
