# Completion for bash: flags, what they take, and the names of benchmarks.
#
# Nothing is listed here: the program is asked, by -h=all.  Of benchmark programs
# bash must be told, for not every program may be run to be asked:
#
#	complete -F _benchkit bench_sum

# _benchkit_flags PROGRAM: a line "NAME ARGUMENT", "NAME [=ARGUMENT]" or "NAME"
# for each flag.
_benchkit_flags()
{
	"$1" -h=all 2>&1 </dev/null | awk '
		match($0, /^  -[a-z][a-z_-]*(\[[^ ]*| [^ ]+)?/) {
			flag = substr($0, 4, RLENGTH - 3)
			sub(/\[/, " [", flag)
			print flag
		}'
}

# _benchkit_values PROGRAM FLAG: COMPREPLY for what FLAG takes, as the help calls
# it, beginning with $cur.
_benchkit_values()
{
	local argument IFS=$'\n'

	argument=$(_benchkit_flags "$1" | sed -n "s/^$2 //p")
	case $argument in
	FILE | PATH | RULES | EXPR)
		compopt -o filenames
		COMPREPLY=($(compgen -f -- "$cur"))
		;;
	DIR)
		compopt -o filenames
		COMPREPLY=($(compgen -d -- "$cur"))
		;;
	REGEXP)
		# Only a benchmark program knows them; the others are told of
		# theirs.
		COMPREPLY=($(compgen -W \
			"$("$1" -list=. 2>/dev/null </dev/null)" -- "$cur"))
		;;
	*'|'* | '[='*)
		argument=${argument#'[='}
		argument=${argument%']'}
		COMPREPLY=($(compgen -W "${argument//'|'/$'\n'}" -- "$cur"))
		;;
	*[A-Z]* | '')
		;;
	*)
		COMPREPLY=($(compgen -W "$argument" -- "$cur"))
		;;
	esac
}

_benchkit()
{
	local program=${1/#\~\//$HOME/} cur=${COMP_WORDS[COMP_CWORD]}
	local previous=${COMP_WORDS[COMP_CWORD - 1]} flag=
	local i IFS=$'\n'

	COMPREPLY=()
	# What follows "--" is the benchmarks'.
	for ((i = 1; i < COMP_CWORD; i++)); do
		[[ ${COMP_WORDS[i]} == -- ]] && return
	done
	# bash splits at "=", where that is in COMP_WORDBREAKS.
	if [[ $cur == = ]]; then
		cur= flag=$previous
	elif [[ $previous == = ]]; then
		flag=${COMP_WORDS[COMP_CWORD - 2]}
	elif [[ $cur == -*=* ]]; then
		flag=${cur%%=*} cur=${cur#*=}
	elif [[ $previous == -?* && $cur != -* ]] &&
		_benchkit_flags "$program" |
		grep -q "^$(sed 's/^--*//' <<<"$previous") [^[]"; then
		flag=$previous
	fi
	if [[ -n $flag ]]; then
		_benchkit_values "$program" "$(sed 's/^--*//' <<<"$flag")"
	elif [[ $cur == -* ]]; then
		COMPREPLY=($(compgen -W "$(_benchkit_flags "$program" |
			sed 's/^\([^ ]*\).*/-\1/')" -- "$cur"))
	else
		compopt -o filenames
		COMPREPLY=($(compgen -f -- "$cur"))
	fi
}

complete -F _benchkit benchstat benchab benchfilter benchprof
