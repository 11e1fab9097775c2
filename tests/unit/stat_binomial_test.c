/* src/stat/binomial.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "stat/binomial.h"

static void check(size_t k, size_t n, double confidence, double want_low,
		  double want_high)
{
	double low, high;

	bi_binomial_interval(k, n, confidence, &low, &high);
	if (!(fabs(low - want_low) <= 5e-5 && fabs(high - want_high) <= 5e-5))
		fail_msg("%zu of %zu: [%.6f, %.6f], want [%.4f, %.4f]", k, n,
			 low, high, want_low, want_high);
}

/* Brownlee 1965, Statistical Theory and Methodology, and closed forms:
 * nothing seen is 1 - (tail)^(1/n). */
static void published_intervals(void **state)
{
	(void)state;
	check(0, 10, 0.95, 0, 0.3085);
	check(10, 10, 0.95, 0.6915, 1);
	check(1, 10, 0.95, 0.0025, 0.4450);
	check(5, 10, 0.95, 0.1871, 0.8129);
	check(3, 20, 0.95, 0.0321, 0.3789);
	check(0, 100, 0.95, 0, 1 - pow(0.025, 0.01));
	check(0, 3000, 0.9, 0, 1 - pow(0.05, 1.0 / 3000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_intervals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
