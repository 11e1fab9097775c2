#!/bin/sh
# What changed from one version of a lesson to the next, as its README shows it.
#
#	diff.sh FOLDER OLD.c NEW.c [ITEM...]
#
# With ITEMs, only these functions, types and constants of both files.
set -eu

here=$(dirname "$0")
folder=$1 old=$2 new=$3
shift 3
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

for file in "$old" "$new"; do
	if [ $# -gt 0 ]; then
		awk -f "$here/items.awk" -v items="$*" "$folder/$file"
	else
		cat "$folder/$file"
	fi >"$tmp/$file"
done
echo '```diff'
diff -U 3 --label "$old" --label "$new" "$tmp/$old" "$tmp/$new" && {
	echo "$folder: no difference of $* between $old and $new" >&2
	exit 1
}
[ $? -eq 1 ] || exit 1
echo '```'
