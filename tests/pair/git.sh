#!/bin/sh
# git.sh BENCHAB OLD NEW: two revisions, and what is left behind: nothing.
set -u

benchab=$1 old=$2 new=$3
if ! command -v git >/dev/null; then
	echo "skipped: no git"
	exit 0
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export TMPDIR="$work/tmp place" HOME="$work" GIT_CONFIG_NOSYSTEM=1
git config --global protocol.file.allow always
mkdir "$TMPDIR" "$work/a repository" "$work/a repository/sub"
cd "$work/a repository" || exit 1
git init -q . && git config user.email a@b && git config user.name a
echo "$old" >sub/which && git add . && git commit -qm old
echo "$new" >sub/which && git commit -qam new
cd sub || exit 1
failed=0

# run STATUS FLAGS...: and nothing is left behind.
run()
{
	want=$1
	shift
	"$benchab" -seed 1 -prog ./program "$@" >"$work/out" 2>"$work/err"
	check $? "$*"
}

check()
{
	if [ "$1" != "$want" ]; then
		echo "FAILED: benchab $2: status $1, want $want"
		cat "$work/out" "$work/err"
		failed=1
	fi
	if [ "$(git worktree list | wc -l)" != 1 ] || [ -n "$(ls "$TMPDIR")" ]
	then
		echo "FAILED: benchab $2: leaves worktrees behind"
		git worktree list
		ls "$TMPDIR"
		failed=1
	fi
}

# said FILE PATTERN
said()
{
	if ! grep -q -e "$2" "$work/$1"; then
		echo "FAILED: not said: $2"
		cat "$work/$1"
		failed=1
	fi
}

build='cp "$(cat which)" program'
run 1 -build "$build" -bench Slower -git HEAD~1 HEAD
said out '^Slower.* REGRESSION'
run 0 -build "$build" -bench Slower -git HEAD HEAD~1
said out '^Slower.* IMPROVEMENT'
run 1 -build "$build" -bench Slower -git HEAD~1
said out '^Slower.* REGRESSION'
echo "$old" >which
run 0 -build "$build" -bench Slower -margin 100% -git HEAD~1 -- argument
said out '^Slower.* EQUIVALENT'
run 2 -build "false" -git HEAD~1 HEAD
said err 'the build of OLD failed'
run 2 -build "true" -git HEAD~1 HEAD
run 2 -build "$build" -git nosuch
said err "cannot check out 'nosuch'"
run 2 -git HEAD
said err '-git needs -build'

# What a build prints is shown, and nothing that it leaves is in the way.
run 2 -build 'echo no such thing; echo at all >&2; touch left; exit 3' \
	-git HEAD~1 HEAD
said err '^no such thing'
said err '^at all'

# Submodules come along.
git init -q "$work/module" && (
	cd "$work/module" && git config user.email a@b &&
		git config user.name a && echo "$old" >which && git add . &&
		git commit -qm module
)
(cd .. && git submodule --quiet add "$work/module" module && git commit -qam sub)
run 0 -build 'cp "$(cat ../module/which)" program' -bench Slower -margin 100% \
	-git HEAD HEAD
said out '^Slower.* EQUIVALENT'

# Signals in the middle of a build, and of the comparison.
for command in 'INT sleep 100' 'HUP sleep 100' "TERM $build"; do
	signal=${command%% *} command=${command#* }
	"$benchab" -build "$command" -prog ./program -margin 0.0001% \
		-bench Sleeps -budget 100s -git HEAD~1 HEAD \
		>"$work/out" 2>"$work/err" &
	pid=$!
	sleep 1
	kill -$signal $pid
	want=130
	wait $pid
	check $? "ended by $signal"
done
exit $failed
