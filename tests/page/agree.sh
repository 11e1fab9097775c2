#!/bin/sh
# agree.sh BENCHSTAT INPUT...: text, CSV and HTML of the same inputs show the
# same numbers.
#
# From the page come the lines of the other two: its rows without markup, and
# its rows as records.  Blanks and the marks of notes are not compared.
set -u
benchstat=$1
shift
export LC_ALL=C
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# Rows of the page, a line each, in table order.
rows() {
	grep '^<tr><th scope="row"' "$work/html"
}

# text_of: a row's text as the text table has it.
text_of() {
	sed -E 's/<sup>[0-9]+<\/sup>//g; s/<[^>]*>/ /g' | unescape | squeeze
}

unescape() {
	sed "s/&lt;/</g; s/&gt;/>/g; s/&quot;/\"/g; s/&#39;/'/g; s/&amp;/\\&/g"
}

squeeze() {
	sed -E 's/(⁰|¹|²|³|⁴|⁵|⁶|⁷|⁸|⁹)//g; s/[ \t]+/ /g; s/^ //; s/ $//'
}

# record_of: a row as a record of the CSV table, with "|" for ",".
record_of() {
	sed -E '
		s/<sup>[0-9]+<\/sup>//g
		s/<td class="plot".*//
		s/^<tr><th[^>]*>([^<]*)<\/th>/\1/
		s/<td class="v[^>]*data-v="([^"]*)">[^<]*<small>± ([^<]*)<\/small> *<\/td>/|\1|\2/g
		s/<td class="v[^>]*data-v="([^"]*)">[^<]* *<\/td>/|\1|/g
		s/<td class="v[^>]*> *<\/td>/||/g
		s/<td class="d[^>]*>([^<]*) <small>\(([^<]*)\)<\/small> *<\/td>/|\1|\2/g
		s/<td class="d[^>]*>([^<]*)<\/td>/|\1|/g
		s/<td><\/td><\/tr>//
		s/ *\|/|/g
		s/\|*$//' | unescape
}

"$benchstat" -format html "$@" >"$work/html" 2>/dev/null || exit 2
"$benchstat" "$@" >"$work/text" 2>/dev/null || exit 2
"$benchstat" -format csv "$@" >"$work/csv" 2>/dev/null || exit 2

rows | text_of >"$work/got"
# Headers end with a bar, notes begin with a mark, lines have a colon.
grep -v -E '│$|^(⁰|¹|²|³|⁴|⁵|⁶|⁷|⁸|⁹)|^[a-z]+: |^$' "$work/text" |
	squeeze >"$work/want"
[ -s "$work/want" ] || { echo "no rows in the text"; exit 1; }
diff "$work/want" "$work/got" || { echo "text and HTML differ"; exit 1; }

rows | record_of >"$work/got"
# A summary of one row is in CSV alone.
grep -v -E '^,|^[a-z]+: |^$' "$work/csv" | sed 's/,/|/g; s/|*$//' |
	awk '/^geomean/ && count < 2 { count = 0; next }
		{ print; count++ } /^geomean/ { count = 0 }' >"$work/want"
diff "$work/want" "$work/got" || { echo "CSV and HTML differ"; exit 1; }
echo "$(grep -c . "$work/got") rows agree"
