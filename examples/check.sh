#!/bin/sh
# Is a lesson's README what a lesson's README is?  It has its sections, its code
# is that of the lesson, and what stands between its markers has the form that
# regenerate.sh writes, and says what lesson.conf says it must.
#
#	check.sh FOLDER
set -eu

here=$(cd "$(dirname "$0")" && pwd)
folder=$(cd "$1" && pwd)
readme=$folder/README.md
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=

wrong()
{
	echo "$readme: $*"
	failed=1
}

# block NAME: what stands between its markers.
block()
{
	awk -v name="$1" '
	/^<!-- .*:end -->$/ { inside = 0 }
	inside { print }
	$0 == "<!-- " name ":begin -->" { inside = 1 }' "$readme"
}

has()
{
	grep -q -e "$2" "$tmp/block" || wrong "$1: no line like '$2'"
}

sections()
{
	cat >"$tmp/want" <<-'END'
	## The problem
	## The idea
	## The code that changed
	## How it is measured
	## The result
	## Why it works
	## When not to do it
	## Exercises
	END
	grep '^## ' "$readme" | grep -F -x -f "$tmp/want" >"$tmp/is" || true
	cmp -s "$tmp/want" "$tmp/is" || wrong "sections missing or out of order:" \
		"$(diff "$tmp/want" "$tmp/is" | sed -n 's/^[<>] //p')"
	sed -n '/^## Exercises/,$p' "$readme" |
		grep -q '^<details><summary>Solutions' ||
		wrong "no solutions behind the exercises"
}

markers()
{
	sed -n 's/^<!-- \(.*\):\([a-z]*\) -->$/\2 \1/p' "$readme" |
	awk '$1 == "begin" {
		if (open != "" || seen[$0]++)
			exit bad = 1
		open = $2
	}
	$1 == "end" {
		if (open != $2)
			exit bad = 1
		open = ""
	}
	END { exit bad || open != "" }' ||
		wrong "markers that do not pair, or a name used twice"
}

diffs()
{
	grep -q '^<!-- diff before.c after.c.*:begin -->$' "$readme" ||
		wrong "no diff of before.c and after.c"
	sed -n 's/^<!-- \(diff .*\):begin -->$/\1/p' "$readme" >"$tmp/diffs"
	while read -r diff; do
		block "$diff" >"$tmp/block"
		# Split into words, as regenerate.sh does.
		"$here/diff.sh" "$folder" ${diff#diff } >"$tmp/diff" || failed=1
		cmp -s "$tmp/block" "$tmp/diff" || wrong "$diff is not what" \
			"'regenerate.sh -d' makes it"
	done <"$tmp/diffs"
}

# ---- What lesson.conf calls ----

table()
{
	block "$1" >"$tmp/block"
	has "$1" ' version .*, glibc [0-9.]*, [0-9]* CPUs; [0-9]* rounds'
	has "$1" '^goos: linux$'
	has "$1" '│ *[A-Za-z]*/[A-Za-z]* *│'
	has "$1" 'vs base'
	has "$1" ' ± .* (p=[0-9.]* n=[0-9][0-9]*)'
	# The columns of a single version are told apart by something else.
	case $2 in
	*\ *)
		for version in $2; do
			has "$1" "│ *$version *│"
		done
		;;
	esac
}

verdict()
{
	block verdicts >"$tmp/block"
	has verdicts '^| versions | name | old | new | change |'
	row=$(grep -E "^\| $2 → $3 \| $4(-[0-9]+)? \|" "$tmp/block") || {
		wrong "verdicts: no row for $2 → $3, $4"
		return 0
	}
	any='(IMPROVEMENT|EQUIVALENT|REGRESSION|faster|slower|UNDECIDED|UNFIT)'
	case "$*" in
	*\ -cpu=[2-9]*)
		# Threads only meet where they find processors that are free:
		# when this was measured, regenerate.sh said whether it came out.
		set -- "$any" "$2" "$3" "$4"
		;;
	esac
	change='[-+][0-9.]+% \| \[[^|]+\] \|'
	case $1 in
	allocation-free)
		said='(IMPROVEMENT|EQUIVALENT|faster|slower|UNDECIDED)'
		bytes='[1-9][0-9]* → 0'
		;;
	*)
		said=$1 bytes='[0-9]+ → [0-9]+'
		;;
	esac
	row_form="[0-9](ns|µs|ms|s) \| $change (cpu|wall) \|"
	row_form="$row_form $said( \([^|]*\))? \| $bytes \|\$"
	printf "%s\n" "$row" | grep -E -q "$row_form" ||
		wrong "verdicts: not $1: $row"
}

scaling()
{
	block scaling >"$tmp/block"
	has scaling "^| version | benchmark | two threads | $4 | share |"
	# The same goes for whether the share is large enough.
	number='[0-9.]*[0-9]'
	has scaling "^| $2 | $3 | $number times | $number times | $number |$"
}

claims()
{
	for want in IMPROVEMENT REGRESSION; do
		grep -q "^verdict $want " "$folder/lesson.conf" ||
			wrong "no benchmark that must be a $want"
	done
	. "$folder/lesson.conf"
}

sections
markers
diffs
claims
[ -z "$failed" ]
