#!/bin/sh
# man.sh BENCHAB PAGE OLD NEW: the commands of the manual that measure, each in a
# place where it means something.
set -u
benchab=$1 page=$2 old=$3 new=$4
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export HOME="$work" GIT_CONFIG_NOSYSTEM=1
export BENCH_FLAGS='-bench=^BenchmarkSlower$'
PATH=$(dirname "$benchab"):$PATH
cd "$work" || exit 1
for tool in git make; do
	command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 0; }
done
cp "$old" bench_before && cp "$new" bench_after || exit 1
printf 'bench:\n\tcp "$$(cat which)" bench\n' >Makefile
git init -q . && git config user.email a@b && git config user.name a
echo "$old" >which && git add which Makefile && git commit -qm old
echo "$new" >which && git commit -qam new || exit 1

awk '/^\.SH/ { in_examples = /EXAMPLES/ } !in_examples { next }
	/^\.RS/ { inside = 1; next } /^\.RE/ { inside = 0 } inside' "$page" |
	sed 's/\\-/-/g' >commands
failed=0 count=0
while read -r command; do
	count=$((count + 1))
	# NEW is slower in all of them.
	sh -c "$command" >out 2>err </dev/null
	status=$?
	if [ $status != 1 ] || ! grep -q '^benchab: 1 REGRESSION' out; then
		echo "FAILED: $command: status $status"
		cat out err
		failed=1
	fi
done <commands
[ $count -ge 2 ] || { echo "FAILED: $count examples"; failed=1; }
exit $failed
