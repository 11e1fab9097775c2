#!/bin/sh
# The lessons beside the same in Go: lessons.sh BUILD [ROUNDS [VERSION]]
#
# In each round the programs of both languages take turns, lesson by lesson; what
# they print goes to lessons-c.txt and lessons-go.txt in the present directory,
# and is compared.  A lesson that BUILD left out is left out of both.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
rounds=${2:-10}
version=${3:-after}

command -v go >/dev/null || {
	echo "lessons.sh: no go (Debian: golang-go)" >&2
	exit 2
}

(cd "$here/go" && go vet ./... && go test ./... >/dev/null)

# The lessons of BUILD, as FOLDER/NAME.
lessons=
for program in "$build"/examples/[0-9]*/*_"$version"; do
	[ -x "$program" ] || continue
	folder=$(basename "$(dirname "$program")")
	name=$(echo "${folder#*-}" | tr - _)
	[ "$(basename "$program")" = "${name}_$version" ] || continue
	lessons="$lessons $folder/$name"
	package=$(echo "$name" | tr -d _)
	(cd "$here/go" && go test -c -o "$build/bench/peer_go_$name" \
		"./$package")
done

# The benchmarks of FOLDER that both languages have, and how many threads.
flags() {
	case $1 in
	01-*) echo 'Book|Control|Burst|Buffer$|Echo 1,2' ;;
	02-*) echo 'Memory|Keep|Pipe|Tcp 1' ;;
	03-*) echo 'Access|Store|Control 1,2' ;;
	04-*) echo 'Collect|Find 1' ;;
	05-*) echo 'Join|OneByOne 1' ;;
	06-*) echo 'Tally|Keys|Counter|Total|Control 1,2' ;;
	esac
}

: >lessons-c.txt
: >lessons-go.txt
while [ "$rounds" -gt 0 ]; do
	for lesson in $lessons; do
		folder=${lesson%/*} name=${lesson#*/}
		flags=$(flags "$folder")
		bench=${flags% *} cpu=${flags##* }
		echo "lesson: $folder" | tee -a lessons-c.txt >>lessons-go.txt
		"$build/examples/$folder/${name}_$version" -bench="$bench" \
			-cpu="$cpu" -benchtime=20ms -benchmem |
			grep ^Benchmark >>lessons-c.txt
		"$build/bench/peer_go_$name" -variant="$version" -test.run=^$ \
			-test.bench="$bench" -test.cpu="$cpu" \
			-test.benchtime=20ms -test.benchmem |
			grep ^Benchmark >>lessons-go.txt
	done
	rounds=$((rounds - 1))
done
"$build/src/benchstat" -table lesson -filter '.unit:(ns/op OR allocs/op)' \
	c=lessons-c.txt go=lessons-go.txt
