#!/bin/sh
# signals.sh LIBRARY PLAIN: signals start and end the profiles of PLAIN, plain.c,
# into which LIBRARY, libbenchkit-profile.so, is loaded.  The cases run side by
# side, each in a directory of its own.
set -u

library=$1
plain=$2
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# start WORD...: PLAIN with WORDs, told BENCH_PROFILE=$wish to use $temporary;
# its number to $pid.
start()
{
	TMPDIR=$temporary BENCH_PROFILE=$wish LD_PRELOAD=$library \
		"$plain" "$@" >out 2>err &
	child=$!
	await 'grep -q "^ready" out'
	pid=$(sed -n 's/^ready //p' out)
}

fail()
{
	echo "FAILED: $*"
	exit 1
}

# await CONDITION
await()
{
	tries=0
	until eval "$1"; do
		tries=$((tries + 1))
		test $tries -lt 300 || fail "never: $1"
		sleep 0.05
	done
}

# The CPU profile of $pid: begun, and written.
begun() { ls tmp/*"-$pid-cpu-"*.pprof >/dev/null 2>&1; }
written() { begun && test -s "$(echo tmp/*"-$pid-cpu-"*.pprof)"; }

# ended STATUS: PLAIN ends like that.
ended()
{
	wait $child
	status=$?
	test $status = "$1" || fail "status $status, want $1"
}

quiet()
{
	test ! -s err || fail "said $(cat err)"
}

# One line, which begins like that.
said()
{
	await 'test -s err'
	sleep 0.1
	test "$(wc -l <err)" = 1 || fail "said $(cat err)"
	case $(cat err) in
	"$1"*) ;;
	*) fail "said $(cat err), want $1" ;;
	esac
}

twice()
{
	start
	kill -USR2 "$pid"
	await begun
	sleep 0.2
	kill -USR2 "$pid"
	await written
	file=$(echo tmp/*cpu*)
	echo "$file" | grep -Eq \
		"^tmp/profile_plain-$pid-cpu-[01][0-9][0-3][0-9][0-2][0-9][0-5][0-9][0-6][0-9][.]pprof$" ||
		fail "name $file"
	test "$(stat -c %a "$file")" = 600 || fail "mode of $file"
	gzip -t "$file" || fail "not gzip"
	# And the next second, again.
	sleep 1
	kill -USR2 "$pid"
	await 'test $(ls tmp/*cpu* | wc -l) = 2'
	quiet
	kill -KILL "$pid"
	ended 137
}

capped()
{
	wish=sigusr2,cap=500ms
	start
	kill -USR2 "$pid"
	await written
	quiet
	# It has ended: the next begins.
	sleep 1
	kill -USR2 "$pid"
	await 'test $(ls tmp/*cpu* | wc -l) = 2'
	kill -KILL "$pid"
	ended 137
}

interrupted()
{
	start
	kill -USR2 "$pid"
	await begun
	kill -INT "$pid"
	ended 130
	written || fail "not written"
	quiet
}

terminated()
{
	start term
	kill -USR2 "$pid"
	await begun
	kill -TERM "$pid"
	ended 0
	grep -q '^own term' out || fail "own handler not called"
	written || fail "not written"
	quiet
}

finished()
{
	start 3
	kill -USR2 "$pid"
	ended 0
	written || fail "not written"
	quiet
}

idle()
{
	start
	kill -TERM "$pid"
	ended 143
	quiet
}

unwritable()
{
	temporary=/nowhere
	start
	kill -USR2 "$pid"
	said "benchkit: cannot make /nowhere/profile_plain-$pid-cpu-"
	kill -TERM "$pid"
	ended 143
}

planted()
{
	start
	now=$(date +%s)
	for later in 0 1 2 3; do
		stamp=$(date -d "@$((now + later))" +%m%d%H%M%S)
		ln -s "$PWD/victim" "tmp/profile_plain-$pid-cpu-$stamp.pprof"
	done
	kill -USR2 "$pid"
	said "benchkit: cannot make tmp/profile_plain-$pid-cpu-"
	kill -USR2 "$pid"
	sleep 0.2
	kill -KILL "$pid"
	ended 137
	test ! -e victim || fail "the link was followed"
}

# A file that was replaced while the profile was recorded.
replaced()
{
	start
	kill -USR2 "$pid"
	await begun
	file=$(echo tmp/*cpu*)
	rm "$file"
	ln -s "$PWD/victim" "$file"
	: >victim
	kill -USR2 "$pid"
	said "benchkit: cannot open tmp/profile_plain-$pid-cpu-"
	test ! -s victim || fail "the link was followed"
	kill -KILL "$pid"
	ended 137
}

daemon()
{
	start daemon
	kill -USR2 "$pid"
	await begun
	kill -USR2 "$pid"
	await written
	quiet
	kill -KILL "$pid"
}

owned()
{
	start usr2
	kill -USR2 "$pid"
	await 'grep -q "^own usr2" out'
	begun && fail "the program's signal was taken"
	quiet
	kill -KILL "$pid"
	ended 137
}

# Where there is no kind for it, the signal is not ours, and ends the program.
stacks()
{
	start
	kill -USR1 "$pid"
	sleep 0.3
	if kill -0 "$pid" 2>/dev/null && ! grep -q Z "/proc/$pid/status"; then
		await 'test -s "$(echo tmp/*-threads-*.dump)"'
		kill -KILL "$pid"
		ended 137
	else
		ended 138
	fi
	quiet
}

misspelt()
{
	wish=sigusr1
	start 0
	said "benchkit: BENCH_PROFILE: bad item 'sigusr1'"
	ended 0
}

cases='twice capped interrupted terminated finished idle unwritable planted
	replaced daemon owned stacks misspelt'
children=
for case in $cases; do
	mkdir -p "$work/$case/tmp"
	(
		cd "$work/$case" || exit 1
		wish=sigusr2
		temporary=tmp
		$case
	) >"$work/$case.log" 2>&1 &
	children="$children $case:$!"
done
failed=0
for child in $children; do
	wait "${child#*:}" || {
		echo "${child%:*}: $(cat "$work/${child%:*}.log")"
		failed=1
	}
done
exit $failed
