#!/bin/sh
# dist.sh SOURCE WORK: the two-file form of SOURCE compiles without a warning, with
# gcc and clang, and a program of C and one of C++ count their allocations with it.
# The archive of a commit is the same each time.
set -eu
for tool in python3 gcc; do
	command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 0; }
done
source=$1 work=$2
warnings='-Wall -Wextra -Werror'
rm -rf "$work"
mkdir -p "$work/one"
cd "$work"
python3 "$source/src/cmake/amalgamate.py" "$source" one
for suffix in c cc; do
	sed 's|<benchkit/bench.h>|"benchkit.h"|' \
		"$source/tests/consumer/project/bench.$suffix" >one/bench.$suffix
done

cd one
gcc -std=gnu11 -O1 $warnings -fno-builtin -c benchkit.c
if command -v clang >/dev/null; then
	clang -std=gnu11 $warnings -fsyntax-only benchkit.c
fi
gcc -std=gnu11 -O2 $warnings -o bench bench.c benchkit.o -pthread -lm -ldl
"$source/tests/consumer/check_program.sh" ./bench static
if command -v g++ >/dev/null; then
	g++ -O2 $warnings -o bench_cc bench.cc benchkit.o -pthread -lm -ldl
	"$source/tests/consumer/check_program.sh" ./bench_cc static
fi

# Each public function is there, and what is shared inside does not clash with a
# user's: all of it begins with bi_ or bench_, but for malloc's family.
nm -g --defined-only benchkit.o | awk '$2 ~ /[TDBRVW]/ { print $3 }' |
	grep -vE '^(bi_|bench_|malloc$|calloc$|realloc|free$|memalign$|aligned_alloc$|posix_memalign$|p?valloc$)' &&
	exit 1

if git -C "$source" rev-parse HEAD >/dev/null 2>&1; then
	for i in 1 2; do
		make -s -f "$source/Makefile.bench" -C "$source" dist \
			BUILD="$work/$i" >/dev/null
	done
	cmp "$work"/1/dist/*.tar.gz "$work"/2/dist/*.tar.gz
	tar -tzf "$work"/1/dist/*.tar.gz | grep -q '^benchkit-[0-9.]*/CMakeLists.txt$'
	cmp "$work/1/dist/benchkit.c" benchkit.c
fi
