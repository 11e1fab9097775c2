/* src/harness/bench.c, and with it log.c, environment.c and tempdir.c: what a
 * benchmark may do while it runs, and what is undone behind it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/child.h"

#include "fake.h"

/* What was told of one benchmark, at -benchtime=1x. */
struct told {
	enum bi_event_kind last; /* FAIL, SKIP, RESULT or GROUP */
	struct bi_buf log;
	struct bi_buf live; /* what -v shows at once */
	struct bi_buf temps; /* "+" made, "-" removed */
};

static void take(void *ctx, const struct bi_event *event)
{
	struct told *told = ctx;

	switch (event->kind) {
	case BI_EVENT_FAIL:
	case BI_EVENT_SKIP:
	case BI_EVENT_RESULT:
	case BI_EVENT_GROUP:
		told->last = event->kind;
		bi_buf_reset(&told->log);
		assert_int_equal(bi_buf_add(&told->log, event->text,
					    event->text_len),
				 0);
		break;
	case BI_EVENT_LOG:
		assert_int_equal(bi_buf_add(&told->live, event->text,
					    event->text_len),
				 0);
		break;
	case BI_EVENT_TEMP:
		assert_int_equal(
			bi_buf_addc(&told->temps, event->flag ? '-' : '+'), 0);
		break;
	case BI_EVENT_HELLO:
	case BI_EVENT_ENTER:
	case BI_EVENT_MEASURE:
	case BI_EVENT_LEAVE:
	case BI_EVENT_NOTE:
	case BI_EVENT_NAME:
	case BI_EVENT_OPENED:
	case BI_EVENT_SLICE:
	case BI_EVENT_DONE:
		break;
	}
}

static struct told run(bench_fn *fn, void *arg, const char *text)
{
	char *const argv[] = {"program", NULL};
	struct bi_flags flags;
	struct told told = {0};
	struct bi_run run = {.flags = &flags, .sink = {take, &told}};

	assert_int_equal(bi_flags_init(&flags), 0);
	assert_int_equal(bi_flags_parse(&flags, text, 1, argv, NULL), 0);
	bi_child_run(&run, NULL, "BenchmarkB/x y", fn, arg);
	bi_nameset_release(&run.taken);
	bi_flags_release(&flags);
	return told;
}

static void forget(struct told *told)
{
	bi_buf_release(&told->log);
	bi_buf_release(&told->live);
	bi_buf_release(&told->temps);
}

static void check(bench_fn *fn, void *arg, enum bi_event_kind kind,
		  const char *log)
{
	struct told told = run(fn, arg, "-benchtime=1x -cpu=1");

	if (told.last != kind || strcmp(bi_buf_str(&told.log), log) != 0)
		fail_msg("kind %d, want %d; log:\n%swant:\n%s", told.last, kind,
			 bi_buf_str(&told.log), log);
	forget(&told);
}

/* ---- Messages ---- */

static void log_lines(bench_b *b, void *arg)
{
	(void)arg;
	bench_logf_at(b, "/a/b/file.c", 7, "one");
	bench_logf_at(b, "file.c", 8, "two\n");
	bench_logf_at(b, "file.c", 9, "three\nfour\n\nfive\n");
	bench_logf_at(b, "file.c", 10, "%s", "");
	bench_logf_at(b, "file.c", 11, "\n");
}

static void messages_are_indented(void **state)
{
	static const char want[] = "    file.c:7: one\n"
				   "    file.c:8: two\n"
				   "    file.c:9: three\n"
				   "        four\n"
				   "        \n"
				   "        five\n"
				   "    file.c:10: \n"
				   "    file.c:11: \n";
	struct told told;

	(void)state;
	check(log_lines, NULL, BI_EVENT_RESULT, want);
	told = run(log_lines, NULL, "-benchtime=1x -cpu=1 -v");
	assert_string_equal(bi_buf_str(&told.live), want);
	forget(&told);
}

static void error(bench_b *b, void *arg)
{
	bool *went_on = arg;

	bench_errorf_at(b, "f.c", 1, "no %d", 1);
	assert_true(bench_failed(b));
	*went_on = true;
}

static void fatal(bench_b *b, void *arg)
{
	bool *went_on = arg;

	bench_fatalf_at(b, "f.c", 2, "end");
	*went_on = true;
}

static void skip_it(bench_b *b, void *arg)
{
	bool *went_on = arg;

	bench_skipf_at(b, "f.c", 3, "skip");
	*went_on = true;
}

static void fail_then_skip(bench_b *b, void *arg)
{
	(void)arg;
	bench_fail(b);
	bench_skip_now(b);
}

static void errors_go_on_and_fatals_do_not(void **state)
{
	bool went_on = false;

	(void)state;
	check(error, &went_on, BI_EVENT_FAIL, "    f.c:1: no 1\n");
	assert_true(went_on);
	went_on = false;
	check(fatal, &went_on, BI_EVENT_FAIL, "    f.c:2: end\n");
	check(skip_it, &went_on, BI_EVENT_SKIP, "    f.c:3: skip\n");
	assert_false(went_on);
	check(fail_then_skip, NULL, BI_EVENT_FAIL, "");
}

static void look_at_name(bench_b *b, void *arg)
{
	(void)arg;
	assert_string_equal(bench_name(b), "BenchmarkB/x y");
	assert_int_equal(bench_elapsed_ns(b), 0);
	pass(5, 0);
	assert_int_equal(bench_elapsed_ns(b), 5);
}

static void a_benchmark_knows_its_name_and_time(void **state)
{
	(void)state;
	check(look_at_name, NULL, BI_EVENT_RESULT, "");
}

/* ---- Clean-up ---- */

static char trail[64];

static void leave_mark(void *arg)
{
	strcat(trail, arg);
}

static bench_b *present;

static void register_another(void *arg)
{
	leave_mark(arg);
	bench_cleanup(present, leave_mark, "n");
}

static void fail_in_cleanup(void *arg)
{
	leave_mark(arg);
	bench_fatalf_at(present, "f.c", 4, "in clean-up");
}

static void clean_up(bench_b *b, void *arg)
{
	present = b;
	bench_cleanup(b, leave_mark, "a");
	bench_cleanup(b, register_another, "b");
	bench_cleanup(b, leave_mark, "c");
	if (arg != NULL)
		bench_cleanup(b, fail_in_cleanup, "f");
	strcat(trail, "(");
	if (arg != NULL)
		bench_skip_now(b);
}

static void cleanups_run_in_reverse_behind_every_run(void **state)
{
	struct told told;

	(void)state;
	trail[0] = '\0';
	told = run(clean_up, NULL, "-benchtime=2x -cpu=1");
	assert_string_equal(trail, "(cbna(cbna");
	assert_int_equal(told.last, BI_EVENT_RESULT);
	forget(&told);
	/* However the function ended, and whatever one of them does. */
	trail[0] = '\0';
	check(clean_up, trail, BI_EVENT_FAIL, "    f.c:4: in clean-up\n");
	assert_string_equal(trail, "(fcbna");
}

static void set_variables(bench_b *b, void *arg)
{
	(void)arg;
	assert_null(getenv("BENCHKIT_NEW"));
	bench_setenv(b, "BENCHKIT_NEW", "1");
	bench_setenv(b, "BENCHKIT_NEW", "2");
	bench_setenv(b, "BENCHKIT_OLD", "");
	assert_string_equal(getenv("BENCHKIT_NEW"), "2");
	assert_string_equal(getenv("BENCHKIT_OLD"), "");
}

static void set_nonsense(bench_b *b, void *arg)
{
	bench_setenv(b, arg, "1");
}

static void variables_are_put_back(void **state)
{
	struct told told;

	(void)state;
	setenv("BENCHKIT_OLD", "before", 1);
	told = run(set_variables, NULL, "-benchtime=3x -cpu=1,2");
	assert_int_equal(told.last, BI_EVENT_RESULT);
	forget(&told);
	assert_null(getenv("BENCHKIT_NEW"));
	assert_string_equal(getenv("BENCHKIT_OLD"), "before");
	check(set_nonsense, "a=b", BI_EVENT_FAIL,
	      "    cannot set 'a=b': Invalid argument\n");
}

/* ---- Directories ---- */

static char seen[2][256];

static void make_directories(bench_b *b, void *arg)
{
	int i, dir, file;

	(void)arg;
	for (i = 0; i < 2; i++) {
		snprintf(seen[i], sizeof(seen[i]), "%s", bench_temp_dir(b));
		dir = open(seen[i], O_RDONLY | O_DIRECTORY);
		assert_true(dir >= 0);
		assert_int_equal(mkdirat(dir, "sub", 0700), 0);
		file = openat(dir, "sub/file", O_WRONLY | O_CREAT, 0600);
		assert_true(file >= 0);
		close(file);
		assert_int_equal(symlinkat("/", dir, "link"), 0);
		close(dir);
	}
	assert_string_not_equal(seen[0], seen[1]);
}

static void directories_go_with_all_they_hold(void **state)
{
	struct told told = run(make_directories, NULL, "-benchtime=2x -cpu=1");

	(void)state;
	assert_int_equal(told.last, BI_EVENT_RESULT);
	assert_string_equal(bi_buf_str(&told.log), "");
	/* The supervisor knows, should we die in between. */
	assert_string_equal(told.temps.data, "+-+-");
	assert_int_equal(access(seen[0], F_OK), -1);
	assert_int_equal(access(seen[1], F_OK), -1);
	/* Only what no shell minds is left of the name. */
	assert_memory_equal(seen[0], "/tmp/BenchmarkBxy.", 18);
	forget(&told);
}

static void want_directory(bench_b *b, void *arg)
{
	(void)arg;
	bench_temp_dir(b);
}

static void a_directory_that_cannot_be_made_is_fatal(void **state)
{
	(void)state;
	setenv("TMPDIR", "/nonexistent", 1);
	check(want_directory, NULL, BI_EVENT_FAIL,
	      "    cannot make a directory in '/nonexistent': "
	      "No such file or directory\n");
	unsetenv("TMPDIR");
}

static void move_away(bench_b *b, void *arg)
{
	(void)arg;
	snprintf(seen[0], sizeof(seen[0]), "%s", bench_temp_dir(b));
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(access(seen[0], F_OK), 0);
}

static void a_relative_tmpdir_holds_where_the_benchmark_goes(void **state)
{
	char here[256];
	struct told told;

	(void)state;
	assert_non_null(getcwd(here, sizeof(here)));
	assert_int_equal(chdir("/tmp"), 0);
	setenv("TMPDIR", ".", 1);
	told = run(move_away, NULL, "-benchtime=1x -cpu=1");
	unsetenv("TMPDIR");
	assert_int_equal(told.last, BI_EVENT_RESULT);
	assert_memory_equal(seen[0], "/tmp/./BenchmarkBxy.", 20);
	assert_int_equal(access(seen[0], F_OK), -1);
	forget(&told);
	assert_int_equal(chdir(here), 0);
}

/* ---- The wrong thread ---- */

struct verified {
	int calls; /* of the check */
	int runs;  /* of the function */
	int went_on;
	bool right;
	bool tells;
};

static bool check_answer(bench_b *b, void *arg)
{
	struct verified *verified = arg;

	verified->calls++;
	pass(1000, 7);
	if (verified->tells)
		bench_errorf(b, "got 3, want 4");
	return verified->right;
}

static void verify(bench_b *b, void *arg)
{
	struct verified *verified = arg;

	verified->runs++;
	bench_verify(b, check_answer, arg);
	verified->went_on++;
	pass(5, 1);
	assert_int_equal(bench_elapsed_ns(b), 5);
}

static void a_check_runs_once_and_is_not_timed(void **state)
{
	struct verified verified = {.right = true};
	struct told told = run(verify, &verified, "-benchtime=7x -cpu=1,2");

	(void)state;
	assert_int_equal(told.last, BI_EVENT_RESULT);
	assert_int_equal(verified.runs, 4);
	assert_int_equal(verified.calls, 2); /* at each P */
	assert_int_equal(verified.went_on, 4);
	forget(&told);
}

static void a_check_is_not_part_of_the_unseen_pass(void **state)
{
	struct verified verified = {.right = true};
	struct told told =
		run(verify, &verified, "-benchtime=7x -cpu=1 -benchmem=full");

	(void)state;
	assert_int_equal(verified.calls, 1);
	assert_in_range(verified.runs, 2, 3);
	forget(&told);
}

static void check_wrong(bool right, bool tells, const char *text)
{
	struct verified verified = {.right = right, .tells = tells};
	struct told told = run(verify, &verified, "-benchtime=7x");

	assert_int_equal(told.last, BI_EVENT_FAIL);
	assert_non_null(strstr(bi_buf_str(&told.log), text));
	assert_int_equal(verified.runs, 1);
	assert_int_equal(verified.went_on, 0);
	forget(&told);
}

static void a_wrong_answer_is_not_timed(void **state)
{
	(void)state;
	check_wrong(false, false, "wrong answer");
	check_wrong(true, true, "got 3, want 4");
	check_wrong(false, true, "got 3, want 4");
}

static void verify_late(bench_b *b, void *arg)
{
	while (bench_loop(b))
		bench_verify(b, check_answer, arg);
}

static void a_check_in_the_loop_is_refused(void **state)
{
	struct verified verified = {.right = true};
	struct told told = run(verify_late, &verified, "-benchtime=7x");

	(void)state;
	assert_int_equal(told.last, BI_EVENT_FAIL);
	assert_int_equal(verified.calls, 0);
	assert_non_null(strstr(bi_buf_str(&told.log), "in front of the loop"));
	forget(&told);
}

static void *leave_from_here(void *arg)
{
	bench_fail_now(arg);
}

static void leave_from_elsewhere(bench_b *b, void *arg)
{
	pthread_t thread;

	(void)arg;
	pthread_create(&thread, NULL, leave_from_here, b);
	pthread_join(thread, NULL);
}

static void another_thread_cannot_leave(void **state)
{
	struct rlimit none = {0, 0};
	char text[256] = "";
	int ends[2], status;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		setrlimit(RLIMIT_CORE, &none);
		signal(SIGABRT, SIG_DFL);
		dup2(ends[1], STDERR_FILENO);
		run(leave_from_elsewhere, NULL, "-benchtime=1x -cpu=1");
		_exit(0);
	}
	close(ends[1]);
	assert_true(read(ends[0], text, sizeof(text) - 1) > 0);
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	assert_non_null(strstr(text, "only the benchmark's own thread"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_are_indented),
		cmocka_unit_test(errors_go_on_and_fatals_do_not),
		cmocka_unit_test(a_benchmark_knows_its_name_and_time),
		cmocka_unit_test(cleanups_run_in_reverse_behind_every_run),
		cmocka_unit_test(variables_are_put_back),
		cmocka_unit_test(directories_go_with_all_they_hold),
		cmocka_unit_test(a_directory_that_cannot_be_made_is_fatal),
		cmocka_unit_test(
			a_relative_tmpdir_holds_where_the_benchmark_goes),
		cmocka_unit_test(another_thread_cannot_leave),
		cmocka_unit_test(a_check_runs_once_and_is_not_timed),
		cmocka_unit_test(a_check_is_not_part_of_the_unseen_pass),
		cmocka_unit_test(a_wrong_answer_is_not_timed),
		cmocka_unit_test(a_check_in_the_loop_is_refused),
	};

	unsetenv("TMPDIR");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
