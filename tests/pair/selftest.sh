#!/bin/sh
# selftest.sh BENCHAB: the self-test does what it is asked to, also when it is
# interrupted.  What it finds depends on the machine: only its form is looked at.
set -u

benchab=$1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failed=0

# said PATTERN...: each is in the output.
said()
{
	for pattern; do
		if ! grep -q -e "$pattern" out; then
			echo "FAILED: not said: $pattern"
			cat out err
			failed=1
		fi
	done
}

# The kernels and changes that are asked for, and no others.
"$benchab" -selftest -tries 1 -changes 0,100 -bench Arith -margin 20% -load 1 \
	>out 2>err
if [ $? != 0 ]; then
	echo "FAILED: status"
	cat out err
	failed=1
fi
said '^1 comparisons of each .* beside 1 busy process;' \
	'^ +0.0%  Arithmetic  *1  *1  *0  \[  2.5%, 100.0%\]  *97.5%' \
	'^+100.0%  all  *1  *1  *0 ' 'in slices that count, .* in warm-up'
if [ "$(grep -c '%  all' out)" != 2 ] || grep -q 'Memory' out || [ -s err ]; then
	echo "FAILED: more than was asked for"
	cat out err
	failed=1
fi

# What cannot be asked for.
for flags in '-changes 0.3' '-changes 1,,2' '-changes x' '-bench Nothing' \
	'-bench ('; do
	"$benchab" -selftest $flags >out 2>err
	if [ $? != 2 ] || [ -s out ]; then
		echo "FAILED: $flags"
		cat out err
		failed=1
	fi
done

# Ctrl-C: what was found so far.
"$benchab" -selftest -tries 1000 -changes 100 -bench Arith -margin 20% \
	-vs-sequential >out 2>err &
pid=$!
sleep 3
kill -INT $pid
wait $pid
status=$?
if [ $status != 130 ]; then
	echo "FAILED: interrupted, status $status"
	cat out err
	failed=1
fi
said 'U test differs' '^+100.0%  Arithmetic  *[1-9]'
exit $failed
