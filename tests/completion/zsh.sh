#!/bin/zsh -f
# zsh.sh FUNCTION PROGRAM BENCHMARKS: what zsh is told, by FUNCTION, that PROGRAM
# (benchab) and a benchmark program take.
function=$1
zsh -n $function || exit 1
bad=0
# As zsh has it, but for what it shows.
_arguments() { told=("${@[3,-1]}") }

# check PROGRAM SPECIFICATION...: these and others.
check()
{
	local program=$1 spec count words=($1 '')

	told=()
	. $function
	for spec in ${@[2,-1]}; do
		if (( ! ${told[(Ie)$spec]} )); then
			print -r -- "$program: not '$spec', but:"
			print -rl -- $told
			bad=1
		fi
	done
	count=$($program -h=all | grep -c '^  -')
	if (( count < 20 || $#told != count + 1 )); then
		print -r -- "$program: $#told instead of $count flags and files"
		bad=1
	fi
}

check $2 '-exact[intervals valid at any stopping, half as fast]' \
	'-o=[old.txt, new.txt and launches.jsonl into DIR]:value:_files -/' \
	'-undecided=[whether what is open fails (exit 3)]:value:(fail pass)' \
	'-config=[add '\''KEY\: VALUE'\'' to the records]:value: ' \
	'-metric=[metric]:value:(auto cpu wall)' '*:file:_files'
check $3 '-skip=[leave out what matches]:value:(BenchmarkSum BenchmarkCopy)' \
	'-benchmem=-[B/op and allocs/op; full\: and leaks and peak]::value:(full)' \
	'-memprofile=[where memory is allocated]:value:_files'
exit $bad
