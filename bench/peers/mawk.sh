#!/bin/sh
# benchstat beside mawk, which adds up the values of the same files: the least
# that a program can do with them.  mawk.sh BUILD [ROUNDS]
#
# The two run in turn, so that neither has a better minute than the other; the
# table shows medians.  A workload is two files, so "lines" counts both.
set -eu
build=$1
rounds=${2:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# median FILE COLUMN
median() {
	awk -v c="$2" '{ print $c }' "$1" | sort -g |
		awk '{ v[NR] = $1 }
		END { print (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2 }'
}

# compare LINES NAMES UNITS: a row of the table, for two files of LINES.
compare() {
	sum='{ s += $3 } END { print s }'
	[ "$3" = 1 ] || sum='{ s += $3 + $5 + $7 + $9 } END { print s }'
	"$build/bench/peer_results" "$1" "$2" "$3" 1 >"$work/old"
	"$build/bench/peer_results" "$1" "$2" "$3" 2 >"$work/new"
	: >"$work/mawk"
	: >"$work/benchstat"
	i=0
	while [ $i -lt "$rounds" ]; do
		"$build/bench/peer_usage" "$work/mawk" \
			mawk "$sum" "$work/old" "$work/new"
		"$build/bench/peer_usage" "$work/benchstat" \
			"$build/src/benchstat" "$work/old" "$work/new"
		i=$((i + 1))
	done
	awk -v lines=$((2 * $1)) -v names="$2" -v units="$3" \
		-v bytes="$(cat "$work/old" "$work/new" | wc -c)" \
		-v mawk="$(median "$work/mawk" 1)" \
		-v time="$(median "$work/benchstat" 1)" \
		-v peak="$(median "$work/benchstat" 2)" 'BEGIN {
			printf "%9d %7d %5d %7.3f %9.3f %6.2f %7.1f %6.0f %8.1f\n",
				lines, names, units, mawk, time, time / mawk,
				peak, bytes / time / 1e6, time * 1e9 / lines
		}'
}

echo '    lines   names units  mawk s benchstat  ratio     MiB   MB/s  ns/line'
compare 1000000 1000 1
compare 1000000 100000 4
# Ten times the lines of the same names, up to 10^7: linear.
for lines in 50000 500000 5000000; do
	compare $lines 1000 1
done
