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
