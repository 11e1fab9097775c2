/* io_test PROGRAM: a stdout that cannot be written, signals, a terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run.h"

#define ARGS(...) ((char *[]){program, __VA_ARGS__, NULL})

static char *program;

static void run_with(struct run *run, const struct run_io *io,
		     char *const *argv)
{
	run_start(run, io, argv);
	run_finish(run);
}

/* The message, and what the benchmarks print, are all there is on stderr. */
static void check_unwritable(const char *out, char *arg, const char *message)
{
	struct run_io io = {.out = out};
	struct run run;

	run_with(&run, &io, ARGS(arg, "-bench=Fixed|Group", "-benchtime=1x",
				 "-count=2"));
	assert_int_equal(run.status, 2);
	assert_string_equal(bi_buf_str(&run.err), message);
	run_release(&run);
}

static void a_full_disk_is_an_error(void **state)
{
	(void)state;
	check_unwritable("/dev/full", "-v=false",
			 "cannot write the record: No space left on device\n");
	check_unwritable("/dev/full", "-json",
			 "cannot write the record: No space left on device\n");
	check_unwritable("/dev/full", "-isolate=off",
			 "cannot write the record: No space left on device\n");
	check_unwritable("/dev/full", "-list=.",
			 "cannot write to stdout: No space left on device\n");
	check_unwritable("/dev/full", "-h",
			 "cannot write to stdout: No space left on device\n");
}

/* The next file that was opened once got the descriptor, and the record was
 * written into that. */
static void a_closed_stdout_is_an_error(void **state)
{
	(void)state;
	check_unwritable("", "-v=false",
			 "cannot write the record: Bad file descriptor\n");
	check_unwritable("", "-isolate=off",
			 "cannot write the record: Bad file descriptor\n");
	check_unwritable("", "-list=.",
			 "cannot write to stdout: Bad file descriptor\n");
}

/* ERR without the line in which a program that was built with a sanitizer, or
 * without optimisation, says so. */
static const char *without_notice(const char *err)
{
	return strncmp(err, "not for timing: ", 16) == 0
		       ? strchr(err, '\n') + 1
		       : err;
}

/* Send SIGNO in the middle of the second benchmark. */
static void check_signal(int signo, int status)
{
	struct run run;

	run_make_tmpdir();
	run_start(&run, NULL, ARGS("-bench=Fixed|Slow", "-count=3", "-cpu=1"));
	run_until(&run, "slow\n");
	assert_int_equal(kill(run.pid, signo), 0);
	run_finish(&run);
	run_check_tmpdir();
	run_drop_cpu(&run.out);
	assert_int_equal(run.status, status);
	/* What was measured is there, in whole lines, and no verdict. */
	assert_int_equal(run_count_lines(run.out.data, "BenchmarkFixed "), 1);
	assert_int_equal(run_count_lines(run.out.data, "PASS"), 0);
	assert_int_equal(run_count_lines(run.out.data, "FAIL"), 0);
	assert_int_equal(run.out.data[run.out.len - 1], '\n');
	assert_string_equal(without_notice(run.err.data), "slow\n");
	run_release(&run);
}

static void a_signal_ends_the_run_at_once(void **state)
{
	(void)state;
	check_signal(SIGINT, 128 + SIGINT);
	check_signal(SIGTERM, 128 + SIGTERM);
	check_signal(SIGHUP, 128 + SIGHUP);
}

/* As by `| head`: the program ends as any filter does, and nothing is left. */
static void a_closed_pipe_ends_the_run(void **state)
{
	struct run run;

	(void)state;
	run_make_tmpdir();
	run_start(&run, NULL,
		  ARGS("-bench=Slow", "-count=100", "-benchtime=10ms"));
	run_until(&run, "slow\n");
	close(run.out_fd);
	run.out_fd = -1;
	run_finish(&run);
	run_check_tmpdir();
	assert_int_equal(run.status, 128 + SIGPIPE);
	run_release(&run);
}

/* As under nohup, or in the background of a shell script. */
static void an_ignored_signal_stays_ignored(void **state)
{
	static const int signals[] = {SIGHUP, SIGINT};
	struct run run;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		signal(signals[i], SIG_IGN);
		run_start(&run, NULL,
			  ARGS("-bench=Slow", "-benchtime=100ms", "-cpu=1"));
		signal(signals[i], SIG_DFL);
		run_until(&run, "slow\n");
		assert_int_equal(kill(run.pid, signals[i]), 0);
		run_finish(&run);
		assert_int_equal(run.status, 0);
		assert_int_equal(run_count_lines(run.out.data, "PASS"), 1);
		run_release(&run);
	}
}

/* Nothing goes on without it; run_finish looks for what is left. */
static void a_killed_supervisor_takes_its_worker_along(void **state)
{
	struct run run;

	(void)state;
	run_start(&run, NULL, ARGS("-bench=Slow", "-benchtime=1000s"));
	run_until(&run, "slow\n");
	kill(run.pid, SIGKILL);
	run_finish(&run);
	assert_int_equal(run.status, 128 + SIGKILL);
	run_release(&run);
}

static void progress_is_for_a_terminal(void **state)
{
	struct run_io io = {.terminal = true};
	struct run run;

	(void)state;
	run_with(&run, &io, ARGS("-bench=Fixed|Group", "-benchtime=1x",
				 "-count=2", "-cpu=1"));
	assert_int_equal(run.status, 0);
	assert_non_null(strstr(run.err.data, "round 1 of 2, 0 s: Bench"));
	assert_non_null(strstr(run.err.data, "round 2 of 2, 0 s, about "));
	assert_non_null(strstr(run.err.data, ": BenchmarkGroup/two"));
	/* The line is gone in the end. */
	assert_string_equal(run.err.data + run.err.len - 4, "\r\033[K");
	assert_null(strstr(run.out.data, "round"));
	assert_int_equal(run_count_lines(run.out.data, "Benchmark"), 6);
	run_release(&run);
	run_with(&run, NULL, ARGS("-bench=Fixed|Group", "-benchtime=1x",
				  "-count=2", "-cpu=1"));
	assert_string_equal(bi_buf_str(&run.err), "");
	run_release(&run);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_full_disk_is_an_error),
		cmocka_unit_test(a_closed_stdout_is_an_error),
		cmocka_unit_test(a_signal_ends_the_run_at_once),
		cmocka_unit_test(a_closed_pipe_ends_the_run),
		cmocka_unit_test(an_ignored_signal_stays_ignored),
		cmocka_unit_test(a_killed_supervisor_takes_its_worker_along),
		cmocka_unit_test(progress_is_for_a_terminal),
	};

	if (argc != 2)
		return 2;
	program = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
