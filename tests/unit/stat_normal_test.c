/* src/stat/normal.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "stat/normal.h"

static void check(const char *what, double at, double got, double want)
{
	if (got == want || (isnan(got) && isnan(want)))
		return;
	if (!(fabs(got - want) <= 1e-12 * fabs(want)))
		fail_msg("%s(%.17g) is %.17g, want %.17g", what, at, got, want);
}

static void check_cdf(double x, double want)
{
	check("cdf", x, bi_normal_cdf(x, 0, 1), want);
}

static void check_quantile(double p, double want)
{
	check("quantile", p, bi_normal_quantile(p, 0, 1), want);
}

/* Abramowitz and Stegun 1964, tables 26.1, 26.2 and 26.5, with more digits. */
static void they_agree_with_published_tables(void **state)
{
	(void)state;
	check_cdf(0, 0.5);
	check_cdf(1, 0.84134474606854294859);
	check_cdf(-1, 0.15865525393145705141);
	check_cdf(2, 0.97724986805182079279);
	check_cdf(-3, 1.3498980316300945267e-3);
	check_cdf(-10, 7.6198530241605260660e-24);
	check_quantile(0.5, 0);
	check_quantile(0.025, -1.9599639845400542355);
	check_quantile(0.005, -2.5758293035489004);
	check_quantile(0.95, 1.6448536269514722);
	check_quantile(0.99, 2.3263478740408408);
}

static void they_agree_with_gsl(void **state)
{
	double x;

	(void)state;
	for (x = -37; x <= 0; x += 0.0625) {
		double p = gsl_cdf_ugaussian_P(x);

		check_cdf(x, p);
		check_cdf(-x, 1 - p);
		check_quantile(p, gsl_cdf_ugaussian_Pinv(p));
	}
}

static void quantile_undoes_cdf(void **state)
{
	double x;

	(void)state;
	for (x = 80; x <= 100; x += 0.125)
		check("quantile of cdf", x,
		      bi_normal_quantile(bi_normal_cdf(x, 100, 2.5), 100, 2.5),
		      x);
}

static void the_ends_are_infinite(void **state)
{
	(void)state;
	check_quantile(0, -INFINITY);
	check_quantile(1, INFINITY);
	check_quantile(-0.1, NAN);
	check_quantile(1.1, NAN);
	check_quantile(NAN, NAN);
	check_cdf(-INFINITY, 0);
	check_cdf(INFINITY, 1);
	check_cdf(NAN, NAN);
}

/* What makes one side's p vanish and the other's not. */
static void the_upper_tail_ends_long_before_the_lower(void **state)
{
	(void)state;
	assert_true(bi_normal_cdf(8.2, 0, 1) < 1);
	assert_true(bi_normal_cdf(8.4, 0, 1) == 1);
	assert_true(bi_normal_cdf(-8.4, 0, 1) > 0);
	assert_true(bi_normal_cdf(-38, 0, 1) > 0);
	assert_true(bi_normal_cdf(-39, 0, 1) == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_agree_with_published_tables),
		cmocka_unit_test(they_agree_with_gsl),
		cmocka_unit_test(quantile_undoes_cdf),
		cmocka_unit_test(the_ends_are_infinite),
		cmocka_unit_test(the_upper_tail_ends_long_before_the_lower),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
