#!/bin/sh
# run.sh PROGRAM CASE...: run PROGRAM in each folder CASE with the arguments in
# "args" (one a line) and, if it is there, "stdin"; compare what it prints and
# its exit status with "stdout", "stderr" and "rc".
#
# In CSV the last digits of a number depend on libm, so numbers are compared to
# 12 significant digits there.
set -u
program=$1
shift
export LC_ALL=C NO_COLOR=1
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0

digits() {
	sed -E 's/([0-9]\.[0-9]{11})[0-9]+/\1/g' "$1"
}

# same CASE FILE: compare FILE as CASE has it with what came out.
same() {
	if [ "$csv" = yes ]; then
		digits "$1/$2" >"$work/want"
		digits "$work/$2" >"$work/got"
	else
		cp "$1/$2" "$work/want"
		cp "$work/$2" "$work/got"
	fi
	cmp -s "$work/want" "$work/got" && return
	echo "$1: $2 differs (- wanted, + got)"
	diff -u "$work/want" "$work/got" | sed '1,2d'
	bad=1
}

for case in "$@"; do
	input=/dev/null
	[ -f "$case/stdin" ] && input=$(cd "$case" && pwd)/stdin
	csv=no
	grep -q csv "$case/args" && csv=yes
	(
		cd "$case" || exit 99
		set --
		while IFS= read -r argument; do
			set -- "$@" "$argument"
		done <args
		exec "$program" "$@"
	) <"$input" >"$work/stdout" 2>"$work/stderr"
	echo $? >"$work/rc"
	for file in stdout stderr rc; do
		same "$case" $file
	done
done
exit $bad
