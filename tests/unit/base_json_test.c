/* src/base/json.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/json.h"

static void check(const char *text, size_t len, const char *want)
{
	struct bi_buf got = BI_BUF_INIT;

	assert_int_equal(bi_json_string(&got, text, len), 0);
	assert_string_equal(bi_buf_str(&got), want);
	bi_buf_release(&got);
}

static void check_number(double value, const char *want)
{
	struct bi_buf got = BI_BUF_INIT;

	assert_int_equal(bi_json_number(&got, value), 0);
	assert_string_equal(bi_buf_str(&got), want);
	bi_buf_release(&got);
}

static void strings_are_quoted(void **state)
{
	(void)state;
	check("", 0, "\"\"");
	check("a\"b\\c", 5, "\"a\\\"b\\\\c\"");
	check("\n\t\001\0", 4, "\"\\n\\t\\u0001\\u0000\"");
	check("µs", 3, "\"µs\"");
}

static void invalid_bytes_are_replaced(void **state)
{
	(void)state;
	check("a\377b", 3, "\"a\\ufffdb\"");
	check("\302", 1, "\"\\ufffd\"");
}

static void numbers_have_all_their_digits(void **state)
{
	(void)state;
	check_number(0.1, "0.1");
	check_number(1.0 / 3, "0.3333333333333333");
	check_number(1e21, "1e+21");
	check_number(-0.0, "-0");
}

static void what_is_not_finite_is_a_string(void **state)
{
	(void)state;
	check_number(NAN, "\"NaN\"");
	check_number(INFINITY, "\"Infinity\"");
	check_number(-INFINITY, "\"-Infinity\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_are_quoted),
		cmocka_unit_test(invalid_bytes_are_replaced),
		cmocka_unit_test(numbers_have_all_their_digits),
		cmocka_unit_test(what_is_not_finite_is_a_string),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
