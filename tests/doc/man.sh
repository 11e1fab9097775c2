#!/bin/sh
# man.sh PROGRAM PAGE: run every example of the manual PAGE, in the folder of this
# script that is named like PROGRAM, and compare what it prints with what the page
# shows.  Then look for every flag of "PROGRAM -h=all" in the page, and for every
# flag of the page there.  What "PROGRAM -h" prints fits a screen of 24 lines.
#
# An example is what stands between .EX and .EE: a line "$ command", then its
# output.  Where the output differs, what it is now goes to stdout.
set -u
program=$1
page=$2
name=$(basename "$program")
PATH=$(dirname "$program"):$PATH
export PATH LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0
# Without one of its own, an empty one.
folder=$here/$name
[ -d "$folder" ] || folder=$work/empty
mkdir "$work/empty"

# What a reader of the page sees: groff's escapes undone.
plain() {
	sed -e 's/^\\&//' -e 's/\\-/-/g' -e 's/\\e/\\/g'
}

awk -v work="$work" '
	/^\.EX$/ { n++; next }
	/^\.EE$/ { open = 0; next }
	/^\$ / { open = 1; print substr($0, 3) > (work "/" n ".command"); next }
	open { print > (work "/" n ".want") }
' "$page"

count=0
for command in "$work"/*.command; do
	[ -f "$command" ] || break
	count=$((count + 1))
	base=${command%.command}
	plain <"$command" >"$base.sh"
	touch "$base.want"
	plain <"$base.want" >"$base.plain"
	(cd "$folder" && sh "$base.sh") >"$base.got" 2>&1
	if ! diff -u "$base.plain" "$base.got" | sed 1,2d >"$base.diff" ||
		[ -s "$base.diff" ]; then
		echo "$page: example differs: $(cat "$base.sh")"
		cat "$base.diff"
		bad=1
	fi
done
[ $count -gt 0 ] || { echo "$page: no examples"; bad=1; }

"$program" -h=all 2>&1 |
	sed -n 's/^  -\([a-z][a-z_-]*\).*/\1/p' | sort -u >"$work/flags"
sed -n -e '/^\.TP$/{' -e n -e 's/\\-/-/g' \
	-e 's/^\.B[IR]* -\([a-z][a-z_-]*\).*/\1/p' -e '}' "$page" |
	sort -u >"$work/told"
if ! diff "$work/told" "$work/flags"; then
	echo "$page: flags differ from those of -h=all (>)"
	bad=1
fi
lines=$("$program" -h 2>&1 | wc -l)
[ "$lines" -le 24 ] || { echo "$name -h has $lines lines"; bad=1; }
if "$program" -h=all 2>&1 | grep -v ± | grep '.\{81\}'; then
	echo "$name -h=all has a line of more than 80 columns"
	bad=1
fi
exit $bad
