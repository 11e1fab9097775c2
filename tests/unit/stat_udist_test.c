/* src/stat/udist.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "stat/udist.h"

static double cdf(struct bi_udist *dist, size_t n, size_t m, size_t u)
{
	double p = NAN;

	assert_int_equal(bi_udist_cdf(dist, n, m, u, &p), 0);
	return p;
}

static void check(struct bi_udist *dist, size_t n, size_t m, size_t u,
		  double want)
{
	double got = cdf(dist, n, m, u);

	if (!(fabs(got - want) <= 1e-14))
		fail_msg("P(U <= %zu) for %zu and %zu is %.17g, want %.17g", u,
			 n, m, got, want);
}

static void small_samples_by_hand(void **state)
{
	struct bi_udist dist = {0};

	(void)state;
	check(&dist, 1, 1, 0, 1. / 2);
	check(&dist, 1, 1, 1, 1);
	/* 2 and 2: U = 0, 1, 2, 3, 4 in 1, 1, 2, 1, 1 of 6 ways. */
	check(&dist, 2, 2, 0, 1. / 6);
	check(&dist, 2, 2, 1, 2. / 6);
	check(&dist, 2, 2, 2, 4. / 6);
	check(&dist, 2, 2, 3, 5. / 6);
	check(&dist, 2, 2, 4, 1);
	/* 1 and 4: all five U are equally likely. */
	check(&dist, 1, 4, 2, 3. / 5);
	check(&dist, 4, 1, 3, 4. / 5);
	bi_udist_release(&dist);
}

/* Mann and Whitney 1947, table I: the probabilities for n = m = 3. */
static void the_first_published_table(void **state)
{
	static const double want[] = {.050, .100, .200, .350, .500, .650};
	struct bi_udist dist = {0};
	size_t u;

	(void)state;
	for (u = 0; u < sizeof(want) / sizeof(want[0]); u++)
		check(&dist, 3, 3, u, want[u]);
	bi_udist_release(&dist);
}

/* The greatest U that is significant at 5 %, two-sided. */
static void check_critical(struct bi_udist *dist, size_t n, size_t m, size_t u)
{
	if (2 * cdf(dist, n, m, u) <= .05 && 2 * cdf(dist, n, m, u + 1) > .05)
		return;
	fail_msg("%zu and %zu: %zu is not the critical value", n, m, u);
}

/* Siegel 1956, Nonparametric Statistics, table K (after Auble 1953). */
static void published_critical_values(void **state)
{
	static const unsigned char equal[] = {
		0, 2, 5, 8, 13, 17, 23, 30, 37, 45, 55, 64, 75, 87, 99, 113,
		127, /* n = m = 4..20 */
	};
	static const unsigned char with_five[] = {
		2, 3, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 17, 18, 19, 20,
		/* m = 5..20 */
	};
	struct bi_udist dist = {0};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(equal); i++)
		check_critical(&dist, i + 4, i + 4, equal[i]);
	for (i = 0; i < sizeof(with_five); i++)
		check_critical(&dist, 5, i + 5, with_five[i]);
	check_critical(&dist, 3, 10, 3);
	check_critical(&dist, 10, 20, 55);
	check_critical(&dist, 20, 10, 55);
	bi_udist_release(&dist);
}

static void the_largest_samples_keep_their_tails(void **state)
{
	struct bi_udist dist = {0};
	double least = cdf(&dist, 50, 50, 0);

	(void)state;
	/* 1 / C(100, 50) */
	assert_true(fabs(least * 1.0089134454556419e29 - 1) < 1e-12);
	check(&dist, 50, 50, 1249, 1 - cdf(&dist, 50, 50, 1250));
	check(&dist, 50, 50, 2500, 1);
	check(&dist, 49, 49, 1200, 0.5);
	bi_udist_release(&dist);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_samples_by_hand),
		cmocka_unit_test(the_first_published_table),
		cmocka_unit_test(published_critical_values),
		cmocka_unit_test(the_largest_samples_keep_their_tails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
