/* src/stat/hodges_lehmann.c, and the parts of src/stat/utest.c that serve it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "stat/hodges_lehmann.h"
#include "stat/utest.h"

static void check(const double *x, size_t nx, const double *y, size_t ny,
		  size_t rank, struct bi_factor want)
{
	struct bi_factor got = bi_hodges_lehmann(x, nx, y, ny, rank);

	if (got.estimate != want.estimate &&
	    !(fabs(got.estimate - want.estimate) < 1e-12) &&
	    !(isnan(got.estimate) && isnan(want.estimate)))
		fail_msg("estimate %.15g, want %.15g", got.estimate,
			 want.estimate);
	if (got.low != want.low || got.high != want.high)
		fail_msg("[%.15g, %.15g], want [%.15g, %.15g]", got.low,
			 got.high, want.low, want.high);
}

static void the_factor_of_samples_that_differ_by_it_is_it(void **state)
{
	const double x[] = {1, 2, 4, 8}, y[] = {2, 4, 8, 16};

	(void)state;
	check(x, 4, y, 4, 1, (struct bi_factor){2, 0.25, 16});
	check(x, 4, y, 4, 0, (struct bi_factor){2, 0, INFINITY});
}

static void no_sample_says_nothing(void **state)
{
	const double x[] = {1};

	(void)state;
	check(x, 0, x, 1, 0, (struct bi_factor){NAN, 0, INFINITY});
	check(x, 1, x, 0, 0, (struct bi_factor){NAN, 0, INFINITY});
}

static void equal_samples_have_factor_1(void **state)
{
	const double zero[] = {0, 0, 0, 0}, inf[] = {INFINITY, INFINITY};

	(void)state;
	check(zero, 4, zero, 4, 1, (struct bi_factor){1, 1, 1});
	check(zero, 4, zero, 4, 0, (struct bi_factor){1, 0, INFINITY});
	check(inf, 2, inf, 2, 1, (struct bi_factor){1, 1, 1});
}

static void what_is_unknown_widens_the_interval(void **state)
{
	const double x[] = {0, 0, 2, 2}, y[] = {0, 2, 2, 2};

	(void)state;
	/* 0/0 twice, 2/0 six times, 0/2 twice, 2/2 six times. */
	check(x, 4, y, 4, 3, (struct bi_factor){NAN, 0, INFINITY});
	check(x, 4, y, 4, 5, (struct bi_factor){NAN, 1, INFINITY});
}

static void from_zero_it_is_infinite(void **state)
{
	const double x[] = {0, 0, 0, 0}, y[] = {1, 2, 3, 4};

	(void)state;
	check(x, 4, y, 4, 1, (struct bi_factor){INFINITY, INFINITY, INFINITY});
	check(y, 4, x, 4, 1, (struct bi_factor){0, 0, 0});
}

/* Critical values as tables of the U test have them (two-sided 0.05: U <= 0, 5,
 * 13, 23, 127 for n = 4, 6, 8, 10, 20): the rank is one more. */
static void ranks_are_those_of_published_tables(void **state)
{
	static const size_t table[][3] = {{3, 3, 0},  {4, 4, 1},    {5, 5, 3},
					  {6, 6, 6},  {8, 8, 14},   {10, 10, 24},
					  {5, 10, 9}, {20, 20, 128}};
	struct bi_utest *t = bi_utest_new();
	size_t i, rank;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		assert_int_equal(bi_utest_rank(t, table[i][0], table[i][1],
					       0.05, &rank), 0);
		if (rank != table[i][2])
			fail_msg("%zu and %zu: rank %zu, want %zu", table[i][0],
				 table[i][1], rank, table[i][2]);
	}
	assert_int_equal(bi_utest_rank(t, 0, 9, 0.05, &rank), 0);
	assert_int_equal(rank, 0);
	bi_utest_free(t);
}

static void one_sided_p_of_disjoint_samples_is_the_least(void **state)
{
	const double low[] = {1, 2, 3, 4}, high[] = {5, 6, 7};
	struct bi_utest *t = bi_utest_new();
	double p;

	(void)state;
	bi_utest_below(t, low, 4, high, 3, &p);
	assert_true(fabs(p - 1. / 35) < 1e-15);
	bi_utest_below(t, high, 3, low, 4, &p);
	assert_true(p == 1);
	bi_utest_below(t, low, 0, high, 3, &p);
	assert_true(p == 1);
	bi_utest_free(t);
}

static void one_sided_p_goes_on_beyond_the_exact_sizes(void **state)
{
	struct bi_utest *t = bi_utest_new();
	double x[60], y[60], p;
	size_t i;

	(void)state;
	for (i = 0; i < 60; i++) {
		x[i] = (double)i;
		y[i] = (double)i + 0.5;
	}
	bi_utest_below(t, x, 60, y, 60, &p);
	/* U is 1770 of 3600, mean 1800, deviation 190.53. */
	assert_true(fabs(p - 0.438) < 0.001);
	bi_utest_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_factor_of_samples_that_differ_by_it_is_it),
		cmocka_unit_test(no_sample_says_nothing),
		cmocka_unit_test(equal_samples_have_factor_1),
		cmocka_unit_test(what_is_unknown_widens_the_interval),
		cmocka_unit_test(from_zero_it_is_infinite),
		cmocka_unit_test(ranks_are_those_of_published_tables),
		cmocka_unit_test(one_sided_p_of_disjoint_samples_is_the_least),
		cmocka_unit_test(one_sided_p_goes_on_beyond_the_exact_sizes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
