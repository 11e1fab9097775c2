#!/bin/sh
# poor.sh BENCHAB OLD NEW REFUSE SLOW: on a machine that refuses much, and with programs
# that stand in odd places, or are none.
set -u

benchab=$1 old=$2 new=$3 refuse=$4 slow=$5
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failed=0

# run STATUS COMMAND...: the command ends with STATUS.
run()
{
	want=$1
	shift
	"$@" >out 2>err
	got=$?
	if [ $got != "$want" ]; then
		echo "FAILED: $*: status $got, want $want"
		cat out err
		failed=1
	fi
}

# told PATTERN: it is on stderr, once.
told()
{
	if [ "$(grep -c -e "$1" err)" != 1 ]; then
		echo "FAILED: not told once: $1"
		cat err
		failed=1
	fi
}

# try STATUS PROGRAMS...: a comparison that is decided soon.
try()
{
	want=$1
	shift
	run "$want" "$benchab" -seed 1 -bench Faster "$@"
}

# poorer CALL PATTERN: without the call it works all the same, and says so.
poorer()
{
	if "$refuse" $1 -- true; then
		run 0 "$refuse" $1 -- "$benchab" -bench Faster "$old" "$new"
		told "$2"
	else
		echo "not tested: filters"
	fi
}

poorer personality 'layouts random'
poorer 'sched_setaffinity sched_getaffinity' 'CPUs cannot be chosen'
# (A sanitizer needs /proc for itself.)
if unshare -Urm sh -c 'mount -t tmpfs none /proc' 2>/dev/null &&
	! grep -q 'with a sanitizer' err; then
	run 0 unshare -Urm sh -c 'mount -t tmpfs none /proc && exec "$@"' sh \
		"$benchab" -bench Faster "$old" "$new"
	told '/proc does not say'
else
	echo "not tested: no /proc"
fi
# A build that is not for timing says so, and which it is.
try 0 -budget 1ms -undecided=pass "$old" "$slow"
told '^NEW: not for timing: the program is built without optimisation'

# Where programs stand.
mkdir 'a place' && ln -s "$old" 'a place/old one' && ln -s "$new" new
try 0 'a place/old one' new
# They are files: nothing is looked for in PATH.
PATH="$work/a place:$PATH" try 2 'old one' new
told 'cannot open old one: No such file'

# What is no program to be compared: a line each.
printf '#!/bin/sh\nexec "%s" "$@"\n' "$new" >wrapper && chmod +x wrapper
try 2 "$old" ./wrapper
told 'wrapper: a script, not the program itself'
cp "$new" plain && chmod -x plain
try 2 "$old" ./plain
told 'plain: not executable'
try 2 "$old" /bin/sh
told '/bin/sh: not built with benchkit'
try 2 "$old" .
told '\.: not an executable of this machine'
: >empty
try 2 ./empty "$new"
told 'empty: not an executable of this machine'
exit $failed
