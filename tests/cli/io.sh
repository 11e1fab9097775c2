#!/bin/sh
# io.sh BENCHSTAT BENCHFILTER: inputs that cannot be read and outputs that
# cannot be written are errors, said in one line and by the exit status; half a
# result never looks like a whole one.
set -u
benchstat=$1
benchfilter=$2
export LC_ALL=C
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
bad=0

# want STATUS STDERR: what the last command, as run() had it, must have done.
want() {
	[ "$status" = "$1" ] && [ "$(cat err)" = "$2" ] && return
	echo "$command"
	echo "  status $status, stderr: $(cat err)"
	echo "  wanted $1, stderr: $2"
	bad=1
}

# run STDOUT COMMAND...: with standard input from "in".
run() {
	out=$1
	shift
	command="$* >$out"
	"$@" <in >"$out" 2>err
	status=$?
}

# forget_warnings: of CSV, about cells; they come before the error.
forget_warnings() {
	sed -i '/^[A-Z]*[0-9]*: need/d' err
}

# silent: nothing may have been written to "out".
silent() {
	[ ! -s out ] && return
	echo "$command: printed $(cat out)"
	bad=1
}

printf 'BenchmarkX 1 5 ns/op\nBenchmarkX 1 6 ns/op\n' >in
cp in a.txt
mkdir folder
# More than a pipe or a buffer takes.
awk 'BEGIN {
	for (i = 0; i < 20000; i++)
		print "BenchmarkLongEnoughToFill" i " 1 5 ns/op"
}' >many.txt

# A full disk: found at the end of a short output, and within a long one.
full='cannot write to standard output: No space left on device'
for format in text csv; do
	for input in a.txt many.txt; do
		run /dev/full "$benchstat" -format=$format $input
		forget_warnings
		want 2 "benchstat: $full"
	done
done
for input in a.txt many.txt; do
	run /dev/full "$benchfilter" '*' $input
	want 2 "benchfilter: $full"
done

# A reader that goes away is no reason to be killed.
broken='cannot write to standard output: Broken pipe'
mkfifo pipe
for program in "$benchstat -format=csv" "$benchfilter *"; do
	command="$program many.txt | true"
	: <pipe &
	set -f
	$program many.txt >pipe 2>err
	status=$?
	set +f
	wait
	forget_warnings
	name=${program%% *}
	want 2 "${name##*/}: $broken"
done

# Standard input has one beginning: the second "-" finds it at its end.
run out "$benchstat" -format=csv -row '' - -
want 0 'B3: need >= 6 samples for confidence interval at level 0.95'
grep -q '^,-#0,$' out || { echo "$command: $(cat out)"; bad=1; }
run out "$benchfilter" '*' - -
want 0 ''
cmp in out || bad=1

# One input that cannot be read: benchstat prints no table of the others.
run out "$benchstat" a.txt folder
want 2 'benchstat: read folder: is a directory'
silent
run out "$benchstat" a.txt missing
want 2 'benchstat: open missing: no such file or directory'
silent
run out "$benchfilter" '*' folder
want 2 'benchfilter: read folder: is a directory'
silent
run out "$benchfilter" '*' missing
want 2 'benchfilter: open missing: no such file or directory'
silent

# Root may read everything.
chmod 0 a.txt
if [ ! -r a.txt ]; then
	run out "$benchstat" many.txt a.txt
	want 2 'benchstat: open a.txt: permission denied'
	silent
	run out "$benchfilter" '*' a.txt
	want 2 'benchfilter: open a.txt: permission denied'
	silent
fi

# The version is a line on standard output.
for program in "$benchstat" "$benchfilter"; do
	run out "$program" -version
	want 0 ''
	grep -q -x 'benchkit [0-9.]*' out || { echo "$command: $(cat out)"; bad=1; }
	[ -c /dev/full ] || continue
	run /dev/full "$program" -version
	[ "$status" = 2 ] || { echo "$command: status $status"; bad=1; }
done

# No standard input or output at all.
command="$benchstat - <&-"
"$benchstat" - <&- >out 2>err
status=$?
want 2 'benchstat: read -: bad file descriptor'
command="$benchstat many.txt >&-"
"$benchstat" -format=csv many.txt >&- 2>err
status=$?
forget_warnings
want 2 'benchstat: cannot write to standard output: Bad file descriptor'
exit $bad
