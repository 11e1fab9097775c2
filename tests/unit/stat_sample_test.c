/* src/stat/sample.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdbool.h>

#include "stat/sample.h"

/* Sort VALUES; they must come out equal to WANT. */
static void check_sort(double *values, const double *want, size_t n)
{
	size_t i;

	bi_sample_sort(values, n);
	for (i = 0; i < n; i++) {
		if (values[i] == want[i] ||
		    (isnan(values[i]) && isnan(want[i])))
			continue;
		fail_msg("place %zu of %zu holds %g, want %g", i, n, values[i],
			 want[i]);
	}
}

static void values_come_out_ascending(void **state)
{
	double values[] = {3, 1, 2, -5, 2};
	const double want[] = {-5, 1, 2, 2, 3};

	(void)state;
	check_sort(values, want, 5);
	check_sort(values, want, 5); /* sorted already */
	check_sort(values, want, 1);
	check_sort(values, want, 0);
}

static void nan_comes_first_and_infinity_last(void **state)
{
	double values[] = {INFINITY, 1, NAN, -INFINITY, 0, -NAN};
	const double want[] = {NAN, NAN, -INFINITY, 0, 1, INFINITY};

	(void)state;
	check_sort(values, want, 6);
	assert_int_equal(bi_sample_nan_count(values, 6), 2);
	assert_int_equal(bi_sample_nan_count(values, 2), 2);
	assert_int_equal(bi_sample_nan_count(values + 2, 4), 0);
	assert_int_equal(bi_sample_nan_count(values, 0), 0);
}

static void zeros_of_either_sign_are_equal(void **state)
{
	double values[] = {0.0, -1, -0.0, 1};

	(void)state;
	bi_sample_sort(values, 4);
	assert_true(values[0] == -1 && values[3] == 1);
	assert_true(bi_sample_all_equal(values + 1, 2));
}

/* Every partition of this order removes two values only, so that heapsort has
 * to finish (McIlroy 1999, "A killer adversary for quicksort"). */
static void the_worst_order_is_sorted_too(void **state)
{
	double values[64], want[64];
	int i;

	(void)state;
	for (i = 0; i < 15; i++)
		values[i] = 2 * i;
	for (; i < 50; i++)
		values[i] = i + 14;
	for (; i < 64; i++)
		values[i] = 27 - 2 * (i - 50);
	for (i = 0; i < 64; i++)
		want[i] = i;
	check_sort(values, want, 64);
}

static void check_all_equal(const double *sorted, size_t n, bool want)
{
	if (bi_sample_all_equal(sorted, n) != want)
		fail_msg("%zu values from %g: want %d", n, sorted[0], want);
}

static void all_equal_means_one_value(void **state)
{
	const double ones[] = {1, 1, 1, 2};
	const double nans[] = {NAN, NAN};
	const double infinities[] = {INFINITY, INFINITY};

	(void)state;
	check_all_equal(ones, 0, true);
	check_all_equal(ones, 1, true);
	check_all_equal(ones, 3, true);
	check_all_equal(ones, 4, false);
	check_all_equal(nans, 1, true);
	check_all_equal(nans, 2, false);
	check_all_equal(infinities, 2, true);
}

static void check_mode(const double *sorted, size_t n, double want)
{
	double mode = bi_sample_mode(sorted, n);

	if (mode != want && !(isnan(mode) && isnan(want)))
		fail_msg("mode of %zu values is %g, want %g", n, mode, want);
}

static void the_mode_is_the_smallest_most_frequent(void **state)
{
	const double clear[] = {1, 2, 2, 3};
	const double tied[] = {1, 1, 2, 2, 3, 3};
	const double later[] = {1, 1, 2, 2, 2};
	const double distinct[] = {4, 5, 6};
	const double with_nan[] = {NAN, NAN, 1, 1};
	const double nan_and_one[] = {NAN, 1};

	(void)state;
	check_mode(clear, 4, 2);
	check_mode(tied, 6, 1);
	check_mode(later, 5, 2);
	check_mode(distinct, 3, 4);
	check_mode(distinct, 1, 4);
	check_mode(distinct, 0, NAN);
	check_mode(with_nan, 4, 1);
	check_mode(nan_and_one, 2, NAN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_come_out_ascending),
		cmocka_unit_test(nan_comes_first_and_infinity_last),
		cmocka_unit_test(zeros_of_either_sign_are_equal),
		cmocka_unit_test(the_worst_order_is_sorted_too),
		cmocka_unit_test(all_equal_means_one_value),
		cmocka_unit_test(the_mode_is_the_smallest_most_frequent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
