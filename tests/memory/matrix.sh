#!/bin/sh
# matrix.sh SOURCE BUILD: status.c under every allocator, way to link it and
# sanitizer there is, as a table.  In each cell it counts exactly or says that it
# cannot; a wrong count fails, and so does a program that runs only without us.
#
#	counts		all figures are right
#	cannot		it says why it does not count (shown below the table)
#	no program	it cannot be linked or does not start, without us either
#	-		a part is not installed
set -u

source=$1
build=$2
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
lib=$build/src
wrap=$(sed -n 's/^Libs.private: -lbenchkit-count-static//p' "$lib/benchkit.pc")
include="-I$source/include -I$source/src -D_GNU_SOURCE -DNDEBUG -fno-builtin"
memory="$source/src/memory/counting.c $source/src/memory/sanitizer.c"

# The smallest program that allocates, to see whether any would run.
cat >"$work/plain.c" <<'EOF'
#include <stdlib.h>
int main(void)
{
	void *volatile p = malloc(10);
	free(p);
	return p == NULL;
}
EOF

# objects COLUMN COMPILER FLAG...: in the folder COLUMN.
objects()
{
	mkdir -p "$work/$1" && cd "$work/$1" || exit 1
	shift
	"$@" -O1 -c $include "$source/tests/memory/status.c" &&
		"$@" -O1 -c "$work/plain.c" &&
		"$@" -O1 -c $include -DBENCH_NO_COUNTER $memory
} 2>/dev/null

# So that both find what allocator $1 needs, wherever it stands.
library()
{
	case $1 in
	glibc) ;;
	tcmalloc) echo -ltcmalloc_minimal ;;
	*) echo "-l$1" ;;
	esac
}

shared_object()
{
	"${CC:-cc}" -print-file-name="lib$(library "$1" | cut -c 3-).so"
}

# run PROGRAM ALLOCATOR LINK: its output.
run()
{
	if [ "$3" = preloaded ]; then
		LD_PRELOAD=$(shared_object "$2") timeout 100 "$1" 2>/dev/null
	else
		timeout 100 $under "$1" 2>/dev/null
	fi
}

# make_program NAME OURS ALLOCATOR LINK: NAME from NAME.o and OURS with $command.
# What is preloaded makes no difference to a program.
make_program()
{
	ours=$2
	other=$(library "$3")
	case $4 in
	before) ours="-Wl,--no-as-needed $other $ours" ;;
	after) ours="$ours -Wl,--no-as-needed $other" ;;
	static) ours="-static $ours $wrap $other -lstdc++" ;;
	preloaded)
		[ -e "$1.preloaded" ] && cp "$1.preloaded" "$1" && return
		;;
	esac
	$command -o "$1" "$1.o" $ours -lpthread -lm -ldl >/dev/null 2>&1 ||
		return
	[ "$4" != preloaded ] || cp "$1" "$1.preloaded"
}

# plain_runs ALLOCATOR LINK: does anything, without us?
plain_runs()
{
	flags=$wrap
	wrap=
	make_program plain '' "$1" "$2"
	linked=$?
	wrap=$flags
	[ $linked = 0 ] && run ./plain "$1" "$2"
}

# cell ALLOCATOR LINK: what is so there.
cell()
{
	rm -f status plain
	ours="counting.o sanitizer.o $lib/libbenchkit-count.a"
	if [ "$2" = static ]; then
		ours="$ours $lib/libbenchkit-count-static.a"
	fi
	out=
	make_program status "$ours" "$1" "$2" && out=$(run ./status "$1" "$2")
	case $out in
	counted*)
		echo counts
		;;
	'not counted: '*)
		echo cannot
		echo "${out#not counted: }" >>reasons
		;;
	*)
		if [ -z "$out" ] && ! plain_runs "$1" "$2"; then
			echo 'no program'
		else
			echo WRONG
			echo "$column, $1 $2: '$out'" >>wrong
		fi
		;;
	esac
}

# The rows, and as which "before" is shown where there is nothing to come before.
rows='glibc:before glibc:static'
for of in jemalloc tcmalloc mimalloc; do
	rows="$rows $of:before $of:after $of:preloaded $of:static"
done

# fill COLUMN: its cells, a line for each row, in COLUMN/cells.
fill()
{
	column=$1
	under=
	case $column in
	none) command=${CC:-cc} ;;
	valgrind)
		# It stops at debug information that is newer than it is
		# itself.
		command="${CC:-cc} -Wl,--strip-debug"
		under='valgrind -q'
		;;
	*) command="${column%%-*} -fsanitize=${column#*-}" ;;
	esac
	present=yes
	if [ "$column" = valgrind ] && ! command -v valgrind >/dev/null; then
		present=no
	fi
	objects "$column" ${command% -Wl*} || present=no
	cd "$work/$column" || exit 1
	statics=
	for row in $rows; do
		of=${row%:*} as=${row#*:}
		if [ $as = static ] && [ "$statics" = 'no program' ]; then
			echo "$statics" # not even with libc's malloc
		elif [ $present = no ] ||
		   { [ $of != glibc ] && [ ! -e "$(shared_object $of)" ]; } ||
		   { [ "$column" = valgrind ] && [ $as != before ]; }; then
			echo -
		else
			answer=$(cell $of $as)
			echo "$answer"
			[ $row = glibc:static ] && statics=$answer
		fi
	done >cells
}

columns='none valgrind gcc-address gcc-thread gcc-leak clang-address clang-thread
	clang-memory clang-leak'
for column in $columns; do
	fill "$column" &
done
wait

cd "$work" || exit 1
{
	printf 'allocator,link'
	printf ',%s' $columns
	echo
	for column in $columns; do
		set -- "$@" "$column/cells"
	done
	shift 2
	printf '%s\n' $rows | sed 's/glibc:before/glibc:shared/; s/:/,/' |
		paste -d, - "$@"
} | awk -F, '{
	for (i = 1; i <= NF; i++) {
		printf i < NF ? "%-13s " : "%s\n", $i
		missing += $i == ""
	}
}
END {
	exit missing > 0
}' || exit 1
echo
sort ./*/reasons 2>/dev/null | uniq -c | sed 's/^ *[0-9]* /cannot: /'
! cat ./*/wrong 2>/dev/null
