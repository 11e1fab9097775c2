/* src/unit/scale.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "unit/scale.h"

/* VALUE at the scale of its own magnitude. */
static void check(double value, enum bi_unit_class unit_class,
		  const char *want)
{
	struct bi_scale scale = bi_scale_for(fabs(value), unit_class);
	char got[BI_SCALE_SIZE];

	if (bi_scale_print(got, value, &scale) != strlen(want) ||
	    strcmp(got, want) != 0)
		fail_msg("%a: '%s', want '%s'", value, got, want);
}

static void three_or_four_digits_are_shown(void **state)
{
	(void)state;
	check(1.718e-6, BI_UNIT_DECIMAL, "1.718µ");
	check(17.18e-6, BI_UNIT_DECIMAL, "17.18µ");
	check(171.8e-6, BI_UNIT_DECIMAL, "171.8µ");
	check(1, BI_UNIT_DECIMAL, "1.000");
	check(-1500, BI_UNIT_DECIMAL, "-1.500k");
	check(1e20, BI_UNIT_DECIMAL, "100000000.0T");
	check(0, BI_UNIT_DECIMAL, "0.000");
	check(1536, BI_UNIT_BINARY, "1.500Ki");
	check(1020 * 1024., BI_UNIT_BINARY, "1020.0Ki");
	check(64, BI_UNIT_BINARY, "64.00");
}

static void a_prefix_begins_where_rounding_reaches_one(void **state)
{
	(void)state;
	check(0x1.f3f999999999ap+9, BI_UNIT_DECIMAL, "1.000k");
	check(nextafter(0x1.f3f999999999ap+9, 0), BI_UNIT_DECIMAL, "999.9");
	check(0x1.86c226809d495p+16, BI_UNIT_DECIMAL, "100.0k");
	check(0x1.387cp+13, BI_UNIT_DECIMAL, "10.00k");
	check(nextafter(0x1.387cp+13, 0), BI_UNIT_DECIMAL, "9.999k");
	check(0x1.12dd39ca20602p-30, BI_UNIT_DECIMAL, "1.000n");
	check(0x1.4f870d0b3c855p-17, BI_UNIT_DECIMAL, "10.00µ");
	check(0x1.fff972474538fp-1 * 1024, BI_UNIT_BINARY, "1.000Ki");
	check(nextafter(0x1.fff972474538fp-1 * 1024, 0), BI_UNIT_BINARY,
	      "1023.9");
}

static void below_the_last_prefix_decimals_grow(void **state)
{
	(void)state;
	check(0.5e-9, BI_UNIT_DECIMAL, "0.5000n");
	check(0.01e-9, BI_UNIT_DECIMAL, "0.01000n");
	check(1e-20, BI_UNIT_DECIMAL, "0.0000000000n");
	check(0.25, BI_UNIT_BINARY, "0.2500");
}

static void what_is_no_number_is_printed_as_such(void **state)
{
	(void)state;
	check((double)NAN, BI_UNIT_DECIMAL, "NaNn");
	check((double)INFINITY, BI_UNIT_DECIMAL, "+InfT");
	check(-(double)INFINITY, BI_UNIT_DECIMAL, "-InfT");
}

static double least_of(const double *values, size_t count)
{
	double least = 0;
	size_t i;

	for (i = 0; i < count; i++)
		bi_scale_take(&least, values[i]);
	return least;
}

static void the_smallest_that_is_not_zero_decides(void **state)
{
	const double values[] = {0, 5, -3, 0, 4};
	const double nan_first[] = {(double)NAN, 1};
	const double nan_later[] = {1, (double)NAN};

	(void)state;
	assert_true(least_of(values, 5) == 3);
	assert_true(least_of(values, 1) == 0);
	assert_true(isnan(least_of(nan_first, 2)));
	assert_true(least_of(nan_later, 2) == 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_or_four_digits_are_shown),
		cmocka_unit_test(a_prefix_begins_where_rounding_reaches_one),
		cmocka_unit_test(below_the_last_prefix_decimals_grow),
		cmocka_unit_test(what_is_no_number_is_printed_as_such),
		cmocka_unit_test(the_smallest_that_is_not_zero_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
