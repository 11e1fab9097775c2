/* src/stat/fit.c on simulated measurements whose growth is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "prop/random.h"
#include "stat/fit.h"

#define SIZES  6
#define ROUNDS 2000

static double truth(enum bi_growth growth, double n)
{
	static const double power[] = {0, 0, 1, 1, 2, 3};
	double value = pow(n, power[growth]);

	if (growth == BI_GROWTH_LOG || growth == BI_GROWTH_LINEAR_LOG)
		value *= log2(n);
	return value;
}

/* Values of GROWTH at 16, 64, ... with noise up to PART of each. */
static double simulate(struct random *r, enum bi_growth growth, double part,
		       double *size, double *value)
{
	double coefficient = exp2(40 * random_unit(r) - 20);
	size_t i;

	for (i = 0; i < SIZES; i++) {
		size[i] = exp2(4 + 2 * (double)i);
		value[i] = coefficient * truth(growth, size[i]) *
			   (1 + part * (2 * random_unit(r) - 1));
	}
	return coefficient;
}

/* With noise of 5 % over a range of 1000, no curve is taken for another, and
 * what is told of it is true within that noise. */
static void the_true_growth_is_found(void **state)
{
	struct random r = {1};
	double size[SIZES], value[SIZES];
	struct bi_fit_curve curve[BI_GROWTHS];
	int growth, round;

	(void)state;
	for (growth = 0; growth < BI_GROWTHS; growth++) {
		for (round = 0; round < ROUNDS; round++) {
			double c = simulate(&r, (enum bi_growth)growth, 0.05,
					    size, value);

			bi_fit(size, value, SIZES, curve);
			if (curve[0].growth != (enum bi_growth)growth ||
			    !(fabs(curve[0].coefficient / c - 1) < 0.053) ||
			    !(curve[0].rms < 0.053))
				fail_msg("%s, round %d: %s, %g of %g, rms %g",
					 bi_growth_name(
						 (enum bi_growth)growth),
					 round,
					 bi_growth_name(curve[0].growth),
					 curve[0].coefficient, c,
					 curve[0].rms);
		}
	}
}

/* No other coefficient leaves less. */
static void the_coefficient_is_that_of_least_squares(void **state)
{
	struct random r = {2};
	double size[SIZES], value[SIZES], left, near;
	struct bi_fit_curve curve[BI_GROWTHS];
	size_t i, j, round;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		simulate(&r, BI_GROWTH_LINEAR_LOG, 0.9, size, value);
		bi_fit(size, value, SIZES, curve);
		for (i = 0; i < BI_GROWTHS; i++) {
			near = curve[i].coefficient *
			       (round % 2 == 0 ? 1.001 : 0.999);
			for (left = 0, j = 0; j < SIZES; j++)
				left += pow(1 - near * truth(curve[i].growth,
							     size[j]) /
							value[j],
					    2);
			assert_true(sqrt(left / SIZES) > curve[i].rms);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_true_growth_is_found),
		cmocka_unit_test(the_coefficient_is_that_of_least_squares),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
