#!/bin/sh
# deb.sh BUILD WORK: pack what stands in BUILD; the packages hold what they are to
# hold, say what they need, and, unpacked beside each other, build a program.
set -eu
for tool in dpkg-deb dpkg-shlibdeps file pkg-config; do
	command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 0; }
done
build=$1 work=$2
rm -rf "$work"
mkdir -p "$work"
(cd "$work" && cpack -G DEB --config "$build/CPackConfig.cmake" -B packages) \
	>"$work/log" 2>&1 || { cat "$work/log"; exit 1; }

# check PACKAGE FIELD REGEXP
check()
{
	dpkg-deb -f "$work"/packages/$1_*.deb "$2" | grep -qE "$3" || {
		echo "$1: its $2 is '$(dpkg-deb -f "$work"/packages/$1_*.deb "$2")'"
		exit 1
	}
}

# No library beyond libc is needed to measure; one package is all of a version.
check libbenchkit0 Depends '^libc6 '
check libbenchkit-dev Depends '^libbenchkit0 [(]= [0-9.]+-1[)], libc6-dev$'
check benchkit Depends '^libc6 .*libgsl.*libpcre2-8-0'
for package in libbenchkit0 libbenchkit-dev benchkit; do
	check $package Maintainer '.'
	dpkg-deb -x "$work"/packages/${package}_*.deb "$work/root"
	[ -s "$(find "$work/root" -path "*/doc/$package/copyright")" ]
done
[ "$(find "$work/root" -name '*.so.0' | wc -l)" -ge 1 ]

# Nothing lies twice, and nothing of what is installed is left out.
for deb in "$work"/packages/*.deb; do
	dpkg-deb -c "$deb" | sed -e '/\/$/d' -e 's/ -> .*//' -e 's/.* //'
done | sort >"$work/packed"
uniq -d <"$work/packed" | grep . && exit 1
cmake --install "$build" --prefix "$work/all" >/dev/null
find "$work/all" -type f -o -type l | sed 's|.*/||' | sort -u >"$work/want"
sed 's|.*/||' "$work/packed" | sort -u >"$work/got"
missing=$(comm -23 "$work/want" "$work/got")
if [ -n "$missing" ]; then
	echo "in no package: $missing"
	exit 1
fi

PKG_CONFIG_PATH=$(dirname "$(find "$work/root" -name benchkit.pc)")
export PKG_CONFIG_PATH
here=$(dirname "$0")
cc -O2 -o "$work/bench" "$here/../consumer/project/bench.c" \
	$(pkg-config --cflags --libs benchkit)
"$here/../consumer/check_program.sh" "$work/bench" static
"$(find "$work/root" -name benchstat -path '*/bin/*')" -version
