#!/bin/sh
# formats.sh BENCHSTAT VALIDATE AGREE SCHEMA: what -format json prints is as the
# schema says, whatever the input; all formats of one run agree.
set -u
benchstat=$1
validate=$2
agree=$3
schema=$4
export LC_ALL=C
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0

# The runs of the benchmarks A0 to A7, slower from A4 on, in three units; of some
# there are more on one side.
runs() {
	awk -v slower="$1" -v seed="$2" 'BEGIN {
		srand(seed)
		for (i = 0; i < 8; i++)
			for (j = 0; j < 9 + (slower > 1 && i % 3 == 0); j++) {
				x = (10 ^ (i % 5)) * (1 + 0.02 * rand())
				if (i >= 4)
					x *= slower
				printf "BenchmarkA%d-2 100 %.6f ns/op " \
					"%.6f MB/s %d B/op\n", i, x,
					1e4 / x, x * 7
			}
	}'
}
runs 1 1 >"$work/old.txt"
runs 1.07 2 >"$work/new.txt"

# try NAME FLAG...: the run "$@" in JSON, valid.
try() {
	name=$1
	shift
	"$benchstat" -format json -samples "$@" >"$work/json" 2>"$work/err"
	if ! "$validate" "$schema" "$work/json"; then
		echo "$name: not as the schema says"
		bad=1
	fi
}

cd "$work" || exit 1
# agreed UNIT FLAG...: the formats of the run with FLAGs agree about UNIT.
agreed() {
	unit=$1
	shift
	for format in csv md text; do
		"$benchstat" "$@" -filter ".unit:$unit" -format $format \
			old.txt new.txt >$format 2>/dev/null
	done
	try "$unit $*" "$@" -filter ".unit:$unit" old.txt new.txt
	"$agree" json csv md text || bad=1
}

for unit in ns/op MB/s B/op; do
	agreed $unit
	agreed $unit -stat spread
	agreed $unit -stat effect
	agreed $unit -stat effect -stat spread
done

# Every flag that changes what is shown, with and without the samples.
for flags in -nocompare "-only changed" "-sort delta" "-sort name" "-sort p" \
	"-geomean off" "-stat effect" "-only changed -stat effect -sort p" \
	"-stat spread -nocompare" "-stat effect -stat spread -gate *>1%" \
	"-gate *>3% -only changed -stat effect" "-gate *>3% -missing ok" \
	"-alpha 1e-9 -only changed" "-confidence 1" "-compat" \
	"-col .name -row .file" "-filter .name:A1"; do
	# No file is called like a gate.
	try "$flags" $flags old.txt new.txt
	try "$flags -samples=false" $flags -samples=false old.txt new.txt
done

try gate -gate 'sec/op>3%; *>0' old.txt new.txt
try vanished -gate 'sec/op>3%' -filter '.file:old.txt' old.txt new.txt
printf 'BenchmarkX 1 %s ns/op\n' NaN +Inf -Inf 0 1 >odd.txt
printf 'pkg: "\\\t\001\377\n' >>odd.txt
printf 'Benchmark\377|"\\ 1 1 ns/op\n' >>odd.txt
try odd-spread -stat spread odd.txt new.txt odd.txt
for n in 1 2 4 8; do
	echo "BenchmarkFit/n=$n 1 $n ns/op 0 B/op $n MB/s"
done >fit.txt
try fit -fit /n fit.txt
try odd-fit -fit /n odd.txt new.txt fit.txt
try both -stat spread -stat effect old.txt new.txt
try odd -gate 'sec/op>3%' odd.txt new.txt odd.txt
try exact -gate 'u>0' "-filter=.unit:u" /dev/stdin <<EOF
Unit u assume=exact better=higher
BenchmarkX 1 1 u
EOF

# The validator itself refuses what is wrong.
printf '{"format":"benchstat-1","alpha":1,"confidence":1,"tables":[{}]}' >wrong
if "$validate" "$schema" wrong 2>/dev/null; then
	echo "an empty table passed for valid"
	bad=1
fi
printf '{"format":"x","alpha":1,"confidence":1,"tables":[]}' >wrong
if "$validate" "$schema" wrong 2>/dev/null; then
	echo "an unknown format passed for valid"
	bad=1
fi
exit $bad
