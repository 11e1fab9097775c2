#!/bin/sh
# check.sh COMPILER...: compile keep.c, beside this script, and check the rules
# in its comments against the generated code; then show that every rule can
# fail.  Prints each rule that does not hold, with the code it is about.
set -u

here=$(dirname "$0")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# Can it compile at all?  In C++, keep.h needs the library's headers.
printf '#ifdef __cplusplus\n#include <type_traits>\n#endif\nint x;\n' \
	>"$work/probe.c"
if ! "$@" -S -o "$work/probe.s" "$work/probe.c" 2>/dev/null; then
	echo "skipped: $* does not compile here"
	exit 0
fi
machine=$("$@" -dumpmachine)
arch=${machine%%-*}
case $arch in
x86_64 | aarch64) ;;
*)
	echo "skipped: no rules for $arch"
	exit 0
	;;
esac
case $("$@" --version) in
*clang*) compiler=clang ;;
*) compiler=gcc ;;
esac

# broken VARIANT: the rules that do not hold, one a line.
broken()
{
	"$command" -I "$here/../../include" $options "$@" -S \
		-fno-asynchronous-unwind-tables -o "$work/keep.s" \
		"$here/keep.c" || exit 1
	awk -v arch="$arch" -v compiler="$compiler" -f "$here/check.awk" \
		"$here/keep.c" "$work/keep.s"
}

command=$1
shift
failed=0
for level in -O2 -O3; do
	options="$level $*"
	broken >"$work/rules" || exit 1
	if [ -s "$work/rules" ]; then
		echo "$command $options: these rules do not hold:"
		cat "$work/rules" "$work/keep.s"
		failed=1
	fi
	{ broken -DVARIANT_NOTHING && broken -DVARIANT_MEMORY; } |
		sort -u >"$work/can_fail" || exit 1
	awk -v arch="$arch" -v compiler="$compiler" -v list=1 \
		-f "$here/check.awk" "$here/keep.c" | sort >"$work/all"
	if [ ! -s "$work/all" ]; then
		echo "no rules found"
		failed=1
	fi
	if ! cmp -s "$work/all" "$work/can_fail"; then
		echo "$command $options: these rules hold whatever is done:"
		comm -23 "$work/all" "$work/can_fail"
		failed=1
	fi
	echo "$command $options: $(wc -l <"$work/all") rules"
done
exit $failed
