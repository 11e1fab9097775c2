/* Properties of src/stat/u*.c: every small case against enumeration of all ways
 * to split the values, and the error rate in simulated samples. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdbool.h>

#include "prop/random.h"
#include "stat/sample.h"
#include "stat/udist.h"
#include "stat/utest.h"
#include "stat/utied.h"

/* Values of both samples together in an enumeration. */
#define ALL_MAX 11

/* Sorted values, and which of them belong to the first sample. */
struct split {
	size_t all;
	double value[ALL_MAX];
	unsigned first; /* bit i: value i does */
};

static bool in_first(const struct split *s, size_t i)
{
	return (s->first >> i & 1) != 0;
}

static size_t first_size(const struct split *s)
{
	return (size_t)__builtin_popcount(s->first);
}

/* 2U by its definition: pairs in which the first sample's value is greater, and
 * half of the equal pairs. */
static size_t twice_u(const struct split *s)
{
	size_t twice = 0;
	size_t i, j;

	for (i = 0; i < s->all; i++) {
		for (j = 0; j < s->all; j++) {
			if (!in_first(s, i) || in_first(s, j))
				continue;
			if (s->value[i] > s->value[j])
				twice += 2;
			else if (s->value[i] == s->value[j])
				twice++;
		}
	}
	return twice;
}

/* How many of all splits with N1 values in the first sample have each 2U. */
struct histogram {
	size_t ways[ALL_MAX * ALL_MAX];
	size_t all;
};

static struct histogram enumerate(const struct split *values, size_t n1)
{
	struct histogram h = {{0}, 0};
	struct split s = *values;

	for (s.first = 0; s.first < 1u << s.all; s.first++) {
		if (first_size(&s) != n1)
			continue;
		h.ways[twice_u(&s)]++;
		h.all++;
	}
	return h;
}

static size_t ways_upto(const struct histogram *h, size_t twice)
{
	size_t ways = 0;
	size_t i;

	for (i = 0; i <= twice; i++)
		ways += h->ways[i];
	return ways;
}

static struct bi_utest_result run(struct bi_utest *t, const struct split *s)
{
	struct bi_utest_result result;
	double x[ALL_MAX], y[ALL_MAX];
	size_t nx = 0, ny = 0;
	size_t i;

	for (i = 0; i < s->all; i++) {
		if (in_first(s, i))
			x[nx++] = s->value[i];
		else
			y[ny++] = s->value[i];
	}
	assert_int_equal(bi_utest_run(t, x, nx, y, ny, &result), 0);
	return result;
}

static void check_split(struct bi_utest *t, const struct split *s,
			const struct histogram *h)
{
	size_t n1 = first_size(s), n2 = s->all - n1;
	size_t twice = twice_u(s), mirror = 2 * n1 * n2 - twice;
	size_t ways = ways_upto(h, twice < mirror ? twice : mirror);
	double want = 2 * (double)ways / (double)h->all;
	struct bi_utest_result got = run(t, s);

	if (twice == mirror)
		want = 1;
	assert_true(got.u == (double)twice / 2);
	/* A mirrored U that cannot occur has a p of its own. */
	if (ways == 0 || got.method == BI_UTEST_ALL_EQUAL)
		return;
	if (!(fabs(got.p - want) <= 1e-14))
		fail_msg("%zu and %zu values, u = %g: p = %.17g, want %.17g",
			 n1, n2, got.u, got.p, want);
}

/* All splits of VALUES into N1 and the rest, against their histogram. */
static void check_splits(struct bi_utest *t, const struct split *values,
			 size_t n1)
{
	struct histogram h = enumerate(values, n1);
	struct split s = *values;

	for (s.first = 0; s.first < 1u << s.all; s.first++) {
		if (first_size(&s) == n1)
			check_split(t, &s, &h);
	}
}

static void p_without_ties_is_that_of_all_splits(void **state)
{
	struct bi_utest *t = bi_utest_new();
	struct split values = {0};
	size_t n1;

	(void)state;
	assert_non_null(t);
	for (values.all = 2; values.all <= ALL_MAX; values.all++) {
		values.value[values.all - 1] = (double)values.all;
		values.value[values.all - 2] = (double)values.all - 1;
		for (n1 = 1; n1 < values.all; n1++)
			check_splits(t, &values, n1);
	}
	bi_utest_free(t);
}

/* ALL values out of 1..DISTINCT, sorted. */
static struct split tied_values(struct random *r, size_t all, size_t distinct)
{
	struct split s = {.all = all};
	size_t i;

	for (i = 0; i < all; i++)
		s.value[i] = (double)random_below(r, distinct);
	bi_sample_sort(s.value, all);
	return s;
}

static void p_with_ties_is_that_of_all_splits(void **state)
{
	struct bi_utest *t = bi_utest_new();
	struct random r = {4};
	size_t pattern;

	(void)state;
	assert_non_null(t);
	for (pattern = 0; pattern < 300; pattern++) {
		size_t all = 2 + random_below(&r, ALL_MAX - 2);
		struct split values =
			tied_values(&r, all, 1 + random_below(&r, all));

		check_splits(t, &values, 1 + random_below(&r, all - 1));
	}
	bi_utest_free(t);
}

static void check_ways(struct bi_utied *memory, const struct split *values,
		       size_t n1)
{
	struct histogram h = enumerate(values, n1);
	struct bi_utied_groups groups = {0};
	size_t twice, i;

	for (i = 0; i < values->all; i++) {
		if (i == 0 || values->value[i] != values->value[i - 1])
			groups.n++;
		groups.size[groups.n - 1]++;
	}
	for (twice = 0; twice <= 2 * n1 * (values->all - n1); twice++) {
		double got = -1;
		double want = (double)ways_upto(&h, twice);

		assert_int_equal(
			bi_utied_ways(memory, &groups, n1, twice, &got), 0);
		if (got != want)
			fail_msg("%zu of %zu values in %zu groups, 2U <= %zu: "
				 "%g ways, want %g", n1, values->all, groups.n,
				 twice, got, want);
	}
}

static void ways_are_those_of_all_splits(void **state)
{
	struct bi_utied memory = {0};
	struct random r = {5};
	size_t pattern;

	(void)state;
	for (pattern = 0; pattern < 300; pattern++) {
		size_t all = 1 + random_below(&r, ALL_MAX - 1);
		struct split values =
			tied_values(&r, all, 1 + random_below(&r, all));

		check_ways(&memory, &values, random_below(&r, all + 1));
	}
	bi_utied_release(&memory);
}

/* The recursion over ties, given none, is the other recursion. */
static void both_distributions_agree_without_ties(void **state)
{
	struct bi_utied memory = {0};
	struct bi_udist dist = {0};
	struct random r = {6};
	size_t i, j;

	(void)state;
	for (i = 0; i < 200; i++) {
		size_t n1 = 1 + random_below(&r, BI_UTIED_MAX);
		size_t n2 = 1 + random_below(&r, BI_UTIED_MAX);
		size_t u = random_below(&r, n1 * n2 + 1);
		struct bi_utied_groups groups = {.n = n1 + n2};
		double ways = 0, all = 0, cdf = 0;

		for (j = 0; j < groups.n; j++)
			groups.size[j] = 1;
		assert_int_equal(
			bi_utied_ways(&memory, &groups, n1, 2 * u, &ways), 0);
		assert_int_equal(bi_utied_ways(&memory, &groups, n1,
					       2 * n1 * n2, &all), 0);
		assert_int_equal(bi_udist_cdf(&dist, n1, n2, u, &cdf), 0);
		if (!(fabs(ways / all - cdf) <= 1e-12))
			fail_msg("%zu and %zu, u = %zu: %g and %g", n1, n2, u,
				 ways / all, cdf);
	}
	bi_udist_release(&dist);
	bi_utied_release(&memory);
}

static void fill(double *values, size_t n, struct random *r, double scale)
{
	size_t i;

	for (i = 0; i < n; i++)
		values[i] = -log(1 - random_unit(r)) * scale;
	bi_sample_sort(values, n);
}

/* Exchanging the samples mirrors U, and only the order of values counts. */
static void exchange_and_scale_change_nothing(void **state)
{
	struct bi_utest *t = bi_utest_new();
	struct random r = {7};
	double x[50], y[50];
	size_t i, j;

	(void)state;
	assert_non_null(t);
	for (i = 0; i < 500; i++) {
		size_t nx = 1 + random_below(&r, 50);
		size_t ny = 1 + random_below(&r, 50);
		struct bi_utest_result there, back, scaled;

		fill(x, nx, &r, 1);
		fill(y, ny, &r, 1.5);
		assert_int_equal(bi_utest_run(t, x, nx, y, ny, &there), 0);
		assert_int_equal(bi_utest_run(t, y, ny, x, nx, &back), 0);
		for (j = 0; j < nx; j++)
			x[j] = log(x[j]);
		for (j = 0; j < ny; j++)
			y[j] = log(y[j]);
		assert_int_equal(bi_utest_run(t, x, nx, y, ny, &scaled), 0);
		assert_true(there.u + back.u == (double)(nx * ny));
		assert_true(there.p == back.p && there.p == scaled.p);
		assert_true(there.u == scaled.u);
	}
	bi_utest_free(t);
}

/* How often samples of N values, the second from a distribution SCALE times as
 * wide, differ at 5 %. */
static double rejected(struct bi_utest *t, size_t n, double scale,
		       struct random *r)
{
	enum { RUNS = 20000, MAX = 60 };
	double x[MAX], y[MAX];
	size_t differ = 0;
	size_t run_of;

	for (run_of = 0; run_of < RUNS; run_of++) {
		struct bi_utest_result result;

		fill(x, n, r, 1);
		fill(y, n, r, scale);
		assert_int_equal(bi_utest_run(t, x, n, y, n, &result), 0);
		differ += result.p <= 0.05;
	}
	return (double)differ / RUNS;
}

static void false_alarms_are_as_rare_as_alpha_says(void **state)
{
	static const size_t sizes[] = {3, 4, 6, 10, 20, 60};
	struct bi_utest *t = bi_utest_new();
	struct random r = {8};
	size_t i;

	(void)state;
	assert_non_null(t);
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		double rate = rejected(t, sizes[i], 1, &r);

		/* Four standard errors above alpha. */
		if (rate > 0.05 + 4 * sqrt(0.05 * 0.95 / 20000))
			fail_msg("n = %zu: %g", sizes[i], rate);
	}
	bi_utest_free(t);
}

/* Three values can never reach 5 %; twenty must see a factor of four. */
static void differences_are_found(void **state)
{
	struct bi_utest *t = bi_utest_new();
	struct random r = {9};

	(void)state;
	assert_non_null(t);
	assert_true(rejected(t, 3, 4, &r) == 0);
	assert_true(rejected(t, 20, 4, &r) > 0.9);
	bi_utest_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(p_without_ties_is_that_of_all_splits),
		cmocka_unit_test(p_with_ties_is_that_of_all_splits),
		cmocka_unit_test(ways_are_those_of_all_splits),
		cmocka_unit_test(both_distributions_agree_without_ties),
		cmocka_unit_test(exchange_and_scale_change_nothing),
		cmocka_unit_test(false_alarms_are_as_rare_as_alpha_says),
		cmocka_unit_test(differences_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
