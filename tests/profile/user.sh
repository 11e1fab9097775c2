#!/bin/sh
# user.sh SOURCES INCLUDE LIBRARY COMPILER...: programs of users with LIBRARY, the
# archive: std::mutex is seen, and sanitizers see what they see without it.
set -u

sources=$1
include=$2
library=$3
shift 3
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failed=0
libraries="$library -lz -lprotobuf-c -lpthread -ldl -lm"

fail()
{
	echo "FAILED: $*"
	cat out
	failed=1
}

# can COMPILER FLAG: does it, and what it makes runs?
can()
{
	echo 'int main(void) { return 0; }' >can.c
	"$@" -o can can.c >out 2>&1 && ./can >out 2>&1
}

if command -v c++ >/dev/null; then
	c++ -g -O1 -I"$include" -o cxx "$sources/lock_user.cc" $libraries \
		>out 2>&1 || fail "c++"
	./cxx block >out 2>&1 || fail "./cxx"
	grep -q 'pthread_cond_wait' block || fail "no std::condition_variable"
	grep -q 'take_turns' block || fail "no function that waits"
fi

for compiler; do
	if can "$compiler" -fsanitize=thread; then
		"$compiler" -g -O1 -fsanitize=thread -I"$include" -o tsan \
			"$sources/racy.c" $libraries >out 2>&1 ||
			fail "$compiler -fsanitize=thread"
		./tsan >out 2>&1 || fail "$compiler: tsan without a race"
		./tsan race >out 2>&1
		grep -q 'data race' out || fail "$compiler: the race is missed"
	fi
	if can "$compiler" -fsanitize=address,undefined; then
		"$compiler" -g -O1 -fsanitize=address,undefined -I"$include" \
			-o asan "$sources/racy.c" $libraries >out 2>&1 ||
			fail "$compiler -fsanitize=address"
		./asan >out 2>&1 || fail "$compiler: asan"
	fi
done
exit $failed
