#!/bin/sh
# steps_test.sh FILE PREFIX: run the steps of FILE, a description of a CI job, on a
# repository of two changes, with the benchkit that is installed in PREFIX: one that
# slows a function turns red and is named, one of a comment is green.
set -u
file=$1 prefix=$2
for tool in git make pkg-config; do
	command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 0; }
done
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export HOME="$work" GIT_CONFIG_NOSYSTEM=1 TMPDIR="$work"
unset MAKEFLAGS MAKELEVEL MFLAGS MAKEOVERRIDES BENCH_FLAGS
failed=0

# What the host has, and, of what talks to it, what only notes that it was called.
mkdir "$work/bin"
for tool in gh curl sudo; do
	printf '#!/bin/sh\necho "%s $*" >>"$CALLS"\n' $tool >"$work/bin/$tool"
done
chmod +x "$work"/bin/*
PATH=$work/bin:$prefix/bin:$PATH
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name benchkit.pc)")
export PATH PKG_CONFIG_PATH CALLS="$work/calls"
export GITHUB_STEP_SUMMARY="$work/summary" RUNNER_TEMP="$work" GH_TOKEN=token
export BENCHKIT_TOKEN=token CI_API_V4_URL=https://host/api/v4 CI_PROJECT_ID=1
export CI_MERGE_REQUEST_IID=2 REQUEST=https://host/pull/2

# The variables of the job, and its steps, each a file.
sed -n 's/^ *\(BUILD\|PROG\|GATE\): \(.*\)/export \1="\2"/p' "$file" >"$work/env"
. "$work/env"
export FLAGS="-time 2s -budget 1s -margin 20%"
awk -v work="$work" '
	open && NF > 0 {
		match($0, /^ */)
		if (depth == 0)
			depth = RLENGTH
		if (RLENGTH < depth)
			open = 0
		else
			print substr($0, depth + 1) > (work "/step" steps)
	}
	/^ *(- )?run: \|$/ || /^ *- \|$/ { open = 1; depth = 0; steps++ }
' "$file"
[ -f "$work/step4" ] && [ ! -f "$work/step5" ] || {
	echo "$file: not four steps"
	exit 1
}

mkdir "$work/repository" && cd "$work/repository" || exit 1
git init -q . && git config user.email a@b && git config user.name a
cat >bench.c <<'END'
#include <benchkit/bench.h>
#include <stdlib.h>

static void work(int steps)
{
	for (int i = 0; i < steps; i++)
		bench_keep(i);
}

BENCHMARK(Changed)
{
	while (bench_loop(b))
		work(2000);
}

BENCHMARK(Left)
{
	while (bench_loop(b))
		work(2000);
}

BENCH_MAIN();
END
printf 'bench: bench.c\n\tcc -O2 -o $@ $< $$(pkg-config --cflags --libs benchkit)\n' >Makefile
git add . && git commit -qm 'a beginning'

# job STATUS: the steps, of the last commit against the one before.
job()
{
	BASE=$(git rev-parse HEAD~1)
	CI_MERGE_REQUEST_DIFF_BASE_SHA=$BASE
	export BASE CI_MERGE_REQUEST_DIFF_BASE_SHA
	rm -f "$CALLS" comparison.*
	status=0
	for step in 1 2 3 4; do
		bash -e "$work/step$step" >>"$work/log" 2>&1
		status=$?
		[ $status = 0 ] || break
	done
	if [ $status != "$1" ] || [ $step != 4 ]; then
		echo "$file: status $status of step $step, not $1 of the last"
		cat "$work/log"
		failed=1
	fi
}

echo '/* A comment. */' >>bench.c && git commit -qam 'a comment'
job 0
sed -i '/(Changed)/,/^}/s/work(2000);/work(4000);/' bench.c
git commit -qam 'slower'
job 1
if ! grep -q '^| Changed.* REGRESSION |' comparison.md ||
	grep -q '^| Left.* REGRESSION |' comparison.md; then
	echo "$file: the table does not name the one that changed:"
	cat comparison.md
	failed=1
fi
grep -qE 'comparison.md' "$CALLS" || {
	echo "$file: nothing was posted"
	failed=1
}
[ "$(git worktree list | wc -l)" = 1 ] || failed=1
exit $failed
