#!/bin/sh
# heap.sh BENCH_HEAP [ROUNDS [RECORD]]: what the heap profile costs, in ns per
# malloc and free, and at Go's rate of 512 KiB in percent of a plain pair.
#
# Plain, counted and profiled pairs take turns within a round.  Measurements are
# short and the least of all rounds is shown: what else the machine does only
# adds.  For benchstat the record is kept in RECORD.
set -eu

program=$1
rounds=${2:-100}
record=${3:-$(mktemp)}
: >"$record"

for round in $(seq "$rounds"); do
	"$program" -bench=Pair -cpu=1 -benchtime=3ms >>"$record"
done

awk '
/^BenchmarkPair/ {
	sub(/-[0-9]+$/, "", $1)
	split($1, part, /[\/=]/)
	if (!(part[3] in seen)) {
		seen[part[3]] = 1
		order[++rows] = part[3]
	}
	cell = part[3] SUBSEP part[5]
	if (!(cell in least) || $3 < least[cell])
		least[cell] = $3
}
END {
	printf "%4s %7s %7s %7s %7s %7s %9s\n", "size", "plain", "counted",
		"512KiB", "64KiB", "every", "512KiB"
	for (i = 1; i <= rows; i++) {
		s = order[i]
		plain = least[s, "plain"]
		go = least[s, 524288]
		printf "%4d %7.2f %7.2f %7.2f %7.2f %7.0f %+8.1f%%\n", s,
			plain, least[s, "off"], go, least[s, 65536],
			least[s, 1], 100 * (go / plain - 1)
	}
}' "$record"
