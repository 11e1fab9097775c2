/* src/profile/kind.c and output.c: what starts, stops and writes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <benchkit/profile.h>

#include "profile/kind.h"

static void check_error(int rc, const struct bench_error *err, int want,
			const char *text)
{
	if (rc != want || strcmp(err->text, text) != 0)
		fail_msg("%d '%s', want %d '%s'", rc, err->text, want, text);
}

#define FAILS(call, want, text)                                                \
	do {                                                                   \
		struct bench_error err = BENCH_ERROR_INIT;                     \
		int rc = (call);                                               \
		check_error(rc, &err, (want), (text));                         \
	} while (0)

static int collect(void *arg, const void *data, size_t size)
{
	return bi_buf_add(arg, data, size);
}

static int refuse(void *arg, const void *data, size_t size)
{
	(void)data;
	(void)size;
	++*(int *)arg;
	return 1;
}

static void cpu_is_a_kind(void **state)
{
	size_t i;

	(void)state;
	assert_string_equal(bench_profile_kind(0), "cpu");
	for (i = 0; bench_profile_kind(i) != NULL; i++) {
		const struct bi_kind *kind = bi_kind_at(i);

		assert_ptr_equal(bi_kind_find(kind->name), kind);
		assert_true((kind->start == NULL) == (kind->stop == NULL));
		assert_true((kind->start == NULL) == (kind->forget == NULL));
		assert_true((kind->start == NULL) == (kind->forked == NULL));
		assert_non_null(kind->collect);
		assert_true(strlen(kind->description) > 0);
	}
	assert_null(bi_kind_at(i));
	assert_null(bi_kind_find("nonsense"));
}

static void an_unknown_kind_is_said_to_be_one(void **state)
{
	struct bi_buf bytes = BI_BUF_INIT;
	struct bench_profile_output out = {.sink = collect, .arg = &bytes};

	(void)state;
	FAILS(bench_profile_start("x", 0, &err), BENCH_EINPUT,
	      "unknown profile 'x'");
	FAILS(bench_profile_write("x", &out, &err), BENCH_EINPUT,
	      "unknown profile 'x'");
	FAILS(bench_profile_stop("x", NULL, &err), BENCH_EINPUT,
	      "unknown profile 'x'");
}

static void a_second_start_is_refused_and_the_first_goes_on(void **state)
{
	(void)state;
	assert_int_equal(bench_profile_start("cpu", 0, NULL), 0);
	FAILS(bench_profile_start("cpu", 0, &err), BENCH_EBUSY,
	      "cpu profiling already in use");
	assert_int_equal(bench_profile_stop("cpu", NULL, NULL), 0);
	assert_int_equal(bench_profile_start("cpu", 0, NULL), 0);
	assert_int_equal(bench_profile_stop("cpu", NULL, NULL), 0);
}

/* And no file is emptied for it. */
static void what_is_not_started_is_not_written(void **state)
{
	char path[] = "/tmp/benchkit-profile.XXXXXX", text[8] = "";
	int fd = mkstemp(path);
	struct bench_profile_output out = {.path = path};

	(void)state;
	assert_int_equal(write(fd, "before", 6), 6);
	FAILS(bench_profile_write("cpu", &out, &err), BENCH_EINPUT,
	      "cpu profiling not started");
	FAILS(bench_profile_stop("cpu", &out, &err), BENCH_EINPUT,
	      "cpu profiling not started");
	FAILS(bench_profile_stop("cpu", NULL, &err), BENCH_EINPUT,
	      "cpu profiling not started");
	assert_int_equal(pread(fd, text, 6, 0), 6);
	assert_string_equal(text, "before");
	close(fd);
	unlink(path);
}

static void a_file_that_cannot_be_made_ends_nothing(void **state)
{
	struct bench_profile_output out = {.path = "/nowhere/x"};

	(void)state;
	assert_int_equal(bench_profile_start("cpu", 0, NULL), 0);
	FAILS(bench_profile_stop("cpu", &out, &err), BENCH_EIO,
	      "cannot open /nowhere/x: No such file or directory");
	assert_int_equal(bench_profile_stop("cpu", NULL, NULL), 0);
}

static void a_full_disk_is_an_error(void **state)
{
	struct bench_profile_output out = {.path = "/dev/full"};

	(void)state;
	if (access(out.path, W_OK) != 0)
		skip();
	assert_int_equal(bench_profile_start("cpu", 0, NULL), 0);
	FAILS(bench_profile_stop("cpu", &out, &err), BENCH_EIO,
	      "cannot write /dev/full: No space left on device");
	/* It has ended all the same. */
	FAILS(bench_profile_stop("cpu", NULL, &err), BENCH_EINPUT,
	      "cpu profiling not started");
}

static void a_function_may_want_no_more(void **state)
{
	int calls = 0;
	struct bench_profile_output out = {.sink = refuse, .arg = &calls};

	(void)state;
	assert_int_equal(bench_profile_start("cpu", 0, NULL), 0);
	FAILS(bench_profile_write("cpu", &out, &err), BENCH_EIO,
	      "the profile was not wanted");
	assert_int_equal(calls, 1);
	assert_int_equal(bench_profile_stop("cpu", NULL, NULL), 0);
}

static void a_write_does_not_stop(void **state)
{
	struct bi_buf bytes = BI_BUF_INIT;
	struct bench_profile_output out = {.sink = collect, .arg = &bytes};

	(void)state;
	assert_int_equal(bench_profile_start("cpu", 0, NULL), 0);
	assert_int_equal(bench_profile_write("cpu", &out, NULL), 0);
	assert_true(bytes.len > 20);
	assert_memory_equal(bytes.data, "\x1f\x8b", 2);
	assert_int_equal(bench_profile_stop("cpu", &out, NULL), 0);
	bi_buf_release(&bytes);
}

/* In the child: 0, or which step failed. */
static int start_over(void)
{
	if (bench_profile_stop("cpu", NULL, NULL) != BENCH_EINPUT)
		return 1;
	if (bench_profile_start("cpu", 0, NULL) != 0)
		return 2;
	return bench_profile_stop("cpu", NULL, NULL) == 0 ? 0 : 3;
}

static void a_child_has_nothing_started(void **state)
{
	int status;
	pid_t pid;

	(void)state;
	assert_int_equal(bench_profile_start("cpu", 0, NULL), 0);
	pid = fork();
	if (pid == 0)
		_exit(start_over());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	/* And the parent goes on. */
	assert_int_equal(bench_profile_stop("cpu", NULL, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cpu_is_a_kind),
		cmocka_unit_test(an_unknown_kind_is_said_to_be_one),
		cmocka_unit_test(
			a_second_start_is_refused_and_the_first_goes_on),
		cmocka_unit_test(what_is_not_started_is_not_written),
		cmocka_unit_test(a_file_that_cannot_be_made_ends_nothing),
		cmocka_unit_test(a_full_disk_is_an_error),
		cmocka_unit_test(a_function_may_want_no_more),
		cmocka_unit_test(a_write_does_not_stop),
		cmocka_unit_test(a_child_has_nothing_started),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
