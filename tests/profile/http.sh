#!/bin/sh
# http.sh SERVER [KB]: the pages that SERVER, server.c, serves, by curl and, where
# there is go, by `go tool pprof`; and what its memory is after many requests: at
# most KB (2048) more than after some.
set -u

server=$1
more=${2:-2048}
if ! command -v curl >/dev/null; then
	echo "skipped: no curl"
	exit 0
fi
work=$(mktemp -d) || exit 1
mkfifo "$work/stdin" || exit 1
"$server" <"$work/stdin" >"$work/port" &
pid=$!
exec 3>"$work/stdin"
trap 'exec 3>&-; wait $pid; rm -rf "$work"' EXIT
cd "$work" || exit 1
tries=0
until test -s port; do
	tries=$((tries + 1))
	test $tries -lt 200 || exit 1
	sleep 0.05
done
root=http://127.0.0.1:$(cat port)/debug/pprof
failed=0

# get STATUS PATTERN PATH CURL-FLAG...: that status, and a line of headers or body
# like PATTERN.
get()
{
	status=$1
	pattern=$2
	path=$3
	shift 3
	curl -s -i --max-time 20 "$@" "$root$path" | tr -d '\r' >answer
	if ! head -1 answer | grep -q "^HTTP/1.1 $status " ||
		! grep -aEq -- "$pattern" answer; then
		echo "FAILED: $path: no $status or '$pattern' in"
		head -c 1000 answer
		failed=1
	fi
}

disposition='^Content-Disposition: attachment; filename='
get 200 '<a href="profile">' /
get 200 '^X-Content-Type-Options: nosniff$' /
get 301 '^Location: /debug/pprof/$' ''
get 200 '^Content-Type: text/plain; charset=utf-8$' /cmdline
get 200 "$server" /cmdline
get 200 '^num_symbols: 1$' '/symbol?0x1'
get 200 '^num_symbols: 1$' /symbol -d 0x1+0x2
get 404 '^Unknown profile$' /trace
get 404 '^X-Go-Pprof: 1$' /nonsense
get 405 '^Allow: GET, HEAD$' /cmdline -X DELETE
get 200 "$disposition\"profile\"$" '/profile?seconds=1'
get 400 "exceeds server's WriteTimeout$" '/profile?seconds=100000'

# Those kinds that there are.
for name in $(curl -s "$root/" | grep -o 'href="[a-z]*?debug=1"' |
	sed 's/href="//; s/?.*//'); do
	get 200 "$disposition\"$name\"$" "/$name"
	get 200 '^Content-Type: text/plain; charset=utf-8$' "/$name?debug=1"
	get 200 "$disposition\"$name-delta\"$" "/$name?seconds=1"
	get 400 '^invalid value for "seconds" - must be a positive integer$' \
		"/$name?seconds=-1"
	get 400 '^seconds and debug params are incompatible$' \
		"/$name?seconds=1&debug=1"
done

# One CPU profile at a time.
curl -s --max-time 2 "$root/profile?seconds=20" >/dev/null &
first=$!
sleep 0.5
get 500 '^Could not enable CPU profiling: cpu profiling already in use$' \
	'/profile?seconds=1'
wait $first

# Its memory, after it has served for a while, is what it was.
rss() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status"; }
requests()
{
	for _ in 1 2 3 4 5; do
		seq 60 | sed "s|.*|url = $root/cmdline|" >config
		curl -s --parallel --parallel-max 60 -K config >/dev/null 2>&1
	done
}
requests
before=$(rss)
requests
after=$(rss)
if test "$after" -gt $((before + more)); then
	echo "FAILED: memory grew from $before to $after kB"
	failed=1
fi

if command -v go >/dev/null; then
	export HOME="$work" PPROF_TMPDIR="$work"
	go tool pprof -top "$root/profile?seconds=1" >top 2>&1
	grep -q ' burn_here$' top || {
		echo "FAILED: no burn_here in"
		cat top
		failed=1
	}
fi
exit $failed
