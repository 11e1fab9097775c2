#!/bin/sh
# views.sh BENCHPROF: what BENCHPROF prints of the profiles in data/ is what
# `go tool pprof` 1.19 printed of them, but for headers.
# views.sh record: let `go tool pprof` print it again.  (Of what it prints the
# last blanks of lines are not kept.)
#
# work.go made Go's profiles (go build -trimpath, in a module benchprof), and
# tests/profile/truth.c the one in C.
set -u
program=$1
cd "$(dirname "$0")" || exit 2
export LC_ALL=C PPROF_TMPDIR="${TMPDIR:-/tmp}"
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0
count=0

plain() {
	sed -e '/^File: /d' -e '/^Build ID: /d' -e '/^Type: /d' \
		-e '/^Time: /d' -e '/^Duration: /d' -e 's/[ 	]*$//'
}

while read -r name arguments; do
	[ -n "$name" ] || continue
	count=$((count + 1))
	if [ "$program" = record ]; then
		# shellcheck disable=SC2086 # flags are words
		go tool pprof $arguments 2>/dev/null | plain >"want/$name"
		continue
	fi
	# shellcheck disable=SC2086
	"$program" $arguments 2>"$work/error" | plain >"$work/got"
	if ! [ -s "want/$name" ] || ! cmp -s "want/$name" "$work/got"; then
		echo "$name: benchprof $arguments (- pprof, + got)"
		diff -u "want/$name" "$work/got" | sed 1,2d
		cat "$work/error"
		bad=1
	fi
done <cases
echo "$count views"
[ "$count" -gt 0 ] || bad=1
exit $bad
