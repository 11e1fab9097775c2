/* misbehave_test PROGRAM: three rounds of benchmarks that crash, hang, exit and
 * worse.  Only the guilty ones are lost, and nothing is left behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run.h"

/* Under a sanitizer a crash is an exit: it reports the signal itself. */
#define CRASH (SANITIZED ? "the process ended: exit status 1" : "SIGSEGV")

static char *program;

static const char *const healthy[] = {
	"BenchmarkHealthyA-2",	      "BenchmarkHealthyB-2",
	"BenchmarkHealthyC-2",	      "BenchmarkHealthyD/only-2",
	"BenchmarkHealthyE-2",	      "BenchmarkHealthyF-2",
	"BenchmarkSub/before-2",      "BenchmarkSub/group/first-2",
	"BenchmarkSub/group/last-2",  "BenchmarkSub/after-2",
	"BenchmarkForks-2",	      "BenchmarkForkReturns-2",
};

/* NAME as the block gives it, and a line that must stand in it. */
static const struct guilty {
	const char *name;
	const char *reason;
} guilties[] = {
	{"BenchmarkSegv", CRASH},
	{"BenchmarkAbort",
	 SANITIZED ? "the process ended: SIGABRT" : "SIGABRT"},
	{"BenchmarkHang", "timed out after 2 s"},
	{"BenchmarkExitZero", "the process ended: exit status 0"},
	{"BenchmarkExitThree", "the process ended: exit status 3"},
	{"BenchmarkUnderscoreExit", "the process ended: exit status 0"},
	{"BenchmarkFailing", "misbehave.c:"},
	{"BenchmarkGreedy", "used more than 256 MiB of memory"},
	{"BenchmarkSub/group/crash", CRASH},
	{"BenchmarkSub/group", ""},
	{"BenchmarkSub", ""},
	{"BenchmarkThirdRound", CRASH},
	{"BenchmarkThread", CRASH},
	{"BenchmarkExec", "the process ended: exit status 0"},
	{"BenchmarkCloseDescriptors", "the process ended: exit status 1"},
	{"BenchmarkGarbage", "the worker sent what is no message of ours"},
	{"BenchmarkStackOverflow", CRASH},
};

#define GUILTIES (sizeof(guilties) / sizeof(guilties[0]))

/* The block of GUILTY is there once, and gives the reason. */
static void check_block(const char *out, const struct guilty *guilty)
{
	char head[128], *block;
	const char *start, *end;

	snprintf(head, sizeof(head), "--- FAIL: %s\n", guilty->name);
	assert_int_equal(run_count_lines(out, head), 1);
	start = strstr(out, head) + strlen(head);
	for (end = start; strncmp(end, "    ", 4) == 0;)
		end += strcspn(end, "\n") + 1;
	block = strndup(start, (size_t)(end - start));
	if (strstr(block, guilty->reason) == NULL)
		fail_msg("%s: '%s', want '%s'", guilty->name, block,
			 guilty->reason);
	/* A trace ends where our own functions begin. */
	assert_null(strstr(block, "call_guarded"));
	free(block);
}

static void only_the_guilty_are_lost(void **state)
{
	char path[] = "/tmp/benchkit-rounds.XXXXXX";
	int fd = mkstemp(path);
	struct run run;
	size_t i;

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	run_make_tmpdir();
	run_program(&run, (char *[]){program, "-count=3", "-benchtime=1x",
				     "-cpu=2", "-timeout=2s", "-memlimit=256M",
				     "--", path, NULL});
	run_check_tmpdir();
	unlink(path);
	assert_int_equal(run.status, 1);
	for (i = 0; i < sizeof(healthy) / sizeof(healthy[0]); i++) {
		if (run_count_lines(run.out.data, healthy[i]) != 3)
			fail_msg("%s is not there 3 times:\n%s", healthy[i],
				 run.out.data);
	}
	/* It was well for two rounds. */
	assert_int_equal(
		run_count_lines(run.out.data, "BenchmarkThirdRound-2"), 2);
	for (i = 0; i < GUILTIES; i++)
		check_block(run.out.data, &guilties[i]);
	assert_int_equal(run_count_lines(run.out.data, "--- FAIL: "), GUILTIES);
	assert_int_equal(run_count_lines(run.out.data, "Benchmark"),
			 3 * sizeof(healthy) / sizeof(healthy[0]) + 2);
	assert_string_equal(run.out.data + run.out.len - 6, "\nFAIL\n");
	run_release(&run);
}

static void a_crash_has_a_trace(void **state)
{
	struct run run;

	(void)state;
	if (SANITIZED)
		skip();
	run_program(&run, (char *[]){program, "-bench=Segv|StackOv|Hang|Third",
				     "-skip=Third", "-timeout=500ms", NULL});
	assert_int_equal(run.status, 1);
	assert_non_null(strstr(run.out.data,
			       "    SIGSEGV at address 0x0\n"
			       "        bench_body_Segv+0x"));
	assert_non_null(strstr(run.out.data, "        dive+0x"));
	assert_non_null(strstr(run.out.data,
			       "    timed out after 0.5 s\n"
			       "        bench_body_Hang+0x"));
	run_release(&run);
}

/* In the process of the supervisor what fails by our calls is seen as well. */
static void without_isolation_failures_are_the_same(void **state)
{
	struct run run;

	(void)state;
	run_program(&run,
		    (char *[]){program, "-isolate=off", "-count=2", "-cpu=2",
			       "-benchtime=1x",
			       "-bench=Healthy[AF]|Failing|Skipping", NULL});
	assert_int_equal(run.status, 1);
	assert_int_equal(
		run_count_lines(run.out.data, "BenchmarkHealthyA-2"), 2);
	assert_int_equal(
		run_count_lines(run.out.data, "BenchmarkHealthyF-2"), 2);
	assert_int_equal(run_count_lines(run.out.data, "--- FAIL: "), 1);
	assert_non_null(strstr(run.out.data, ": it failed\n"));
	run_release(&run);
}

static void failfast_ends_at_a_crash(void **state)
{
	struct run run;

	(void)state;
	run_program(&run, (char *[]){program, "-failfast", "-count=3",
				     "-cpu=2", "-benchtime=1x",
				     "-bench=Healthy|Segv", NULL});
	assert_int_equal(run.status, 1);
	assert_int_equal(run_count_lines(run.out.data, "Benchmark"), 1);
	assert_int_equal(run_count_lines(run.out.data, "--- FAIL: "), 1);
	assert_string_equal(run.out.data + run.out.len - 6, "\nFAIL\n");
	run_release(&run);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_guilty_are_lost),
		cmocka_unit_test(a_crash_has_a_trace),
		cmocka_unit_test(without_isolation_failures_are_the_same),
		cmocka_unit_test(failfast_ends_at_a_crash),
	};

	if (argc != 2)
		return 2;
	program = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
