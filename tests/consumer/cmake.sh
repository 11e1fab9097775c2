#!/bin/sh
# cmake.sh WORK static|shared OPTION...: configure project/ with OPTIONs in
# WORK, build it and run what was built.
set -eu

here=$(dirname "$0")
work=$1
kind=$2
shift 2
shared=OFF
if [ "$kind" = shared ]; then
	shared=ON
fi

rm -rf "$work"
{
	cmake -S "$here/project" -B "$work" -DBUILD_SHARED_LIBS=$shared "$@"
	cmake --build "$work"
} >"$work.log" 2>&1 || {
	cat "$work.log"
	exit 1
}
for program in "$work"/bench_c "$work"/bench_cc; do
	if [ -e "$program" ]; then
		"$here/check_program.sh" "$program" "$kind"
	fi
done
if [ -e "$work"/bench_fully_static ]; then
	"$here/check_program.sh" "$work"/bench_fully_static static
fi

# Every benchmark is a test of its own, which runs it once and nothing else; a
# program without one is a test that fails.
cat >"$work/want" <<'END'
bench_c.BenchmarkAllocate
none.-list=.
odd; BenchmarkOdd/.*+?^${}()|[x]
odd; BenchmarkOdd/.*+?^${}()|[y]
odd; BenchmarkOdd\/a"b";c]]
odd; BenchmarkOddµ
END
(cd "$work" && ctest -N -L bench) | sed -n 's/^ *Test *#[0-9]*: //p' |
	LC_ALL=C sort >"$work/got"
diff -u "$work/want" "$work/got"
(cd "$work" && ctest -V -j2 -L bench) >"$work/ran" 2>&1 && {
	echo "ctest passes, though a program has no benchmark"
	exit 1
}
grep 'tests passed, 1 tests failed out of 6$' "$work/ran"
if [ "$(grep -c '^[0-9]*: BenchmarkOdd.* 1	' "$work/ran")" != 4 ] ||
	[ "$(grep -c '^[0-9]*: note: a;b odd$' "$work/ran")" != 4 ]; then
	cat "$work/ran"
	exit 1
fi
