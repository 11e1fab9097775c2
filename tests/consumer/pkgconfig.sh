#!/bin/sh
# pkgconfig.sh PREFIX CC SUFFIX: build and run project/bench.SUFFIX against what
# is installed in PREFIX, without CMake: in all the ways that CC can link.
set -eu

here=$(dirname "$0")
prefix=$1
cc=$2
source=$here/project/bench.$3
program=$prefix.$cc
pc=$(find "$prefix" -name benchkit.pc)
PKG_CONFIG_PATH=${pc%/*}
export PKG_CONFIG_PATH

pkg-config --exists 'benchkit >= 0.1'
flags=$(pkg-config --cflags --libs benchkit)
static_flags=$(pkg-config --cflags --libs --static benchkit)
shared_flags=$(pkg-config --define-variable=benchkit_lib=-lbenchkit \
	--cflags --libs benchkit)
LD_LIBRARY_PATH=$(pkg-config --variable=libdir benchkit)

# Warnings that users may have on, as errors.
warnings="-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wundef -Wvla -Werror"
if [ "$3" = c ]; then
	warnings="$warnings -std=c11 -Wstrict-prototypes -Wmissing-prototypes"
fi

# build FLAG...
build()
{
	$cc -o "$program" "$@"
}

# can FLAG...: does CC, on this system?
can()
{
	echo 'int main(void) { return 0; }' |
		$cc -x c -o "$program" "$@" - >/dev/null 2>&1
}

check()
{
	"$here/check_program.sh" "$program" "$1"
}

# Said once a run, and never of a smoke test.
for level in -O0 -O2 -O3; do
	build $level $warnings "$source" $flags
	check static
	said=$("$program" -benchtime=2x 2>&1 >/dev/null |
		grep -c 'not for timing.* without optimisation$') || true
	wanted=0
	if [ $level = -O0 ]; then
		wanted=1
	fi
	if [ "$said" != $wanted ]; then
		echo "$program, $level: said $said times that it is slow"
		exit 1
	fi
done

build -O0 "$source" $flags
if "$program" -benchtime=1x 2>&1 | grep 'not for timing'; then
	exit 1
fi

build -O2 "$source" -I"$prefix/include" -L"$LD_LIBRARY_PATH" \
	-lbenchkit-count -l:libbenchkit.a -pthread -lm -ldl
check static

if can -flto; then
	build -O2 -flto "$source" $flags
	check static
fi
if can -static; then
	build -O2 -static "$source" $static_flags
	check static
fi
if can -static -flto; then
	build -O2 -static -flto "$source" $static_flags
	check static
fi

export LD_LIBRARY_PATH
build -O2 "$source" $shared_flags
check shared

test -f "$(pkg-config --variable=bench_mk benchkit)"

# Profiles, alone and in a benchmark program.
if pkg-config --exists benchkit-profile; then
	for library in -l:libbenchkit-profile.a -lbenchkit-profile; do
		profile_flags=$(pkg-config --cflags --libs \
			--define-variable=benchkit_profile_lib=$library \
			benchkit-profile)
		build -O2 -Wl,--as-needed -x c "$here/project/profile.c" \
			-x none $profile_flags
		"$program"
		build -O2 -Wl,--as-needed "$source" $flags $profile_flags
		"$program" -benchtime=1x -cpuprofile=/dev/null >/dev/null
	done
fi
