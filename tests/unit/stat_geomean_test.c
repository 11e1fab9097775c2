/* src/stat/geomean.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "stat/geomean.h"

static void check(const double *values, size_t n, double want)
{
	double got = bi_geomean(values, n);

	if (got == want || (isnan(got) && isnan(want)))
		return;
	if (!(fabs(got - want) <= 1e-12 * fabs(want)))
		fail_msg("geomean of %zu values is %.17g, want %.17g", n, got,
			 want);
}

static void it_is_the_root_of_the_product(void **state)
{
	const double powers[] = {1, 2, 4, 8, 16};
	const double ratios[] = {2, 0.5};

	(void)state;
	check(powers, 5, 4);
	check(powers + 1, 1, 2);
	check(ratios, 2, 1);
}

static void the_product_may_overflow(void **state)
{
	const double large[] = {1e300, 1e300, 1e-300, 1e300};
	const double tiny[] = {0x1p-1074, 0x1p-1072};

	(void)state;
	check(large, 3, 1e100);
	check(large, 4, 1e150);
	check(tiny, 2, 0x1p-1073);
}

static void what_has_no_logarithm_has_no_mean(void **state)
{
	const double zero[] = {1, 0, 2};
	const double negative[] = {1, -1};
	const double nan[] = {1, NAN, 2};

	(void)state;
	check(zero, 0, NAN);
	check(zero, 2, NAN);
	check(zero, 3, NAN);
	check(negative, 2, NAN);
	check(nan, 3, NAN);
}

static void infinity_counts_when_it_comes_last(void **state)
{
	const double values[] = {1, INFINITY, 2};

	(void)state;
	check(values + 1, 1, INFINITY);
	check(values, 2, INFINITY);
	check(values, 3, NAN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_the_root_of_the_product),
		cmocka_unit_test(the_product_may_overflow),
		cmocka_unit_test(what_has_no_logarithm_has_no_mean),
		cmocka_unit_test(infinity_counts_when_it_comes_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
