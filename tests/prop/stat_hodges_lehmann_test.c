/* Properties of src/stat/hodges_lehmann.c and of the one-sided U test behind
 * it: against all ratios written down, against enumeration of all ways to split
 * the values, and how often the interval holds the truth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "prop/random.h"
#include "stat/hodges_lehmann.h"
#include "stat/sample.h"
#include "stat/utest.h"

#define MAX 12

static void draw(struct random *r, double *values, size_t n, size_t levels)
{
	size_t i;

	for (i = 0; i < n; i++)
		values[i] = (double)(1 + random_below(r, levels));
	bi_sample_sort(values, n);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void it_finds_the_order_statistics_of_all_ratios(void **state)
{
	struct random r = {1};
	double x[MAX], y[MAX], all[MAX * MAX];
	int round;

	(void)state;
	for (round = 0; round < 2000; round++) {
		size_t nx = 1 + random_below(&r, MAX);
		size_t ny = 1 + random_below(&r, MAX);
		size_t n = nx * ny, rank, i, j;
		struct bi_factor got;
		double want;

		draw(&r, x, nx, 1 + random_below(&r, 100));
		draw(&r, y, ny, 1 + random_below(&r, 100));
		for (i = 0; i < nx; i++) {
			for (j = 0; j < ny; j++)
				all[i * ny + j] = y[j] / x[i];
		}
		qsort(all, n, sizeof(*all), compare);
		rank = 1 + random_below(&r, (n + 1) / 2);
		got = bi_hodges_lehmann(x, nx, y, ny, rank);
		want = sqrt(all[(n - 1) / 2]) * sqrt(all[n / 2]);
		assert_true(got.low == all[rank - 1]);
		assert_true(got.high == all[n - rank]);
		assert_true(fabs(got.estimate / want - 1) < 1e-15);
	}
}

/* Twice the U of those values whose bit is set in FIRST. */
static size_t twice_u(const double *value, size_t n, unsigned first)
{
	size_t i, j, twice = 0;

	for (i = 0; i < n; i++) {
		for (j = 0; j < n; j++) {
			if (!(first >> i & 1) || (first >> j & 1))
				continue;
			twice += value[i] > value[j] ? 2
						     : value[i] == value[j];
		}
	}
	return twice;
}

/* The share of all splits with a U at most that of the first NX values. */
static double below_by_enumeration(const double *value, size_t nx, size_t n)
{
	size_t observed = twice_u(value, n, (1u << nx) - 1);
	size_t all = 0, below = 0;
	unsigned first;

	for (first = 0; first < 1u << n; first++) {
		if ((size_t)__builtin_popcount(first) != nx)
			continue;
		all++;
		below += twice_u(value, n, first) <= observed;
	}
	return (double)below / (double)all;
}

static void one_sided_p_is_that_of_enumeration(void **state)
{
	struct bi_utest *t = bi_utest_new();
	struct random r = {2};
	double value[MAX], p, want;
	int round;

	(void)state;
	for (round = 0; round < 600; round++) {
		size_t n = 2 + random_below(&r, 8);
		size_t nx = 1 + random_below(&r, n - 1), i;

		/* Few levels: ties in samples of different size, where the two
		 * tails differ. */
		for (i = 0; i < n; i++)
			value[i] = (double)random_below(&r, round % 2 ? 4 : 99);
		want = below_by_enumeration(value, nx, n);
		bi_sample_sort(value, nx);
		bi_sample_sort(value + nx, n - nx);
		assert_int_equal(bi_utest_below(t, value, nx, value + nx,
						n - nx, &p), 0);
		if (!(fabs(p - want) < 1e-12))
			fail_msg("%zu of %zu: p %.15g, want %.15g", nx, n, p,
				 want);
	}
	bi_utest_free(t);
}

/* The interval is what the test does not reject. */
static void test_and_interval_agree(void **state)
{
	struct bi_utest *t = bi_utest_new();
	struct random r = {3};
	double x[MAX], y[MAX], moved[MAX], p;
	int round;

	(void)state;
	for (round = 0; round < 2000; round++) {
		size_t nx = 3 + random_below(&r, MAX - 2);
		size_t ny = 3 + random_below(&r, MAX - 2), i, rank;
		struct bi_factor got;
		double inside;

		for (i = 0; i < nx; i++)
			x[i] = exp(random_unit(&r));
		for (i = 0; i < ny; i++)
			y[i] = exp(random_unit(&r));
		bi_sample_sort(x, nx);
		bi_sample_sort(y, ny);
		assert_int_equal(bi_utest_rank(t, nx, ny, 0.1, &rank), 0);
		if (rank == 0)
			continue;
		got = bi_hodges_lehmann(x, nx, y, ny, rank);
		for (inside = 0; inside < 2; inside++) {
			double factor = got.low * (1 + (inside * 2 - 1) * 1e-9);

			for (i = 0; i < nx; i++)
				moved[i] = x[i] * factor;
			bi_utest_below(t, moved, nx, y, ny, &p);
			assert_int_equal(p > 0.05, inside != 0);
		}
	}
	bi_utest_free(t);
}

static void the_interval_holds_the_truth_as_often_as_it_says(void **state)
{
	struct bi_utest *t = bi_utest_new();
	struct random r = {4};
	double x[60], y[60];
	const size_t sizes[] = {6, 10, 60};
	size_t k, i, rank;

	(void)state;
	for (k = 0; k < 3; k++) {
		size_t n = sizes[k];
		int round, held = 0;

		assert_int_equal(bi_utest_rank(t, n, n, 0.05, &rank), 0);
		for (round = 0; round < 4000; round++) {
			struct bi_factor got;

			for (i = 0; i < n; i++) {
				x[i] = 1 + random_unit(&r);
				y[i] = 1.1 * (1 + random_unit(&r));
			}
			bi_sample_sort(x, n);
			bi_sample_sort(y, n);
			got = bi_hodges_lehmann(x, n, y, n, rank);
			held += got.low <= 1.1 && 1.1 <= got.high;
		}
		/* 95 % up to what the steps of U leave, and chance. */
		if (held < 3760 || held > 3920)
			fail_msg("n = %zu: %d of 4000", n, held);
	}
	bi_utest_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_finds_the_order_statistics_of_all_ratios),
		cmocka_unit_test(one_sided_p_is_that_of_enumeration),
		cmocka_unit_test(test_and_interval_agree),
		cmocka_unit_test(
			the_interval_holds_the_truth_as_often_as_it_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
