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
failed=0
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
} 2>"$work/error"

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
		LD_PRELOAD=$(shared_object "$2") timeout 10 "$1" 2>/dev/null
	else
		timeout 10 $under "$1" 2>/dev/null
	fi
}

# make_program NAME OURS ALLOCATOR LINK COMMAND...: from NAME.o and OURS.
make_program()
{
	name=$1 ours=$2 allocator=$3 link=$4
	shift 4
	other=$(library "$allocator")
	case $link in
	before) ours="-Wl,--no-as-needed $other $ours" ;;
	after) ours="$ours -Wl,--no-as-needed $other" ;;
	static) ours="-static $ours $wrap $other -lstdc++" ;;
	esac
	"$@" -o "$name" "$name.o" $ours -lpthread -lm -ldl >/dev/null 2>&1
}

# plain_runs ALLOCATOR LINK COMMAND...: does anything, without us?
plain_runs()
{
	flags=$wrap
	wrap=
	make_program plain '' "$@"
	linked=$?
	wrap=$flags
	[ $linked = 0 ] && run ./plain "$1" "$2"
}

# cell COLUMN ALLOCATOR LINK COMMAND...
cell()
{
	column=$1 of=$2 as=$3
	shift 3
	cd "$work/$column" || exit 1
	rm -f status plain
	ours="counting.o sanitizer.o $lib/libbenchkit-count.a"
	if [ "$as" = static ]; then
		ours="$ours $lib/libbenchkit-count-static.a"
	fi
	out=
	make_program status "$ours" "$of" "$as" "$@" &&
		out=$(run ./status "$of" "$as")
	case $out in
	counted*)
		answer=counts
		;;
	'not counted: '*)
		answer=cannot
		echo "${out#not counted: }" >>"$work/reasons"
		;;
	*)
		answer=WRONG
		if [ -z "$out" ] && ! plain_runs "$of" "$as" "$@"; then
			answer='no program'
		else
			failed=1
			echo "$column, $of $as: '$out'" >>"$work/wrong"
		fi
		;;
	esac
	printf ' %-11s' "$answer"
}

columns='none valgrind gcc-address gcc-thread gcc-leak clang-address clang-thread
	clang-memory clang-leak'
for column in $columns; do
	case $column in
	none | valgrind) command=${CC:-cc} ;;
	*) command="${column%%-*} -fsanitize=${column#*-}" ;;
	esac
	if [ "$column" = valgrind ] && ! command -v valgrind >/dev/null; then
		continue
	fi
	objects "$column" $command || rm -rf "${work:?}/$column"
done

printf '%-9s %-9s' allocator link
printf ' %-11s' $(echo $columns | sed 's/clang-/clang:/g; s/gcc-/gcc:/g' |
	sed 's/address/addr/g')
echo
for of in glibc jemalloc tcmalloc mimalloc; do
	for as in before after preloaded static; do
		if [ $of = glibc ] && [ $as != before ] && [ $as != static ]
		then
			continue
		fi
		shown=$as
		[ $of = glibc ] && [ $as = before ] && shown=shared
		printf '%-9s %-9s' $of $shown
		for column in $columns; do
			under=
			command=${CC:-cc}
			case $column in
			none) ;;
			valgrind)
				# It stops at debug information that is newer
				# than it is itself.
				command="$command -Wl,--strip-debug"
				under='valgrind -q'
				[ $as = preloaded ] && under=
				;;
			*) command="${column%%-*} -fsanitize=${column#*-}" ;;
			esac
			if [ ! -d "$work/$column" ] ||
			   { [ $of != glibc ] &&
			     [ ! -e "$(shared_object $of)" ]; } ||
			   { [ $column = valgrind ] && [ $as != before ]; }; then
				printf ' %-11s' -
			else
				cell $column $of $as $command
			fi
		done
		echo
	done
done
echo
sort "$work/reasons" 2>/dev/null | uniq -c | sed 's/^ *[0-9]* /cannot: /'
cat "$work/wrong" 2>/dev/null
exit $failed
