#!/bin/sh
# alone.sh BENCHSTAT INPUT...: the page for INPUTs asks nobody for anything.
set -u
benchstat=$1
shift
page=$("$benchstat" -format html "$@") || exit 2
[ -n "$page" ] || exit 2
found=$(printf '%s\n' "$page" | grep -n -i -E \
	'https?:|src=|href|url\(|@import|import\(|fetch\(|xmlhttp|websocket|<link|<img|<iframe') &&
	{ echo "$found"; exit 1; }
echo "nothing asked for in $(printf '%s\n' "$page" | wc -l) lines"
