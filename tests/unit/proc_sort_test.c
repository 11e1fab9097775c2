/* src/proc/sort.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/error.h"
#include "proc/sort.h"

static struct bi_slice slice(const char *text)
{
	return (struct bi_slice){text, strlen(text)};
}

static int sign(int x)
{
	return (x > 0) - (x < 0);
}

static void check_num(const char *a, const char *b, int want)
{
	int got = sign(bi_sort_num(slice(a), slice(b)));
	int back = sign(bi_sort_num(slice(b), slice(a)));

	if (got != want || back != -want)
		fail_msg("'%s' and '%s': %d and %d, want %d", a, b, got, back,
			 want);
}

static void names_are_known(void **state)
{
	enum bi_sort sort;

	(void)state;
	assert_int_equal(bi_sort_named("alpha", 5, &sort), 0);
	assert_int_equal(sort, BI_SORT_ALPHA);
	assert_int_equal(bi_sort_named("num", 3, &sort), 0);
	assert_int_equal(sort, BI_SORT_NUM);
	assert_int_equal(bi_sort_named("first", 5, &sort), 0);
	assert_int_equal(bi_sort_named("nu", 2, &sort), BENCH_EINPUT);
	assert_int_equal(bi_sort_named("", 0, &sort), BENCH_EINPUT);
}

static void alpha_compares_bytes(void **state)
{
	(void)state;
	assert_true(bi_sort_alpha(slice("a"), slice("b")) < 0);
	assert_true(bi_sort_alpha(slice("B"), slice("a")) < 0);
	assert_true(bi_sort_alpha(slice("a"), slice("ab")) < 0);
	assert_true(bi_sort_alpha(slice("\xff"), slice("z")) > 0);
	assert_true(bi_sort_alpha(slice("a"), slice("a")) == 0);
}

static void numbers_are_found_in_texts(void **state)
{
	(void)state;
	check_num("9", "10", -1);
	check_num("1e3", "999", 1);
	check_num("x7y", "6.5", 1);
	check_num("1k", "1000", 0);
	check_num("1Ki", "1024", 0);
	check_num("2KiB", "2000", 1);
	check_num("1M", "1k", 1);
	check_num("1Y", "1Z", 1);
	check_num("n=8", "n=16", -1);
	check_num("0x1p4", "15", 1);
	check_num("1e999", "2", -1);
}

static void numbers_stand_before_other_texts(void **state)
{
	(void)state;
	check_num("1", "a", -1);
	check_num("1", "1.2.3", -1);
	check_num("a", "b", 0);
	check_num("NaN", "1", 1);
	check_num("NaN", "a", -1);
	check_num("NaN", "nan", 0);
	check_num("inf", "1e300", 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_known),
		cmocka_unit_test(alpha_compares_bytes),
		cmocka_unit_test(numbers_are_found_in_texts),
		cmocka_unit_test(numbers_stand_before_other_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
