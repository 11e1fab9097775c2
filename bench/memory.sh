#!/bin/sh
# memory.sh BENCH_MEMORY [ROUNDS [RECORD]]: what counting costs over each
# allocator that is installed, in ns per malloc and free.
#
# The allocators take turns round by round, and in a round counted and plain
# calls do.  Measurements are short and the least of all rounds is shown: what
# else the machine does only adds.  For benchstat the record is kept in RECORD.
set -eu

program=$1
rounds=${2:-100}
record=${3:-$(mktemp)}
: >"$record"

for round in $(seq "$rounds"); do
	for allocator in glibc jemalloc tcmalloc_minimal mimalloc; do
		library=$(cc -print-file-name=lib$allocator.so)
		if [ $allocator = glibc ]; then
			library=
		elif [ ! -e "$library" ]; then
			continue
		fi
		LD_PRELOAD=$library "$program" -bench=Malloc -cpu=1,2 \
			-benchtime=3ms -config allocator=$allocator >>"$record"
	done
done

awk '
$1 == "allocator:" {
	allocator = $2
}
/^BenchmarkMalloc/ {
	name = $1
	threads = sub(/-2$/, "", name) ? 2 : 1
	split(name, part, /[\/=]/)
	# Only what runs in each thread differs with their number.
	if (threads == 2 && part[3] != "threads")
		next
	row = sprintf("%-17s %-8s %d", allocator, part[3], threads)
	if (!(row in seen)) {
		seen[row] = 1
		order[++rows] = row
	}
	cell = row SUBSEP part[5]
	if (!(cell in least) || $3 < least[cell])
		least[cell] = $3
}
END {
	printf "%-17s %-8s %s %7s %7s %7s %7s\n", "allocator", "work", "P",
		"plain", "counted", "more", "watched"
	for (i = 1; i <= rows; i++) {
		off = least[order[i], "off"]
		on = least[order[i], "on"]
		printf "%s %7.2f %7.2f %7.2f %7.2f\n", order[i], off, on,
			on - off, least[order[i], "full"]
	}
}' "$record"
