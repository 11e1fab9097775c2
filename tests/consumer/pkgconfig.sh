#!/bin/sh
# pkgconfig.sh PREFIX CC SUFFIX: build and run project/bench.SUFFIX against what
# is installed in PREFIX, with pkg-config alone; static, then shared.
set -eu

here=$(dirname "$0")
prefix=$1
cc=$2
source=$here/project/bench.$3
program=$prefix.$3
pc=$(find "$prefix" -name benchkit.pc)
PKG_CONFIG_PATH=${pc%/*}
export PKG_CONFIG_PATH

pkg-config --exists 'benchkit >= 0.1'
$cc -O2 -Wall -Werror -o "$program" "$source" \
	$(pkg-config --cflags --libs benchkit)
"$here/check_program.sh" "$program" static

$cc -O2 -o "$program" "$source" $(pkg-config \
	--define-variable=benchkit_lib=-lbenchkit --cflags --libs benchkit)
LD_LIBRARY_PATH=$(pkg-config --variable=libdir benchkit) \
	"$here/check_program.sh" "$program" shared

test -f "$(pkg-config --variable=bench_mk benchkit)"
