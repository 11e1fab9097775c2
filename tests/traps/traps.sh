#!/bin/sh
# traps.sh LIBRARY COUNT_LIBRARY INCLUDE SOURCES [COMPILER LEVEL]
#
# Compile both corpora (with every compiler there is, at -O2 and -O3), run them,
# and count whom the harness warns of: at least 95 % of the traps, and none of
# the honest ones.  A trap is one if any of three runs says so, as a loaded
# machine may not let the harness look; an honest benchmark must be left alone in
# its only run.
set -u
library=$1 count=$2 include=$3 here=$4 compilers=${5-gcc clang} levels=${6--O2 -O3}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
status=0

# Run PROGRAM, and print the names of those that are warned of.
flagged() {
	"$1" -benchtime=5ms -cpu=1 -shuffle=off -isolate=on 2>&1 >/dev/null |
		sed -n 's/^\(Benchmark[^:]*\): its \(time does not grow\|loop does nothing\).*/\1/p'
}

build() {
	"$1" "$2" -w -std=gnu11 -I"$include" "$here/$3.c" -o "$work/$3" \
		"$library" "$count" -lpthread -lm
}

printf '%-8s %-4s %16s %18s\n' compiler level 'traps flagged' 'honest flagged'
for cc in $compilers; do
	command -v "$cc" >/dev/null || continue
	for level in $levels; do
		build "$cc" $level traps && build "$cc" $level honest ||
			exit 1
		"$work/traps" -list=. | sort >"$work/all"
		: >"$work/found"
		for try in 1 2 3; do
			flagged "$work/traps" >>"$work/found"
			sort -u "$work/found" -o "$work/found"
			cmp -s "$work/all" "$work/found" && break
		done
		flagged "$work/honest" >"$work/wrong"
		all=$(wc -l <"$work/all") found=$(wc -l <"$work/found")
		honest=$("$work/honest" -list=. | wc -l)
		wrong=$(wc -l <"$work/wrong")
		printf '%-8s %-4s %9d of %3d %11d of %3d\n' "${cc##*/}" "$level" \
			"$found" "$all" "$wrong" "$honest"
		comm -23 "$work/all" "$work/found" | sed 's/^/  missed: /'
		sed 's/^/  honest: /' "$work/wrong"
		[ $((found * 100)) -ge $((all * 95)) ] && [ "$wrong" -eq 0 ] ||
			status=1
	done
done
exit $status
