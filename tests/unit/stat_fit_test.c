/* src/stat/fit.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "stat/fit.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static void check(const double *size, const double *value, size_t n,
		  const char *name, double coefficient, double rms)
{
	struct bi_fit_curve curve[BI_GROWTHS];
	const char *got;

	bi_fit(size, value, n, curve);
	got = bi_growth_name(curve[0].growth);
	if (strcmp(got, name) != 0 ||
	    !(fabs(curve[0].coefficient - coefficient) <=
	      1e-12 * coefficient) ||
	    !(fabs(curve[0].rms - rms) <= 1e-12))
		fail_msg("%s, coefficient %.15g, rms %g; want %s, %.15g, %g",
			 got, curve[0].coefficient, curve[0].rms, name,
			 coefficient, rms);
}

static void values_on_a_curve_are_that_curve(void **state)
{
	const double size[] = {4, 1, 2, 8};
	const double constant[] = {3, 3, 3, 3}, linear[] = {20, 5, 10, 40};
	const double square[] = {32, 2, 8, 128}, cube[] = {64, 1, 8, 512};
	const double logarithm[] = {2, 1e-300, 1, 3};
	const double sizes_up[] = {2, 4, 8, 16};
	const double log_up[] = {7, 14, 21, 28}, n_log[] = {2, 8, 24, 64};

	(void)state;
	check(size, constant, 4, "O(1)", 3, 0);
	check(size, linear, 4, "n", 5, 0);
	check(size, square, 4, "n²", 2, 0);
	check(size, cube, 4, "n³", 1, 0);
	check(sizes_up, log_up, 4, "log n", 7, 0);
	check(sizes_up, n_log, 4, "n log n", 1, 0);
	/* At size 1 a logarithm is 0, and the whole of the value is left. */
	check(size, logarithm, 4, "log n", 1, 0.5);
}

/* Worked by hand: x = 1/1, 2/3, so that c = (5/3) / (13/9) = 15/13, what is left
 * is -2/13 and 3/13. */
static void what_is_left_is_relative_to_the_values(void **state)
{
	const double size[] = {1, 2}, value[] = {1, 3};
	struct bi_fit_curve curve[BI_GROWTHS];
	size_t i = 0;

	(void)state;
	bi_fit(size, value, 2, curve);
	while (curve[i].growth != BI_GROWTH_LINEAR)
		i++;
	assert_true(fabs(curve[i].coefficient - 15.0 / 13) < 1e-12);
	assert_true(fabs(curve[i].rms - sqrt(13.0 / 169 / 2)) < 1e-12);
}

static void all_curves_are_there_the_best_first(void **state)
{
	const double size[] = {10, 20, 40, 80}, value[] = {11, 19, 43, 77};
	struct bi_fit_curve curve[BI_GROWTHS];
	unsigned seen = 0;
	size_t i;

	(void)state;
	bi_fit(size, value, LENGTH(size), curve);
	for (i = 0; i < BI_GROWTHS; i++) {
		seen |= 1u << curve[i].growth;
		if (i > 0)
			assert_true(curve[i - 1].rms <= curve[i].rms);
	}
	assert_int_equal(seen, (1u << BI_GROWTHS) - 1);
}

static void of_equal_curves_the_slower_growth_is_named(void **state)
{
	const double size[] = {2, 2, 2}, value[] = {8, 8, 8};

	(void)state;
	check(size, value, 3, "O(1)", 8, 0);
}

static void what_leaves_the_range_of_numbers_comes_last(void **state)
{
	const double size[] = {1e150, 1e151, 1e152, 1e153};
	const double value[] = {1, 10, 100, 1000};
	struct bi_fit_curve curve[BI_GROWTHS];

	(void)state;
	check(size, value, 4, "n", 1e-150, 0);
	bi_fit(size, value, 4, curve);
	assert_true(isinf(curve[BI_GROWTHS - 1].rms));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_on_a_curve_are_that_curve),
		cmocka_unit_test(what_is_left_is_relative_to_the_values),
		cmocka_unit_test(all_curves_are_there_the_best_first),
		cmocka_unit_test(of_equal_curves_the_slower_growth_is_named),
		cmocka_unit_test(what_leaves_the_range_of_numbers_comes_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
