#!/bin/sh
# Measure lessons, and write what came out into their READMEs.
#
#	regenerate.sh BUILD FOLDER...	all of it
#	regenerate.sh -d FOLDER...	only what changed in the code
#
# In a README, what stands between <!-- X:begin --> and <!-- X:end --> is
# written here.  X is "diff OLD.c NEW.c [ITEM...]", or the name of a table of
# the lesson's lesson.conf, or "verdicts".  lesson.conf calls these functions:
#
#	table NAME 'VERSION...' [flags of the program] [: flags of benchstat]
#		A benchstat table of these versions, one column each.
#	verdict WANT OLD NEW BENCHMARK [flags of benchab] [-- arguments]
#		benchab's verdict must be WANT, a verdict's name, or
#		"allocation-free": no REGRESSION, and in NEW no allocation.
#	scaling LEAST VERSION BENCHMARK CONTROL [flags of the program]
#		How many times as fast two threads are as one; at least LEAST of
#		what CONTROL, a benchmark of the same program, is in that.
#
# COUNT (10) rounds of BENCHTIME (100ms) make a table.  Exit status 1 if something
# came out otherwise than lesson.conf says; the README shows it all the same.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
: "${COUNT:=10}" "${BENCHTIME:=100ms}"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM
failed=

die()
{
	echo "regenerate.sh: $*" >&2
	exit 2
}

# report OK TEXT: one line for whoever waits, and the exit status.
report()
{
	if [ "$1" = ok ]; then
		echo "ok      $folder: $2"
	else
		echo "FAILED  $folder: $2"
		failed=1
	fi
}

program()
{
	echo "$programs/${name}_$1"
}

# pattern BENCHMARK: the -bench that selects it alone.
pattern()
{
	printf '%s\n' "$1" |
		sed 's/[][\\.*+?(){}|^$]/\\&/g; s|/|$/^|g; s/^/^Benchmark/; s/$/$/'
}

conditions()
{
	compiler=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' \
		"$build/CMakeCache.txt")
	echo "$("$compiler" -v 2>&1 | grep ' version ' | sed 's/ (.*//'), $(getconf GNU_LIBC_VERSION)," \
		"$(nproc) CPUs; $1."
}

# words ARG...: so that eval reads them as they are.
words()
{
	for arg; do
		printf "'%s' " "$(printf '%s\n' "$arg" | sed "s/'/'\\\\''/g")"
	done
}

# split MARK ARG...: set $ahead to what comes before MARK, $behind to the rest,
# each as words for eval.
split()
{
	mark=$1 ahead= behind=
	shift
	while [ $# -gt 0 ] && [ "$1" != "$mark" ]; do
		ahead="$ahead$(words "$1")"
		shift
	done
	[ $# -eq 0 ] || shift
	behind=$(words "$@")
}

table()
{
	block=$1 versions=$2 columns=
	shift 2
	split : "$@"
	round=0
	while [ $round -lt "$COUNT" ]; do
		for v in $versions; do
			eval "$(program "$v") -benchmem -count=1 \
				-benchtime=$BENCHTIME $ahead" \
				>>"$tmp/$v.txt" || die "$folder: $v failed"
		done
		round=$((round + 1))
	done
	for v in $versions; do
		columns="$columns $v=$tmp/$v.txt"
	done
	{
		conditions "$COUNT rounds, the versions in turn in each"
		echo '```'
		eval "$build/src/benchstat $behind $columns"
		echo '```'
	} >"$tmp/$block.block"
	rm -f "$tmp"/*.txt
	report ok "table $block"
}

# most FILE: of B/op.  They tell little from nothing better than a whole number
# of allocations does.
most()
{
	awk '{
		for (i = 3; i < NF; i++)
			if ($(i + 1) == "B/op" && $i + 0 >= most + 0)
				most = $i
	}
	END { printf "%d\n", most }' "$1"
}

# compare OLD NEW BENCHMARK [flags] [-- arguments]: benchab's report.
compare()
{
	old=$1 new=$2 benchmark=$3 status=0
	shift 3
	split -- "$@"
	eval "$build/src/benchab -format md -o $tmp/ab \
		$(words "-bench=$(pattern "$benchmark")") $ahead \
		$(program "$old") $(program "$new") \
		${behind:+-- $behind}" \
		>"$tmp/report" 2>"$tmp/errors" || status=$?
	case $status in
	[013]) ;;
	*)
		cat "$tmp/report" "$tmp/errors" >&2
		die "$folder: benchab failed"
		;;
	esac
}

# The columns that say something when only one benchmark was compared.
verdict_row()
{
	awk -F ' *[|] *' -v versions="$1" -v bytes="$2" '{
		printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n",
			versions, $2, $3, $4, $5, $6, $8, $9, bytes
	}'
}

verdict()
{
	want=$1
	shift
	compare "$@"
	row=$(grep -F "| $benchmark" "$tmp/report" | sed 1q)
	: "${row:=| $benchmark | | | | | | | UNFIT |}"
	was=$(most "$tmp/ab/old.txt") is=$(most "$tmp/ab/new.txt")
	if [ ! -s "$tmp/verdicts.block" ]; then
		sed 1q "$tmp/report" | verdict_row versions B/op
		echo '| :-- | :-- | --: | --: | --: | --: | :-- | :-- | --: |'
	fi >>"$tmp/verdicts.block"
	printf '%s\n' "$row" | verdict_row "$old → $new" "$was → $is" \
		>>"$tmp/verdicts.block"
	said=$(printf '%s\n' "$row" | awk -F ' *[|] *' '{ print $9 }')
	ok=no
	if [ "$want" != allocation-free ]; then
		[ "${said%% *}" != "$want" ] || ok=ok
	elif [ "$said" != REGRESSION ] && [ "$was" -gt 0 ] && [ "$is" -eq 0 ]; then
		ok=ok
	fi
	rm -rf "$tmp/ab"
	report $ok "$old → $new: $benchmark: $said, B/op $was → $is" \
		"(want $want)"
}

scaling()
{
	least=$1 version=$2 benchmark=$3 control=$4
	shift 4
	"$(program "$version")" -cpu=1,2 -count=$((2 * COUNT)) \
		-bench="$(pattern "$benchmark")|$(pattern "$control")" \
		-benchtime="$BENCHTIME" "$@" >"$tmp/scaling" ||
		die "$folder: $version failed"
	awk -v benchmark="Benchmark$benchmark" -v control="Benchmark$control" \
		-f "$here/scaling.awk" "$tmp/scaling" >"$tmp/factors"
	read -r faster by share <"$tmp/factors"
	if [ ! -s "$tmp/scaling.block" ]; then
		echo '| version | benchmark | two threads | '"$control"' | share |'
		echo '| :-- | :-- | --: | --: | --: |'
	fi >>"$tmp/scaling.block"
	echo "| $version | $benchmark | $faster times | $by times | $share |" \
		>>"$tmp/scaling.block"
	awk "BEGIN { exit !($share >= $least) }" && ok=ok || ok=no
	report "$ok" "$version: $benchmark: scales $share as well as $control" \
		"(want $least)"
}

# Replace what stands between the markers of FOLDER's README.
rewrite()
{
	awk -v tmp="$tmp" -v differ="$here/diff.sh '$1'" '
	/^<!-- .*:end -->$/ { skip = 0 }
	!skip { print }
	/^<!-- .*:begin -->$/ {
		name = $0
		sub(/^<!-- /, "", name)
		sub(/:begin -->$/, "", name)
		if (name ~ /^diff /)
			command = differ substr(name, 5)
		else
			command = "cat 2>/dev/null " tmp "/" name ".block"
		while ((command | getline line) > 0) {
			print line
			skip = 1
		}
		close(command)
	}' "$1/README.md" >"$tmp/README.md"
	cat "$tmp/README.md" >"$1/README.md"
}

only_diffs=
if [ "${1-}" = -d ]; then
	only_diffs=yes
else
	[ $# -gt 0 ] || die "which build directory?"
	build=$(cd "$1" && pwd)
	! grep -q '^BENCHKIT_SANITIZE:STRING=.' "$build/CMakeCache.txt" ||
		die "$build is built with a sanitizer"
fi
shift

for path; do
	path=$(cd "$path" && pwd)
	folder=${path##*/}
	rm -f "$tmp"/*.block
	if [ -z "$only_diffs" ]; then
		name=${folder#[0-9][0-9]-}
		name=$(printf '%s\n' "$name" | tr - _)
		programs=$build/examples/$folder
		if [ ! -x "$(program before)" ]; then
			echo "skipped $folder: left out of the build"
			continue
		fi
		. "$path/lesson.conf"
	fi
	rewrite "$path"
done
[ -z "$failed" ]
