#!/bin/sh
# live_test.sh BEFORE LOAD AFTER: what README.md does, in short: load on the server
# BEFORE, its profile by HTTP and by SIGUSR2, the name of the culprit in both; and
# AFTER answers more.
set -u

if ! command -v curl >/dev/null; then
	echo "skipped: no curl"
	exit 0
fi
work=$(mktemp -d) || exit 1
trap 'kill $pid 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1
export TMPDIR="$work" HOME="$work"
failed=0

# start SERVER: its ports to $clients and $profiles.
start()
{
	rm -f said
	"$1" 0 127.0.0.1:0 >said &
	pid=$!
	tries=0
	until grep -q "^profiles" said 2>/dev/null; do
		tries=$((tries + 1))
		test $tries -lt 200 || exit 1
		sleep 0.05
	done
	clients=$(sed -n 's/^clients at .*://p' said)
	profiles=$(sed -n 's/^profiles at \(.*\)\/ and .*/\1/p' said)
}

# names FILE: the culprit is named in the profile, and with go it is on top.
names()
{
	gzip -dc "$1" 2>/dev/null | grep -aq lower_case || {
		echo "FAILED: $1 does not name lower_case"
		failed=1
	}
	command -v go >/dev/null || return
	go tool pprof -top -cum "$1" >top 2>&1
	grep -q '%  lower_case$\|%  words_of$' top || {
		echo "FAILED: lower_case is not among"
		cat top
		failed=1
	}
}

start "$1"
"$2" "$clients" 2 2 >load_before &
load=$!
curl -s -o http.pprof "$profiles/profile?seconds=1"
kill -USR2 $pid
wait $load || failed=1
kill -TERM $pid
wait $pid
names http.pprof
names "$(echo "$work"/*-cpu-*.pprof)"
before=$(sed 's/ .*//' load_before)

start "$3"
"$2" "$clients" 1 2 >load_after || failed=1
after=$(sed 's/ .*//' load_after)
cat load_before load_after
test "$after" -gt "$before" || {
	echo "FAILED: not faster"
	failed=1
}
exit $failed
