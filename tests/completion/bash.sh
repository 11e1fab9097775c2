#!/bin/bash
# bash.sh SCRIPT PROGRAM BENCHMARKS: what bash completes, by SCRIPT, for PROGRAM
# (benchab) and for a benchmark program.
set -u
script=$1 program=$2 benchmarks=$3
. "$script" || exit 1
# Of an interactive completion alone.
compopt() { :; }
bad=0

# check LINE WANT: LINE is the words of a command line, the last to be completed.
check()
{
	local IFS=' '

	read -ra COMP_WORDS <<<"$1"
	[[ $1 == *' ' ]] && COMP_WORDS+=('')
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	_benchkit "${COMP_WORDS[0]}" "${COMP_WORDS[COMP_CWORD]}" \
		"${COMP_WORDS[COMP_CWORD - 1]}"
	if [ "${COMPREPLY[*]-}" != "$2" ]; then
		echo "$1: completes '${COMPREPLY[*]-}', not '$2'"
		bad=1
	fi
}

complete -p benchstat benchab benchfilter >/dev/null || bad=1
check "$program -mar" '-margin'
check "$program -ver" '-version'
check "$program -undecided " 'fail pass'
check "$program -undecided p" 'pass'
check "$program --undecided = f" 'fail'
check "$program -undecided =" 'fail pass'
check "$program -undecided=p" 'pass'
check "$program -alpha " ''
check "$program -exact -strict -tri" '-tries'
check "$program a b -- -mar" ''
check "$benchmarks -bench " 'BenchmarkSum BenchmarkCopy'
check "$benchmarks -bench BenchmarkS" 'BenchmarkSum'
check "$benchmarks -benchmem =" 'full'
check "$benchmarks -benchm" '-benchmem'
check "$benchmarks -profile" '-profile-each'
check "$benchmarks -mutexprofilef" '-mutexprofilefraction'

# Every flag of -h=all, and no other.
for each in "$program" "$benchmarks"; do
	want=$("$each" -h=all | sed -n 's/^  \(-[a-z-]*\).*/\1/p')
	[ "$(wc -l <<<"$want")" -gt 20 ] || bad=1
	check "$each -" "${want//$'\n'/ }"
done

# Files, and directories only where one is asked for.
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/folder" && touch "$work/fig leaf" && cd "$work" || exit 1
check "$program f" 'fig leaf folder'
check "$program -o f" 'folder'
exit $bad
