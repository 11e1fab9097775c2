/* src/proc/syntax.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "proc/syntax.h"

static void check(const char *text, size_t offset, const char *want)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_buf got = BI_BUF_INIT;

	assert_int_equal(bi_syntax_error(&err, offset, "no %s", "good"),
			 BENCH_EINPUT);
	assert_int_equal(bi_syntax_describe(&err, text, &got), 0);
	if (strcmp(got.data, want) != 0)
		fail_msg("'%s', want '%s'", got.data, want);
	bi_buf_release(&got);
}

static void a_caret_stands_under_the_place(void **state)
{
	(void)state;
	check("abc", 0, "syntax error: no good\n\tabc\n\t^");
	check("abc", 2, "syntax error: no good\n\tabc\n\t  ^");
	check("abc", 3, "syntax error: no good\n\tabc\n\t   ^");
	check("éx", 2, "syntax error: no good\n\téx\n\t ^");
	check("\tx", 1, "syntax error: no good\n\t\tx\n\t^");
}

static void the_first_error_stays(void **state)
{
	struct bench_error err = BENCH_ERROR_INIT;

	(void)state;
	bi_syntax_error(&err, 4, "first");
	bi_syntax_error(&err, 2, "second");
	assert_string_equal(err.text, "first");
	assert_int_equal(err.column, 5);
	assert_int_equal(bi_syntax_error(NULL, 2, "none"), BENCH_EINPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_caret_stands_under_the_place),
		cmocka_unit_test(the_first_error_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
