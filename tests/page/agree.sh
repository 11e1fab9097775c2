#!/bin/sh
# agree.sh BENCHSTAT [FLAG|INPUT]...: text, CSV and HTML of the same run show
# the same numbers.
#
# From the page come the lines of the other two: its rows without markup, and
# its rows as records.  Blanks, the marks of notes and verdicts are not compared.
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
	sed -E 's/<sup>[0-9]+<\/sup>//g; s/<b class[^/]*<\/b>//g
		s/<[^>]*>/ /g' | unescape | squeeze
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
		s/<b class[^/]*<\/b>//g
		s/<td class="plot".*//
		s/^<tr><th[^>]*>([^<]*)<\/th>/\1/
		s/<td class="v[^>]*data-v="([^"]*)">[^<]*<small>± ([^<]*)<\/small> *<\/td>/|\1|\2/g
		s/<td class="v[^>]*data-v="([^"]*)">[^<]* *<\/td>/|\1|/g
		s/<td class="v[^>]*> *<\/td>/||/g
		s/<td class="d[^>]*>([^<]*) <small>\(([^<]*)\)<\/small> *<\/td>/|\1|\2/g
		s/<td class="d[^>]*>([^<]*)<\/td>/|\1|/g
		s/<td class="e[^>]*>([^<]*)<small>([^<]*)<\/small><\/td>/|\1|\2/g
		s/<td class="e[^>]*><\/td>//g
		s/<td><\/td><\/tr>//
		s/ *\|/|/g
		s/\|*$//' | unescape
}

# A gate's verdict is no failure to print.
run() {
	"$benchstat" -format "$@" 2>/dev/null
	[ $? -ne 2 ] || exit 2
}
run html "$@" >"$work/html"
run text "$@" >"$work/text"
run csv "$@" >"$work/csv"

# Factors of records as the page has them, in percent.
percents() {
	awk -F '|' -v OFS='|' '
		function percent(x) { return sprintf("%+.2f%%", (x - 1) * 100) }
		{
			line = $1
			for (i = 2; i <= NF; i++)
				if (!effect || i < 8 || (i - 4) % 7 < 4)
					line = line OFS $i
				else if ((i - 4) % 7 == 4)
					line = line OFS ($i == "" ? "" : percent($i) OFS)
				else if ((i - 4) % 7 == 6)
					line = line ($i == "" ? "" : "[" \
						percent($(i - 1)) ", " percent($i) "]")
			print line
		}' effect="$(grep -c 'effect,low,high' "$work/csv")"
}

rows | text_of >"$work/got"
# Headers end with a bar, notes begin with a mark, lines have a colon.
grep -v -E '│$|^(⁰|¹|²|³|⁴|⁵|⁶|⁷|⁸|⁹)|^[a-z]+: |^[0-9]+ without|^$' \
	"$work/text" | squeeze >"$work/want"
[ -s "$work/want" ] || { echo "no rows in the text"; exit 1; }
diff "$work/want" "$work/got" || { echo "text and HTML differ"; exit 1; }

rows | record_of >"$work/got"
# A summary of one row is in CSV alone.
grep -v -E '^,|^[a-z]+: |^$' "$work/csv" | sed 's/,/|/g; s/|*$//' | percents |
	sed 's/|*$//' | awk '/^geomean/ && count < 2 { count = 0; next }
		{ print; count++ } /^geomean/ { count = 0 }' >"$work/want"
diff "$work/want" "$work/got" || { echo "CSV and HTML differ"; exit 1; }
echo "$(grep -c . "$work/got") rows agree"
