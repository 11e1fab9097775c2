/* Properties of src/stat/order.c: the intervals hold what they promise, counted
 * exactly and seen in simulated samples whose median is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdbool.h>

#include "prop/random.h"
#include "stat/order.h"
#include "stat/sample.h"

static const double levels[] = {0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999};
#define LEVELS (sizeof(levels) / sizeof(levels[0]))

/* P(B = k) for B from binomial(n, 1/2), k = 0..n, by Pascal's rule. */
static void binomial(double *pmf, size_t n)
{
	size_t i, k;

	pmf[0] = 1;
	for (i = 1; i <= n; i++) {
		pmf[i] = 0;
		for (k = i; k > 0; k--)
			pmf[k] = (pmf[k] + pmf[k - 1]) / 2;
		pmf[0] /= 2;
	}
}

/* The probability that the median lies between these order statistics. */
static double coverage(const double *pmf, struct bi_order_interval ranks)
{
	double sum = 0;
	size_t k;

	for (k = ranks.low; k < ranks.high; k++)
		sum += pmf[k];
	return sum;
}

static void exact_intervals_hold_their_level_and_no_more(void **state)
{
	double pmf[31];
	size_t n, i;

	(void)state;
	for (n = 1; n <= 30; n++) {
		binomial(pmf, n);
		for (i = 0; i < LEVELS; i++) {
			struct bi_order_interval ranks =
				bi_order_interval(n, levels[i]);
			double covered = coverage(pmf, ranks);
			double low = pmf[ranks.low];
			double high = pmf[ranks.high - 1];
			bool whole = ranks.low == 0 && ranks.high == n + 1;

			if (!whole && covered < levels[i] - 1e-12)
				fail_msg("n = %zu at %g covers %g", n,
					 levels[i], covered);
			if (covered - fmin(low, high) > levels[i] + 1e-12)
				fail_msg("n = %zu at %g is too wide", n,
					 levels[i]);
		}
	}
}

static void approximate_intervals_come_close(void **state)
{
	double pmf[501];
	size_t n, i;

	(void)state;
	for (n = 31; n <= 500; n++) {
		binomial(pmf, n);
		for (i = 0; i < LEVELS; i++) {
			double covered = coverage(
				pmf, bi_order_interval(n, levels[i]));

			if (covered < levels[i] - 0.002)
				fail_msg("n = %zu at %g covers %g", n,
					 levels[i], covered);
			/* One more value on either side at most. */
			if (covered > levels[i] + 2 * pmf[n / 2])
				fail_msg("n = %zu at %g is too wide: %g", n,
					 levels[i], covered);
		}
	}
}

/* How often the interval of N exponential values holds their median, ln 2. */
static double simulated_coverage(size_t n, double level, struct random *r)
{
	enum { RUNS = 20000, MAX = 60 };
	struct bi_order_interval ranks = bi_order_interval(n, level);
	double values[MAX];
	size_t held = 0;
	size_t run, i;

	for (run = 0; run < RUNS; run++) {
		for (i = 0; i < n; i++)
			values[i] = -log(1 - random_unit(r));
		bi_sample_sort(values, n);
		held += bi_order_at(values, n, ranks.low) <= M_LN2 &&
			bi_order_at(values, n, ranks.high) >= M_LN2;
	}
	return (double)held / RUNS;
}

static void skewed_samples_are_covered(void **state)
{
	static const size_t sizes[] = {3, 6, 10, 20, 30, 60};
	struct random r = {2};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		double held = simulated_coverage(sizes[i], 0.95, &r);

		/* Four standard errors below the level. */
		if (held < 0.95 - 4 * sqrt(0.95 * 0.05 / 20000))
			fail_msg("n = %zu covers %g", sizes[i], held);
	}
}

static void need_is_the_first_finite_interval(void **state)
{
	size_t i, n;

	(void)state;
	for (i = 0; i < LEVELS; i++) {
		size_t need = (size_t)bi_order_need(levels[i]);

		assert_in_range(need, 2, 50);
		for (n = 2; n <= need; n++) {
			struct bi_order_interval ranks =
				bi_order_interval(n, levels[i]);
			bool finite = ranks.low >= 1 && ranks.high <= n;

			if (finite != (n == need))
				fail_msg("n = %zu at %g, need %zu", n,
					 levels[i], need);
		}
	}
}

static void the_median_splits_the_sample(void **state)
{
	struct random r = {3};
	double values[40];
	size_t n, i;

	(void)state;
	for (n = 1; n <= 40; n++) {
		double median;
		size_t below = 0, above = 0;

		for (i = 0; i < n; i++)
			values[i] = random_unit(&r);
		bi_sample_sort(values, n);
		median = bi_order_median(values, n);
		for (i = 0; i < n; i++) {
			below += values[i] < median;
			above += values[i] > median;
		}
		assert_int_equal(below, n / 2);
		assert_int_equal(above, n / 2);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exact_intervals_hold_their_level_and_no_more),
		cmocka_unit_test(approximate_intervals_come_close),
		cmocka_unit_test(skewed_samples_are_covered),
		cmocka_unit_test(need_is_the_first_finite_interval),
		cmocka_unit_test(the_median_splits_the_sample),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
