#!/bin/sh
# layout.sh BUILD [CFLAGS...]: what the place of code in a program does to its
# speed, and what benchab says of it.
#
# Twenty variants of one small program that do the same work: another order of its
# functions, another order of its objects on the linker's line, and 16 to 64 bytes
# of padding before each.  Each is compared with the first; how often that is
# called a change, and how large, is printed by benchmark.  BUILD is a build
# directory of benchkit.  Takes some two minutes.
set -eu

build=$(cd "$1" && pwd)
shift
here=$(cd "$(dirname "$0")" && pwd)
cc=${CC:-cc}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# shuffle SEED WORDS...: in another order.
shuffle()
{
	seed=$1
	shift
	printf '%s\n' "$@" | awk -v seed="$seed" '
		BEGIN { srand(seed) }
		{ line[NR] = $0 }
		END {
			for (i = NR; i > 0; i--) {
				k = int(rand() * i) + 1
				print line[k]
				line[k] = line[i]
			}
		}'
}

# compile FILE OUT PADDING FLAGS...: PADDING bytes before its code.
compile()
{
	file=$1 out=$2 padding=$3
	shift 3
	{
		[ "$padding" = 0 ] ||
			printf '__asm__(".text; .skip %s, 0x90");\n' "$padding"
		printf '#include "%s"\n' "$file"
	} >padded.c
	"$cc" -O2 "$@" -I"$here/layout" -I"$here/../include" -c padded.c \
		-o "$out"
}

parts='digest order words find'
for variant in $(seq 0 20); do
	objects=
	case $((variant % 3)) in
	0)	# 16 to 64 bytes before each object.
		for part in $parts; do
			compile "$here/layout/$part.c" $part.o \
				$((variant * 16 % 80)) "$@"
			objects="$objects $part.o"
		done ;;
	1)	# Another order of functions in one object.
		shuffle "$variant" $parts |
			sed "s|.*|#include \"$here/layout/&.c\"|" >all.c
		compile "$work/all.c" all.o 0 "$@"
		objects=all.o ;;
	2)	# Another order of objects.
		for part in $(shuffle "$variant" $parts); do
			compile "$here/layout/$part.c" $part.o 0 "$@"
			objects="$objects $part.o"
		done ;;
	esac
	compile "$here/layout/bench.c" bench.o 0 "$@"
	first=bench.o last=
	if [ $((variant % 2)) = 1 ]; then
		first= last=bench.o
	fi
	"$cc" $first $objects $last \
		-Wl,--whole-archive "$build/src/libbenchkit-count.a" \
		-Wl,--no-whole-archive "$build/src/libbenchkit.a" \
		-lpthread -lm -o "variant$variant"
done
for variant in $(seq 1 20); do
	"$build/src/benchab" -budget 3s -format json -seed "$variant" \
		variant0 "variant$variant" >>reports.json 2>/dev/null || true
done
"$here/layout/sum.awk" reports.json
