#!/bin/sh
# check.sh finds nothing wrong in a lesson as it is, and each of these mistakes.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
lesson=$here/05-string-builder
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=

# mistake WANT FILE SCRIPT: after sed's SCRIPT has changed FILE of a copy,
# check.sh fails and says WANT.
mistake()
{
	rm -rf "$tmp/copy"
	cp -R "$lesson" "$tmp/copy"
	sed "$3" "$lesson/$2" >"$tmp/copy/$2"
	if cmp -s "$lesson/$2" "$tmp/copy/$2"; then
		echo "'$3' changes nothing in $2"
		failed=1
	elif "$here/check.sh" "$tmp/copy" >"$tmp/said"; then
		echo "not found: $3 in $2"
		failed=1
	elif ! grep -q -F -e "$1" "$tmp/said"; then
		echo "$3 in $2: not '$1' but"
		cat "$tmp/said"
		failed=1
	fi
}

"$here/check.sh" "$lesson" || failed=1
mistake 'sections' README.md '/^## Why it works/d'
mistake 'no solutions' README.md 's/<details>//'
mistake 'do not pair' README.md '/^<!-- verdicts:end/d'
mistake 'a name used twice' README.md 's/^<!-- verdicts:/<!-- result:/'
mistake 'no diff of' README.md '/^<!-- diff before/,/^<!-- diff:end/d'
mistake 'FIRST_CAP grow is not what' README.md '/^+#define FIRST_CAP/d'
mistake 'grow is not what' after.c 's/cap = 2 \*/cap = 3 */'
mistake 'result: no line' README.md '/^goos:/d'
mistake 'result: no line' README.md 's/ n=[0-9]*)/)/g'
mistake 'result: no line' README.md 's/│ *further/│ best/'
mistake 'no row' README.md '/^| before → after | Join/d'
mistake 'not IMPROVEMENT' README.md 's/ IMPROVEMENT / EQUIVALENT /'
mistake 'not IMPROVEMENT' README.md '/IMPROVEMENT/s/ \[[^]]*\] / - /'
mistake 'not REGRESSION' README.md 's/ REGRESSION / UNDECIDED (±1%) /'
mistake 'must be a REGRESSION' lesson.conf '/^verdict REGRESSION/d'
mistake 'not allocation-free' lesson.conf \
	's/^verdict IMPROVEMENT before/verdict allocation-free before/'
[ -z "$failed" ]
