/* src/stat/symmetric.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdbool.h>

#include "base/random.h"
#include "stat/symmetric.h"

/* Logistic: symmetric, with heavier tails than the normal. */
static double draw(struct bi_random *random)
{
	double u = bi_random_unit(random) + 0x1p-54;

	return log(u / (1 - u));
}

static void few_values_say_nothing(void **state)
{
	static const double value[] = {1, 1.1, 0.9, 1, 1.05};
	double low, high;
	size_t n;

	(void)state;
	for (n = 0; n <= 5; n++) {
		bi_symmetric_interval(value, n, 0.01, &low, &high);
		if (low != -INFINITY || high != INFINITY)
			fail_msg("%zu values: [%g, %g]", n, low, high);
	}
}

/* Far from all values S^2 is n^2 and V + h is n + 10 in the same unit: the
 * smallest n that closes the interval follows from the formula alone. */
static void it_is_finite_from_where_the_formula_says(void **state)
{
	double value[64], low, high;
	size_t n;

	(void)state;
	for (n = 0; n < 64; n++)
		value[n] = n % 2 ? 1e-9 : -1e-9;
	for (n = 5; n <= 64; n++) {
		double bound = ((double)n + 10) *
			       (2 * log(100) + log1p((double)n / 10));
		bool finite = (double)n * (double)n >= bound;

		bi_symmetric_interval(value, n, 0.01, &low, &high);
		/* The ends at three times the range are not quite "far". */
		if (finite != isfinite(low) && fabs((double)(n * n) / bound - 1) > 0.2)
			fail_msg("%zu values: [%g, %g]", n, low, high);
	}
}

static void it_moves_and_scales_with_the_values(void **state)
{
	struct bi_random random = {3};
	double value[60], moved[60], low, high, low2, high2;
	size_t i;

	(void)state;
	for (i = 0; i < 60; i++) {
		value[i] = draw(&random);
		moved[i] = 100 - 2 * value[i];
	}
	bi_symmetric_interval(value, 60, 0.05, &low, &high);
	bi_symmetric_interval(moved, 60, 0.05, &low2, &high2);
	assert_true(low < 0 && high > 0 && high - low < 3);
	if (fabs(low2 - (100 - 2 * high)) > 1e-6 ||
	    fabs(high2 - (100 - 2 * low)) > 1e-6)
		fail_msg("[%g, %g] became [%g, %g]", low, high, low2, high2);
}

/* Looked at after each of 100 values, the true centre is left out in at most 5 %
 * of samples. */
static void the_level_holds_at_all_sizes_at_once(void **state)
{
	struct bi_random random = {11};
	double value[100], low, high;
	int round, out = 0;

	(void)state;
	for (round = 0; round < 300; round++) {
		bool left_out = false;
		size_t n;

		for (n = 0; n < 100; n++) {
			value[n] = draw(&random) * (n % 7 == 0 ? 10 : 1);
			bi_symmetric_interval(value, n + 1, 0.05, &low, &high);
			left_out = left_out || low > 0 || high < 0;
		}
		out += left_out;
	}
	if (out > 25)
		fail_msg("the centre is left out in %d of 300 samples", out);
}

static void values_that_are_all_the_same(void **state)
{
	double value[40], low, high;
	size_t i;

	(void)state;
	for (i = 0; i < 40; i++)
		value[i] = 0.25;
	bi_symmetric_interval(value, 40, 0.01, &low, &high);
	assert_true(low <= 0.25 && high >= 0.25 && high - low < 1e-6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_values_say_nothing),
		cmocka_unit_test(it_is_finite_from_where_the_formula_says),
		cmocka_unit_test(it_moves_and_scales_with_the_values),
		cmocka_unit_test(the_level_holds_at_all_sizes_at_once),
		cmocka_unit_test(values_that_are_all_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
