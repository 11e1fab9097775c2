/* src/stat/trend.c against all orders of small samples, and how its
 * approximation errs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "prop/random.h"
#include "stat/trend.h"

#define SMALL 7
#define LARGE 60

/* What all orders of some values come to. */
struct orders {
	double s; /* asked for */
	double all;
	double as_far;
};

static double s_of(const double *x, size_t n)
{
	double s = 0;
	size_t i, j;

	for (i = 0; i < n; i++) {
		for (j = i + 1; j < n; j++)
			s += (x[j] > x[i]) - (x[j] < x[i]);
	}
	return s;
}

/* Visit the orders of X from place I on. */
static void visit(double *x, size_t n, size_t i, struct orders *orders)
{
	size_t j;

	if (i == n) {
		orders->all++;
		orders->as_far += fabs(s_of(x, n)) >= fabs(orders->s);
		return;
	}
	for (j = i; j < n; j++) {
		double first = x[i];

		x[i] = x[j];
		x[j] = first;
		visit(x, n, i + 1, orders);
		x[j] = x[i];
		x[i] = first;
	}
}

static void small_samples_agree_with_all_their_orders(void **state)
{
	struct random r = {42};
	double x[SMALL], copy[SMALL], scratch[2 * SMALL];
	int round;

	(void)state;
	for (round = 0; round < 150; round++) {
		size_t n = 2 + random_below(&r, SMALL - 1), i;
		size_t distinct = 1 + random_below(&r, SMALL);
		struct orders orders = {0, 0, 0};
		struct bi_trend trend;

		for (i = 0; i < n; i++)
			x[i] = (double)random_below(&r, distinct);
		memcpy(copy, x, sizeof(x));
		orders.s = s_of(x, n);
		visit(copy, n, 0, &orders);
		trend = bi_trend_test(x, n, scratch);
		if (trend.s != orders.s ||
		    fabs(trend.p - orders.as_far / orders.all) > 1e-12)
			fail_msg("round %d, n %zu: S %g, p %g; want %g, %g",
				 round, n, trend.s, trend.p, orders.s,
				 orders.as_far / orders.all);
	}
}

/* What a sequence of 21 to LARGE random values has of p at most LEVEL, of many,
 * with few or many ties: never more than LEVEL but for the luck of the draw. */
static void the_approximation_errs_on_the_safe_side(void **state)
{
	static const double level[] = {0.05, 0.01, 0.001};
	enum { LEVELS = 3, ROUNDS = 40000 };
	struct random r = {7};
	double x[LARGE], scratch[2 * LARGE], count[LEVELS] = {0};
	int round, i;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		size_t n = BI_TREND_EXACT + 1 +
			   random_below(&r, LARGE - BI_TREND_EXACT);
		size_t distinct = round % 2 == 0 ? 1000000 : 4, k;
		struct bi_trend trend;

		for (k = 0; k < n; k++)
			x[k] = (double)random_below(&r, distinct);
		trend = bi_trend_test(x, n, scratch);
		for (i = 0; i < LEVELS; i++)
			count[i] += trend.p <= level[i];
	}
	for (i = 0; i < LEVELS; i++) {
		double mean = ROUNDS * level[i];

		/* Three standard deviations. */
		if (count[i] > mean + 3 * sqrt(mean) || count[i] < mean / 2)
			fail_msg("p <= %g in %g of %d", level[i], count[i],
				 ROUNDS);
	}
}

/* The distribution of S without ties for N values, by adding one value after
 * the other (Kendall's recurrence); how often S is at least AT LEAST. */
static double tail(size_t n, double at_least)
{
	static double p[LARGE * LARGE / 2], next[LARGE * LARGE / 2];
	size_t k, d, j, pairs = n * (n - 1) / 2;
	double sum = 0;

	memset(p, 0, sizeof(p));
	p[0] = 1;
	for (k = 2; k <= n; k++) {
		for (d = 0; d <= k * (k - 1) / 2; d++) {
			next[d] = 0;
			for (j = 0; j < k && j <= d; j++)
				next[d] += p[d - j] / (double)k;
		}
		memcpy(p, next, (k * (k - 1) / 2 + 1) * sizeof(*p));
	}
	for (d = 0; (double)pairs - 2 * (double)d >= at_least; d++)
		sum += p[d];
	return sum;
}

/* Rising values of which the first MOVED come last in turn, for all S there are
 * at such an N: from p = 0.05 down the approximation is never the smaller. */
static void small_p_are_never_too_small(void **state)
{
	static const size_t sizes[] = {21, 25, 30, 40, LARGE};
	double x[LARGE], scratch[2 * LARGE];
	size_t i, k, moved;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t n = sizes[i];

		for (moved = 0; moved < n; moved++) {
			struct bi_trend trend;
			double exact;

			for (k = 0; k < n; k++)
				x[k] = (double)((k + moved) % n);
			trend = bi_trend_test(x, n, scratch);
			exact = 2 * tail(n, fabs(trend.s));
			if (exact <= 0.05 && trend.p < exact)
				fail_msg("n %zu, S %g: p %g, exact %g", n,
					 trend.s, trend.p, exact);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_samples_agree_with_all_their_orders),
		cmocka_unit_test(the_approximation_errs_on_the_safe_side),
		cmocka_unit_test(small_p_are_never_too_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
