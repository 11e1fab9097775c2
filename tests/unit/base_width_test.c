/* src/base/width.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/width.h"

static void check(const char *text, size_t len, size_t want)
{
	size_t got = bi_width(text, len);

	if (got != want)
		fail_msg("'%s': %zu columns, want %zu", text, got, want);
}

static void code_points_are_counted(void **state)
{
	(void)state;
	check("", 0, 0);
	check("abc", 3, 3);
	check("abcdefghijklmnop", 16, 16);
	check("1.7µ ± 1%", strlen("1.7µ ± 1%"), 9);
	check("abcdefghé", 10, 9);
	check("éabcdefgh", 10, 9);
	check("\xff\xfe", 2, 2);
	check("漢字", 6, 2);
}

static void blanks_are_those_of_unicode(void **state)
{
	(void)state;
	assert_true(bi_is_blank("", 0));
	assert_true(bi_is_blank(" \t\xc2\xa0", 4));
	assert_false(bi_is_blank(" x ", 3));
	assert_false(bi_is_blank("\xc2", 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(code_points_are_counted),
		cmocka_unit_test(blanks_are_those_of_unicode),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
