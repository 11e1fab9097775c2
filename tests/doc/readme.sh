#!/bin/sh
# readme.sh BENCHAB README: what the README shows of benchab is what it prints of
# the launches that are kept, and what it prints for a pull request has that form.
set -u
benchab=$1 readme=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0

# block COMMAND: what stands under the line that begins so, up to the fence that
# ends its block.
block() {
	awk -v command="$1" '
		/^```/ && !open { fence = $0 }
		open && $0 == fence { exit }
		open { print }
		index($0, command) == 1 { open = 1 }
	' "$readme"
}

block '$ benchab -bench=Join ' >"$work/want"
(cd "$here/benchab" && "$benchab" -reanalyse lesson) >"$work/got"
if ! diff -u "$work/want" "$work/got"; then
	echo "$readme: a lesson before and after: benchab prints something else"
	bad=1
fi

block '$ benchab -git ' >"$work/git"
awk '
	NR == 1 { good = /^\| name \| old \| new \| change \| \[low, high\] \|/ }
	NR == 2 { good = good && /^\| :-- \| --: \|/ }
	NR > 2 && /^\|/ {
		rows++
		good = good && / (REGRESSION|EQUIVALENT|slower|UNDECIDED)/
	}
	/^```$/ { fences++ }
	/^benchab: [1-9][0-9]* REGRESSION.*\(margin 0.5%, alpha 0.01, Holm,/ {
		last = 1
	}
	END { exit !(good && rows > 0 && fences == 2 && last) }
' "$work/git" || {
	echo "$readme: no such Markdown comes from benchab"
	cat "$work/git"
	bad=1
}
exit $bad
