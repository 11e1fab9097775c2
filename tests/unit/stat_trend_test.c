/* src/stat/trend.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "stat/trend.h"

#define MOST 64

static void check(const double *values, size_t n, double s, double p)
{
	double scratch[2 * MOST];
	struct bi_trend trend = bi_trend_test(values, n, scratch);

	if (trend.s != s || !(fabs(trend.p - p) <= 1e-9 * p))
		fail_msg("%zu values: S %g, p %.12g, want %g, %.12g", n,
			 trend.s, trend.p, s, p);
}

static void few_values_have_the_p_of_their_orders(void **state)
{
	const double up[] = {1, 2, 3, 4}, down[] = {4, 3, 2, 1};
	const double nearly[] = {1, 2, 4, 3, 5}, middle[] = {1, 3, 2};

	(void)state;
	check(up, 4, 6, 2.0 / 24);
	check(down, 4, -6, 2.0 / 24);
	/* 1 + 4 of 120 orders have at most one pair the wrong way round. */
	check(nearly, 5, 8, 10.0 / 120);
	check(middle, 3, 1, 1);
}

/* Kendall's table of S (Rank Correlation Methods, appendix table 1): one-sided
 * probabilities for n = 8 and 10. */
static void p_is_that_of_the_published_table(void **state)
{
	const double eight[] = {1, 2, 3, 8, 4, 5, 6, 7};
	const double ten[] = {2, 3, 4, 1, 5, 10, 6, 7, 8, 9};
	double scratch[2 * MOST];
	struct bi_trend trend = bi_trend_test(eight, 8, scratch);

	(void)state;
	assert_true(trend.s == 20);
	assert_true(fabs(trend.p / 2 - 0.0071) < 0.00005);
	trend = bi_trend_test(ten, 10, scratch);
	assert_true(trend.s == 31);
	assert_true(fabs(trend.p / 2 - 0.0023) < 0.00005);
}

static void ties_have_the_p_of_their_orders(void **state)
{
	/* One order of 10 has no pair the wrong way round. */
	const double two[] = {1, 1, 2, 2, 2}, back[] = {2, 2, 2, 1, 1};
	/* Four and one: five orders. */
	const double one[] = {7, 7, 7, 7, 8};
	const double one_inside[] = {7, 8, 7, 7, 7};

	(void)state;
	check(two, 5, 6, 0.2);
	check(back, 5, -6, 0.2);
	check(one, 5, 4, 0.4);
	check(one_inside, 5, -2, 0.8);
}

static void equal_values_have_no_trend(void **state)
{
	const double equal[] = {3, 3, 3, 3, 3, 3};

	(void)state;
	check(equal, 6, 0, 1);
	check(equal, 1, 0, 1);
	check(equal, 0, 0, 1);
}

static void infinities_have_their_rank(void **state)
{
	const double values[] = {-INFINITY, 1, 2, INFINITY};

	(void)state;
	check(values, 4, 6, 2.0 / 24);
}

static void twenty_values_are_still_exact(void **state)
{
	double values[20];
	int i;

	(void)state;
	for (i = 0; i < 20; i++)
		values[i] = i;
	/* 2 of 20! orders. */
	check(values, 20, 190, 2 / 2432902008176640000.0);
}

/* Beyond, the approximation: |S| - 1 over its standard deviation. */
static void many_values_are_approximated(void **state)
{
	double values[40];
	int i;

	(void)state;
	for (i = 0; i < 40; i++)
		values[i] = i % 20;
	/* 570 pairs up, 190 down; variance (40 39 85 - 20 2 1 9) / 18. */
	check(values, 40, 380,
	      erfc(379 / sqrt((40.0 * 39 * 85 - 20 * 2 * 9) / 18) / sqrt(2)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_values_have_the_p_of_their_orders),
		cmocka_unit_test(p_is_that_of_the_published_table),
		cmocka_unit_test(ties_have_the_p_of_their_orders),
		cmocka_unit_test(equal_values_have_no_trend),
		cmocka_unit_test(infinities_have_their_rank),
		cmocka_unit_test(twenty_values_are_still_exact),
		cmocka_unit_test(many_values_are_approximated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
