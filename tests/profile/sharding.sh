#!/bin/sh
# sharding.sh BEFORE AFTER: the programs of lesson 6 under -mutexprofile.  Before,
# whoever adds keeps the others waiting; after, with 64 shards, next to nobody
# does.
set -u

if ! command -v go >/dev/null; then
	echo "skipped: no go"
	exit 0
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export HOME="$work" PPROF_TMPDIR="$work"

# contentions PROGRAM: how many there were in so many calls.
contentions()
{
	"$1" -bench='Tally/.*/shards=64' -cpu=8 -benchtime=200000x \
		-mutexprofile="$work/mutex" >"$work/record" 2>&1 || {
		cat "$work/record"
		exit 1
	}
	go tool pprof -top -sample_index=contentions "$work/mutex" \
		>"$work/top" 2>&1
	awk '/ total$/ {
		sub(/.* of /, "")
		print $1
		exit
	}' "$work/top"
}

if [ "$(nproc)" -lt 2 ]; then
	echo "skipped: threads on one processor rarely meet"
	exit 0
fi
before=$(contentions "$1") || { echo "$before"; exit 1; }
if ! grep -q ' tally_add$' "$work/top"; then
	echo "FAILED: nobody who adds in"
	cat "$work/top"
	exit 1
fi
after=$(contentions "$2") || { echo "$after"; exit 1; }
echo "$before contentions before, $after after"
[ "$before" -gt "$after" ]
