/* src/base/error.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "base/error.h"

static void check(const struct bench_error *err, int code, const char *text)
{
	if (err->code != code || strcmp(err->text, text) != 0)
		fail_msg("%d, '%s'; wanted %d, '%s'", err->code, err->text,
			 code, text);
}

static void code_and_text_are_kept_and_the_code_returned(void **state)
{
	struct bench_error err = BENCH_ERROR_INIT;

	(void)state;
	assert_int_equal(bi_error_set(&err, BENCH_EINPUT, "bad '%s'", "x"),
			 BENCH_EINPUT);
	check(&err, BENCH_EINPUT, "bad 'x'");
}

static void the_first_error_wins(void **state)
{
	struct bench_error err = BENCH_ERROR_INIT;

	(void)state;
	bi_error_set(&err, BENCH_ERANGE, "first");
	assert_int_equal(bi_error_set(&err, BENCH_EINPUT, "second"),
			 BENCH_EINPUT);
	assert_int_equal(bi_error_nomem(&err), BENCH_ENOMEM);
	check(&err, BENCH_ERANGE, "first");
}

static void the_detail_may_be_left_out(void **state)
{
	(void)state;
	assert_int_equal(bi_error_set(NULL, BENCH_EINPUT, "%d", 1),
			 BENCH_EINPUT);
	assert_int_equal(bi_error_nomem(NULL), BENCH_ENOMEM);
	errno = ENOENT;
	assert_int_equal(bi_error_errno(NULL, "cannot open", "x"), BENCH_EIO);
	bi_error_place(NULL, "file", 1, 2);
}

static void errno_is_told_in_words(void **state)
{
	struct bench_error err = BENCH_ERROR_INIT;

	(void)state;
	errno = ENOENT;
	assert_int_equal(bi_error_errno(&err, "cannot open", "a.txt"),
			 BENCH_EIO);
	check(&err, BENCH_EIO, "cannot open a.txt: No such file or directory");
}

static void no_memory_has_its_text(void **state)
{
	struct bench_error err = BENCH_ERROR_INIT;

	(void)state;
	assert_int_equal(bi_error_nomem(&err), BENCH_ENOMEM);
	check(&err, BENCH_ENOMEM, "out of memory");
}

static void a_long_text_is_cut(void **state)
{
	struct bench_error err = BENCH_ERROR_INIT;
	char text[2 * sizeof(err.text)];

	(void)state;
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	bi_error_set(&err, BENCH_EINPUT, "%s", text);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	bi_error_place(&err, text, 1, 1);
	assert_int_equal(strlen(err.file), sizeof(err.file) - 1);
}

static void the_place_is_added(void **state)
{
	struct bench_error err = BENCH_ERROR_INIT;

	(void)state;
	bi_error_set(&err, BENCH_EINPUT, "bad");
	bi_error_place(&err, "a.txt", 3, 14);
	assert_string_equal(err.file, "a.txt");
	assert_int_equal(err.line, 3);
	assert_int_equal(err.column, 14);
	check(&err, BENCH_EINPUT, "bad");
}

static void check_line(const char *file, int line, const char *text,
		       const char *want)
{
	struct bench_error err = BENCH_ERROR_INIT;
	char got[BI_ERROR_SIZE];

	bi_error_set(&err, BENCH_EINPUT, "%s", text);
	bi_error_place(&err, file, line, 0);
	assert_string_equal(bi_error_line(&err, got), want);
}

static void a_line_says_where_as_far_as_it_is_known(void **state)
{
	(void)state;
	check_line("a.txt", 3, "bad", "a.txt:3: bad");
	check_line("a.txt", 0, "bad", "a.txt: bad");
	check_line("", 0, "bad", "bad");
	check_line(".", 0, "read .: is a directory", "read .: is a directory");
	check_line("e", 0, "read some: empty", "e: read some: empty");
	check_line("e", 0, "e: empty", "e: e: empty");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(code_and_text_are_kept_and_the_code_returned),
		cmocka_unit_test(the_first_error_wins),
		cmocka_unit_test(the_detail_may_be_left_out),
		cmocka_unit_test(errno_is_told_in_words),
		cmocka_unit_test(no_memory_has_its_text),
		cmocka_unit_test(a_long_text_is_cut),
		cmocka_unit_test(the_place_is_added),
		cmocka_unit_test(a_line_says_where_as_far_as_it_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
