#!/bin/sh
# link.sh HEADERS LIBRARY...: the note of <benchkit/bench.h> is in a program
# however it is linked.
set -u

headers=$1
shift
if ! command -v readelf >/dev/null || ! command -v gcc >/dev/null; then
	echo "skipped: no gcc or no readelf"
	exit 0
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cat >"$work/bench.c" <<'END'
#include <benchkit/bench.h>
BENCHMARK(Nothing)
{
	while (bench_loop(b))
		;
}
BENCH_MAIN();
END

failed=0
# check FLAGS...: the note is there once the program is linked with FLAGS.
check()
{
	if ! gcc -O2 -I "$headers" "$@" -o "$work/bench" "$work/bench.c" \
		$libraries -lpthread -lm -ldl; then
		echo "FAILED to link: $*"
		failed=1
	elif ! readelf -lW "$work/bench" | grep -q 'NOTE' ||
		! readelf -nW "$work/bench" | grep -q '^ *benchkit '; then
		echo "FAILED: no note with: $*"
		failed=1
	fi
}

libraries=$*
check
check -ffunction-sections -fdata-sections -Wl,--gc-sections
check -s
check -flto
check -flto -s -Wl,--gc-sections
case $libraries in
*.so*) ;;
*) check -static ;;
esac
check -fno-pie -no-pie
check -Wl,--strip-all,--build-id=none
exit $failed
