#!/bin/sh
# bench_mk.sh BENCH.MK: a makefile of somebody else's that includes it, with
# programs that only pretend to measure.
set -u

bench_mk=$1
if ! make --version 2>/dev/null | grep -q '^GNU Make'; then
	echo "skipped: no GNU make"
	exit 0
fi
# Ours may itself run below a make.
unset MAKEFLAGS MAKELEVEL MFLAGS MAKEOVERRIDES
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

cat >Makefile <<EOF
PROG = program
BENCHSTAT = ./compare
BENCHAB = ./side_by_side
include $bench_mk
all:
	@echo the default goal
program: program.sh
	cp program.sh \$@ && chmod +x \$@
both: ver1 ver2
EOF
cat >program.sh <<'EOF'
#!/bin/sh
trap 'echo interrupted; exit 130' INT
echo "begin" >>log
echo "BenchmarkX 1 1 ns/op $*"
sleep "${NAP:-0}"
if [ "${CTRL_C:-}" ]; then
	kill -INT 0
	sleep 10
fi
echo "end" >>log
exit "${STATUS:-0}"
EOF
printf '#!/bin/sh\necho "compare $*" >>log\nexit ${STATUS:-0}\n' >compare
cat >side_by_side <<'EOF'
#!/bin/sh
echo "ab $*" >>log
exit "${STATUS:-0}"
EOF
chmod +x compare side_by_side

failed=0
# check WHAT CONDITION...: as test(1).
check()
{
	what=$1
	shift
	if ! test "$@"; then
		echo "FAILED: $what: test $*"
		failed=1
	fi
}

check "the default goal is the includer's" "$(make)" = "the default goal"

flags='-bench=. -count=10 -benchtime=1s -benchmem'
make ver1 >out 2>&1
check "it measures" $? = 0
check "the record" "$(cat ver1.txt)" = "BenchmarkX 1 1 ns/op $flags"
check "what is seen" "$(tail -n 1 out)" = "$(cat ver1.txt)"
cmp program ver1.bin
check "the program is kept" $? = 0

make ver2 BENCH='^A|B$$' COUNT=2 BENCHTIME=3x BENCHFLAGS='-cpu=1 -v' >out 2>&1
check "the variables" "$(cat ver2.txt)" = "BenchmarkX 1 1 ns/op \
-bench=^A|B\$ -count=2 -benchtime=3x -benchmem -cpu=1 -v"

for status in 1 2 3 139; do
	STATUS=$status make ver1 >out 2>&1
	check "a failure fails" $? = 2
	grep -q "Error $status\$" out
	check "and keeps its status $status" $? = 0
	check "and its record" "$(grep -c BenchmarkX ver1.txt)" = 1
done
STATUS=3 make ver1 SHELL="$(command -v bash || echo /bin/sh)" \
	.SHELLFLAGS=-ec >out 2>&1
grep -q 'Error 3$' out
check "under another shell" $? = 0

make ver1 PROG= >out 2>&1
check "no program" $? = 2
check "is one line" "$(wc -l <out)" = 1
grep -q 'which program? Say PROG1=' out
check "that says what to do" $? = 0
make ver1 PROG1=absent >out 2>&1
check "a missing program" $? = 2
check "is one line, too" "$(wc -l <out)" = 1

rm -f ver1.txt
make -n ver1 >out 2>&1
check "make -n" $? = 0
check "runs nothing" ! -e ver1.txt
check "and shows the command" "$(grep -c ./program out)" != 0

begin_end='begin end begin end'
rm -f log
NAP=0.1 make -j4 both >out 2>&1
check "one at a time" "$(echo $(cat log))" = "$begin_end"
rm -f log
NAP=0.1 make -j4 ver1 ver2 benchstat >out 2>&1
check "in order" "$(echo $(cat log))" = \
	"$begin_end compare ver1.txt ver2.txt"

rm -f log
make gate GATE='sec/op>3%; B/op>0' >out 2>&1
check "the gate passes" $? = 0
check "with its rules" "$(cat log)" = \
	"compare -gate sec/op>3%; B/op>0 ver1.txt ver2.txt"
for status in 1 2 3; do
	STATUS=$status make gate GATE='sec/op>3%' >out 2>&1
	check "a gate that fails" $? = 2
	grep -q "Error $status\$" out
	check "keeps its status $status" $? = 0
done
make gate >out 2>&1
check "a gate without rules" $? = 2
grep -q "which rules? Say GATE=" out
check "says what to do" $? = 0

rm -f log
make -j4 ab ver1 ver2 BENCH='^A|B$$' BENCHABFLAGS='-margin 1%' >out 2>&1
check "side by side, after both" "$(echo $(cat log))" = \
	"begin end begin end ab -bench=^A|B\$ -margin 1% ver1.bin ver2.bin"
for status in 1 2 3; do
	STATUS=$status make ab >out 2>&1
	check "its failure fails" $? = 2
	grep -q "Error $status\$" out
	check "and keeps its status $status" $? = 0
done

ln -sf /dev/full ver2.txt
make ver2 >out 2>&1
check "a record that cannot be written fails" $? = 2
rm -f ver2.txt

# Ctrl-C reaches all that make started, which is a process group.
CTRL_C=1 setsid -w make ver1 >out 2>&1
check "interrupted" $? != 0
check "the last line is recorded" "$(tail -n 1 ver1.txt)" = interrupted
grep -q 'Error 130' out
check "the status" $? = 0

exit $failed
