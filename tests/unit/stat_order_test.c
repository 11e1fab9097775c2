/* src/stat/order.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "stat/order.h"

static void check_median(const double *sorted, size_t n, double want)
{
	double got = bi_order_median(sorted, n);

	if (got != want && !(isnan(got) && isnan(want)))
		fail_msg("median of %zu values is %.17g, want %.17g", n, got,
			 want);
}

static void the_median_is_the_middle(void **state)
{
	const double values[] = {1, 2, 4, 8, 16, 32};

	(void)state;
	check_median(values, 1, 1);
	check_median(values, 2, 1.5);
	check_median(values, 3, 2);
	check_median(values, 4, 3);
	check_median(values, 5, 4);
	check_median(values, 6, 6);
}

/* a + (b - a) / 2 and (a + b) / 2 differ in the last bit here. */
static void halfway_starts_at_the_lower_value(void **state)
{
	const double values[] = {0.1, 0.7};
	volatile double mean = (values[0] + values[1]) / 2;

	(void)state;
	assert_true(bi_order_median(values, 2) != mean);
	check_median(values, 2, 0.1 + 0.5 * (0.7 - 0.1));
}

static void infinite_neighbours_leave_no_median(void **state)
{
	const double even[] = {-INFINITY, INFINITY};
	const double odd[] = {1, 2, INFINITY};
	const double far[] = {-INFINITY, 1, 2, 3, INFINITY};

	(void)state;
	check_median(even, 2, NAN);
	check_median(odd, 3, NAN);
	check_median(far, 5, 2);
	check_median(far, 1, -INFINITY);
}

static void the_middle_is_exact_in_large_samples(void **state)
{
	enum { MANY = 100001 };
	double *values = malloc(MANY * sizeof(*values));
	size_t i;

	(void)state;
	assert_non_null(values);
	for (i = 0; i < MANY; i++)
		values[i] = (double)i;
	check_median(values, MANY, 50000);
	check_median(values, MANY - 1, 49999.5);
	free(values);
}

static void check_interval(size_t n, double confidence, size_t low, size_t high)
{
	struct bi_order_interval got = bi_order_interval(n, confidence);

	if (got.low != low || got.high != high)
		fail_msg("n = %zu at %g: %zu/%zu, want %zu/%zu", n, confidence,
			 got.low, got.high, low, high);
}

static void intervals_at_95_percent(void **state)
{
	static const struct bi_order_interval want[] = {
		{0, 1}, {0, 2}, {0, 3}, {0, 4}, {0, 5}, {0, 5}, {1, 6},
		{1, 7}, {1, 7}, {2, 8}, {2, 9}, {2, 9}, {3, 10}, {3, 11},
		{3, 11}, {4, 12}, {4, 12}, {5, 13}, {5, 14}, {5, 14}, {6, 15},
		{6, 16}, {6, 16}, {7, 17}, {8, 18}, {8, 18}, {8, 19}, {8, 19},
		{9, 20}, {9, 20}, {10, 21}, {10, 22}, {10, 22}, {11, 23},
		{11, 23}, {12, 24}, {12, 24}, {13, 25}, {13, 26}, {13, 26},
		{14, 27}, {14, 27}, {15, 28}, {15, 29}, {15, 29}, {16, 30},
		{16, 30}, {17, 31}, {17, 31}, {18, 32}, {18, 32}, {19, 33},
		{19, 34}, {19, 34}, {20, 35}, {20, 35}, {21, 36}, {21, 36},
		{22, 37}, {22, 38}, {22, 38},
	};
	size_t n;

	(void)state;
	for (n = 0; n < sizeof(want) / sizeof(want[0]); n++)
		check_interval(n, 0.95, want[n].low, want[n].high);
}

/* Exact binomial coefficients would choose the mirror image: 7/17 for n = 24 at
 * 0.95, and so on.  The rounding of bi_choose() decides. */
static void rounding_decides_between_mirror_images(void **state)
{
	(void)state;
	check_interval(24, 0.95, 8, 18);
	check_interval(28, 0.5, 13, 17);
	check_interval(30, 0.5, 14, 18);
	check_interval(27, 0.8, 11, 18);
	check_interval(22, 0.9, 8, 16);
	check_interval(29, 0.9, 11, 20);
	check_interval(28, 0.99, 8, 22);
	check_interval(24, 0.999, 5, 21);
	check_interval(30, 0.999, 7, 25);
}

static void extreme_levels_have_intervals_too(void **state)
{
	(void)state;
	check_interval(1, 0, 0, 1);
	check_interval(2, 0, 1, 2);
	check_interval(9, 0, 4, 5);
	check_interval(39, 0, 20, 20);
	check_interval(40, 0, 20, 20);
	check_interval(6, 1, 0, 7);
	check_interval(6, 2, 0, 7);
	check_interval(6, NAN, 0, 7);
	check_interval(60, 1, 0, 61);
	check_interval(60, NAN, 0, 61);
	check_interval(31, 0.99999999999999994, 0, 32);
}

static void check_at(size_t rank, double want)
{
	const double sorted[] = {5, 7, 9};

	if (bi_order_at(sorted, 3, rank) != want)
		fail_msg("rank %zu is %g, want %g", rank,
			 bi_order_at(sorted, 3, rank), want);
}

static void ranks_beyond_the_sample_are_infinite(void **state)
{
	(void)state;
	check_at(0, -INFINITY);
	check_at(1, 5);
	check_at(3, 9);
	check_at(4, INFINITY);
}

static void check_need(double confidence, int want)
{
	if (bi_order_need(confidence) != want)
		fail_msg("at %g: need %d, want %d", confidence,
			 bi_order_need(confidence), want);
}

static void higher_levels_need_more_values(void **state)
{
	(void)state;
	check_need(0, 2);
	check_need(0.5, 2);
	check_need(0.75, 3);
	check_need(0.9, 5);
	check_need(0.95, 6);
	check_need(0.96875, 6); /* 1 - 2^-5, reached exactly */
	check_need(0.99, 8);
	check_need(0.999, 11);
	check_need(0.999999, 21);
	check_need(0.99999999999999, 0);
	check_need(1, 0);
	check_need(NAN, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_median_is_the_middle),
		cmocka_unit_test(halfway_starts_at_the_lower_value),
		cmocka_unit_test(infinite_neighbours_leave_no_median),
		cmocka_unit_test(the_middle_is_exact_in_large_samples),
		cmocka_unit_test(intervals_at_95_percent),
		cmocka_unit_test(rounding_decides_between_mirror_images),
		cmocka_unit_test(extreme_levels_have_intervals_too),
		cmocka_unit_test(ranks_beyond_the_sample_are_infinite),
		cmocka_unit_test(higher_levels_need_more_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
