/* src/tab/format.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "tab/format.h"

#define INF ((double)INFINITY)

static void check_range(double low, double center, double high,
			const char *want)
{
	struct bi_cell cell = {.low = low, .center = center, .high = high};
	char got[BI_FORMAT_SIZE];

	if (bi_format_range(got, &cell) != strlen(want) ||
	    strcmp(got, want) != 0)
		fail_msg("%g %g %g: '%s', want '%s'", low, center, high, got,
			 want);
}

static void a_range_is_the_longer_side_in_percent(void **state)
{
	(void)state;
	check_range(95, 100, 110, "10%");
	check_range(80, 100, 110, "20%");
	check_range(100, 100, 102.5, "2%");
	check_range(-INF, 100, 110, "∞");
	check_range(90, 100, INF, "∞");
	check_range(-1, 100, 110, "?");
	check_range(0, 1, 2, "?");
	check_range(0, 0, 0, "0%");
	check_range(0, 0, 1, "?");
	check_range(-110, -100, -90, "-10%");
	check_range(5, (double)NAN, 6, "?");
}

static void check_delta(double baseline, double center, bool significant,
			const char *want)
{
	struct bi_cell base = {.center = baseline};
	struct bi_cell cell = {.center = center, .significant = significant};
	char got[BI_FORMAT_SIZE];

	if (bi_format_delta(got, &cell, &base) != strlen(want) ||
	    strcmp(got, want) != 0)
		fail_msg("%g to %g: '%s', want '%s'", baseline, center, got,
			 want);
}

static void a_change_has_a_sign(void **state)
{
	(void)state;
	check_delta(100, 110, true, "+10.00%");
	check_delta(100, 90, true, "-10.00%");
	check_delta(100, 90, false, "~");
	check_delta(100, 100, true, "0.00%");
	check_delta(0, 1, true, "?");
	check_delta(0, 0, true, "0.00%");
	check_delta(100000, 100000.01, true, "+0.00%");
	check_delta(100000, 99999.99, true, "-0.00%");
	check_delta(1, (double)NAN, true, "+NaN%");
	check_delta(1, INF, true, "+Inf%");
}

static void check_test(struct bi_cell base, struct bi_cell cell, bool compat,
		       const char *want)
{
	struct bi_table table = {.compat = compat};
	char got[BI_FORMAT_SIZE];

	if (bi_format_test(got, &table, &cell, &base) != strlen(want) ||
	    strcmp(got, want) != 0)
		fail_msg("'%s', want '%s'", got, want);
}

static void a_test_has_p_and_sizes(void **state)
{
	struct bi_cell six = {.count = 6};
	struct bi_cell cell = {.count = 7,
			       .comparison = BI_COMPARISON_TESTED,
			       .p = 0.0021645};

	(void)state;
	check_test(six, cell, false, "p=0.002 n=6+7");
	cell.count = 6;
	check_test(six, cell, false, "p=0.002 n=6");
	cell.nan = 2;
	check_test(six, cell, false, "p=0.002 n=6+4");
	cell.p = 0;
	check_test(six, cell, false, "p=0.000 n=6+4");
	check_test(six, cell, true, "n=6+4");
	cell.comparison = BI_COMPARISON_EXACT;
	cell.p = 1;
	check_test(six, cell, false, "n=6");
}

static void a_column_may_have_no_ratio(void **state)
{
	struct bi_summary summary = {.has_ratio = true, .ratio = 1.05};
	char got[BI_FORMAT_SIZE];

	(void)state;
	bi_format_ratio(got, &summary);
	assert_string_equal(got, "+5.00%");
	summary.has_ratio = false;
	bi_format_ratio(got, &summary);
	assert_string_equal(got, "?");
}

static void check_spread(struct bi_spread spread, const char *want)
{
	char got[BI_FORMAT_SPREAD_SIZE];

	if (bi_format_spread(got, &spread) != strlen(want) ||
	    strcmp(got, want) != 0)
		fail_msg("'%s', want '%s'", got, want);
}

static void a_spread_has_a_place_for_what_is_not_known(void **state)
{
	struct bi_spread spread = {.count = 10,
				   .median = 200,
				   .scale = 2.51,
				   .lag1 = 0.123};

	(void)state;
	check_spread(spread, "±1.3%, 0 outliers, lag 1: +0.12");
	spread.outliers = 1;
	spread.median = -200;
	spread.lag1 = -0.5;
	check_spread(spread, "±1.3%, 1 outlier, lag 1: -0.50");
	spread.median = 0;
	spread.lag1 = (double)NAN;
	check_spread(spread, "?, 1 outlier, lag 1: ?");
	spread.scale = 0;
	check_spread(spread, "±0.0%, 1 outlier, lag 1: ?");
	spread.scale = (double)NAN;
	check_spread(spread, "?, 1 outlier, lag 1: ?");
	spread.count = BI_SPREAD_LEAST - 1;
	check_spread(spread, "?");
}

/* The longest there are still fit. */
static void a_spread_fits_whatever_its_numbers_are(void **state)
{
	struct bi_spread spread = {.count = UINT32_MAX,
				   .outliers = UINT32_MAX,
				   .median = 4.9e-324,
				   .scale = 1e-20,
				   .lag1 = -0.999};
	char got[BI_FORMAT_SPREAD_SIZE];

	(void)state;
	assert_true(bi_format_spread(got, &spread) < sizeof(got));
	spread.median = 1e-300;
	assert_true(bi_format_spread(got, &spread) < sizeof(got));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_range_is_the_longer_side_in_percent),
		cmocka_unit_test(a_change_has_a_sign),
		cmocka_unit_test(a_test_has_p_and_sizes),
		cmocka_unit_test(a_column_may_have_no_ratio),
		cmocka_unit_test(a_spread_has_a_place_for_what_is_not_known),
		cmocka_unit_test(a_spread_fits_whatever_its_numbers_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
