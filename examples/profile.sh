#!/bin/sh
# Where does a benchmark spend its time?
#
#	profile.sh LIBRARY PROGRAM [FLAG...]
#
# Runs PROGRAM with FLAGs and with LIBRARY, libbenchkit-profile.so, loaded into
# it, and leaves a file for each profile that the two can make: cpu.pprof and so
# on.  Prints the top of each with `go tool pprof`; without go, the files are
# folded stacks, and it adds those up.
set -eu

library=$1
program=$2
shift 2
suffix=pprof
command -v go >/dev/null || suffix=folded

# can FLAG: is there such a profile?
can()
{
	LD_PRELOAD=$library "$program" -list='^$' "$1" >/dev/null 2>&1
}

kinds=
for kind in cpu mem block mutex; do
	if can "-${kind}profile=$kind.$suffix"; then
		kinds="$kinds $kind"
		set -- "$@" "-${kind}profile=$kind.$suffix"
	fi
done
echo "$program $*"
LD_PRELOAD=$library "$program" "$@"

# The functions in which the most was spent themselves: the last of each stack.
top_of_folded()
{
	awk '{
		value = $NF
		sub(/ [0-9]+$/, "")
		sub(/.*;/, "")
		self[$0] += value
		total += value
	}
	END {
		for (name in self)
			printf "%14.0f %6.2f%%  %s\n", self[name],
				100 * self[name] / total, name
	}' "$1" | sort -rn | head -n 10
}

for kind in $kinds; do
	echo
	echo "$kind.$suffix:"
	if test $suffix = pprof; then
		go tool pprof -top -nodecount=10 "$kind.pprof" 2>/dev/null
	else
		top_of_folded "$kind.folded"
	fi
done
