/* src/stat/dist.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "stat/dist.h"
#include "stat/sample.h"

static struct bi_dist_memory memory;

/* As exact as the constants of the paper. */
static void check_scale(size_t n, const double *sorted, double want)
{
	double got = bi_dist_scale(sorted, n, &memory);

	if (!(fabs(got - want) <= 0.01 * want) && !(isnan(got) && isnan(want)))
		fail_msg("scale of %zu values is %.17g, want %.17g", n, got,
			 want);
}

/* The definition, Rousseeuw and Croux 1993, section 3: of all distances the one
 * of rank h (h - 1) / 2, h = n / 2 + 1, times 2.2191. */
static double distance_of_rank(const double *x, size_t n)
{
	size_t h = n / 2 + 1, count = 0, i, j;
	double *distance = calloc(n * n, sizeof(*distance)), found;

	assert_non_null(distance);
	for (i = 0; i < n; i++) {
		for (j = 0; j < i; j++)
			distance[count++] = x[i] - x[j];
	}
	bi_sample_sort(distance, count);
	found = 2.21914 * distance[h * (h - 1) / 2 - 1];
	free(distance);
	return found;
}

/* Croux and Rousseeuw 1992 (Computational Statistics 1, 411-428): what makes it
 * the standard deviation also for few values. */
static double correction(size_t n)
{
	static const double small[] = {0.399, 0.994, 0.512, 0.844,
				       0.611, 0.857, 0.669, 0.872};

	if (n < 10)
		return small[n - 2];
	return (double)n / ((double)n + (n % 2 == 0 ? 3.8 : 1.4));
}

static void scale_is_the_definition_at_every_size(void **state)
{
	double x[40];
	size_t n, i;

	(void)state;
	for (n = 2; n <= 40; n++) {
		for (i = 0; i < n; i++)
			x[i] = (double)((i * i * 7 + i + n) % 31) - 10;
		bi_sample_sort(x, n);
		check_scale(n, x, distance_of_rank(x, n) * correction(n));
	}
}

/* The first N values of a uniform distribution on 0..1. */
static void fill_evenly(double *x, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		x[i] = ((double)i + 0.5) / (double)n;
}

/* Distances of two such values are at most 1 - sqrt(3/4) in a quarter of all
 * pairs. */
static void many_values_are_as_good_as_all(void **state)
{
	double *x = calloc(200000, sizeof(*x));
	size_t n;

	(void)state;
	assert_non_null(x);
	for (n = 900; n <= 200000; n = n * 2 + 1) {
		double want = 2.21914 * (1 - sqrt(0.75)), got;

		fill_evenly(x, n);
		got = bi_dist_scale(x, n, &memory);
		if (fabs(got / want - 1) > 0.01)
			fail_msg("%zu values: %g, want %g", n, got, want);
	}
	free(x);
}

static void half_of_the_values_cannot_spoil_it(void **state)
{
	double x[] = {1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1e9, 1e10, 1e11, 1e12};

	(void)state;
	assert_true(bi_dist_scale(x, 11, &memory) < 2);
}

static void what_has_no_scale_is_nan(void **state)
{
	const double one[] = {1}, wide[] = {-1.7e308, 0, 1.7e308};
	const double infinite[] = {-INFINITY, 0, 1};
	const double equal[] = {3, 3, 3, 3, 3};

	(void)state;
	check_scale(0, one, (double)NAN);
	check_scale(1, one, (double)NAN);
	check_scale(3, wide, (double)NAN);
	check_scale(3, infinite, (double)NAN);
	check_scale(5, equal, 0);
}

static void check_lag1(size_t n, const double *x, double want)
{
	double got = bi_dist_lag1(x, n);

	if (!(fabs(got - want) <= 1e-12) && !(isnan(got) && isnan(want)))
		fail_msg("autocorrelation %.17g, want %.17g", got, want);
}

/* By hand: the products of neighbours over the squares, about the mean. */
static void autocorrelation_is_that_of_neighbours(void **state)
{
	const double rising[] = {1, 2, 3, 4, 5};
	const double turning[] = {1, -1, 1, -1, 1, -1};
	const double huge[] = {1e300, -1e300, 1e300};

	(void)state;
	check_lag1(5, rising, 4.0 / 10);
	check_lag1(6, turning, -5.0 / 6);
	check_lag1(3, huge, (double)NAN);
	check_lag1(1, rising, (double)NAN);
	check_lag1(0, rising, (double)NAN);
}

static void equal_values_have_no_autocorrelation(void **state)
{
	const double equal[] = {0.1, 0.1, 0.1, 0.1};
	const double zero[] = {0, 0, 0};

	(void)state;
	check_lag1(3, zero, (double)NAN);
	/* What rounding of the mean leaves over is not called one either. */
	check_lag1(4, equal, (double)NAN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scale_is_the_definition_at_every_size),
		cmocka_unit_test(many_values_are_as_good_as_all),
		cmocka_unit_test(half_of_the_values_cannot_spoil_it),
		cmocka_unit_test(what_has_no_scale_is_nan),
		cmocka_unit_test(autocorrelation_is_that_of_neighbours),
		cmocka_unit_test(equal_values_have_no_autocorrelation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
