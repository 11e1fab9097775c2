#!/bin/sh
# check.sh PROGRAM SOURCE [BENCHSTAT]: run PROGRAM as the comment at the top of
# SOURCE says, and see that it says what stands there:
#
#	Run:	the program's name and its arguments
#	Rows:	the benchmarks of its results, in order
#	Then:	"benchstat": hand them on to BENCHSTAT
#	Says:	an extended regular expression for a line of all that was said,
#		runs of blanks as one
#	Exit:	the program's exit status, if it is not 0
set -eu
program=$1
source=$2
benchstat=${3:-}
name=$(basename "$source" .c)
export LC_ALL=C
unset BENCH_FLAGS
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0

# field NAME: what stands behind NAME, a line each.
field() {
	sed -n '/^ \*\/$/q; s/^ \* '"$1"': *//p' "$source"
}

wrong() {
	echo "$name: $1"
	bad=1
}

run=$(field Run)
[ "${run%% *}" = "$name" ] || wrong "Run: is of another program"
rc=0
# The arguments are words without blanks.
# shellcheck disable=SC2086
"$program" ${run#"$name"} >"$work/out" 2>"$work/err" || rc=$?
want=$(field Exit)
[ "$rc" = "${want:-0}" ] || wrong "exit status $rc"

rows=$(sed -n 's/^Benchmark\([^ \t]*\)-[0-9]*[ \t].*/\1/p' "$work/out" | xargs)
[ "$rows" = "$(field Rows)" ] || wrong "rows '$rows'"

if [ "$(field Then)" = benchstat ]; then
	"$benchstat" "$work/out" >"$work/stat"
	cat "$work/stat" >>"$work/err"
fi
cat "$work/out" "$work/err" | tr -s ' \t' ' ' >"$work/said"
field Says >"$work/says"
while IFS= read -r says; do
	grep -q -E -e "$says" "$work/said" || wrong "nothing says '$says'"
done <"$work/says"

readme=$(dirname "$source")/README.md
grep -q -F -e "[$name]($name.c)" "$readme" || wrong "not in the README"
grep -q -F -e "\`$run\`" "$readme" || wrong "the README runs it otherwise"
[ $bad = 0 ] || cat "$work/said"
exit $bad
