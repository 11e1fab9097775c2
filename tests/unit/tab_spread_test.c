/* src/tab/spread.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "tab/spread.h"

static struct bi_spread compute(const double *values, size_t count,
				bool ordered)
{
	struct bi_spread_memory *memory = bi_spread_memory_new();
	struct bi_spread spread;

	assert_non_null(memory);
	assert_int_equal(bi_spread_compute(memory, values, count, ordered,
					   &spread),
			 0);
	bi_spread_memory_free(memory);
	return spread;
}

static void a_sample_has_scale_outliers_and_order(void **state)
{
	const double values[] = {10, 12, 11, 13, 12, 100, 11, 14};
	struct bi_spread spread = compute(values, 8, true);

	(void)state;
	assert_int_equal(spread.count, 8);
	assert_true(spread.median == 12);
	/* Rank 10 of 28 distances is 1; times 2.2191, corrected for 8. */
	assert_true(fabs(spread.scale - 2.2191 * 0.669) < 0.02);
	assert_int_equal(spread.outliers, 1);
	assert_true(spread.lag1 < 0.1 && spread.lag1 > -0.5);
	assert_true(spread.trend > 0.05 && spread.trend <= 1);
	assert_false(spread.falls);
}

static void four_values_say_nothing(void **state)
{
	const double values[] = {1, 2, 3, 4};
	struct bi_spread spread = compute(values, 4, true);

	(void)state;
	assert_int_equal(spread.count, 4);
	assert_int_equal(spread.outliers, 0);
	assert_true(isnan(spread.median));
	assert_true(isnan(spread.scale));
	assert_true(isnan(spread.lag1));
	assert_true(isnan(spread.trend));
	spread = compute(NULL, 0, true);
	assert_int_equal(spread.count, 0);
	assert_true(isnan(spread.scale));
}

static void constant_values_do_not_scatter_or_move(void **state)
{
	const double values[] = {3, 3, 3, 3, 3, 3};
	struct bi_spread spread = compute(values, 6, true);

	(void)state;
	assert_true(spread.scale == 0);
	assert_true(bi_spread_relative(&spread) == 0);
	assert_int_equal(spread.outliers, 0);
	assert_true(isnan(spread.lag1));
	assert_true(isnan(spread.trend));
}

/* Without a scale, whatever differs is far away. */
static void the_odd_one_among_equal_values_is_an_outlier(void **state)
{
	const double values[] = {3, 3, 3, 3.0001, 3, 3};
	struct bi_spread spread = compute(values, 6, true);

	(void)state;
	assert_true(spread.scale == 0);
	assert_int_equal(spread.outliers, 1);
}

static void zeros_have_a_relative_scale_only_if_it_is_zero(void **state)
{
	const double zeros[] = {0, 0, 0, 0, 0};
	const double around[] = {-2, -1, 0, 1, 2};
	struct bi_spread spread = compute(zeros, 5, true);

	(void)state;
	assert_true(bi_spread_relative(&spread) == 0);
	spread = compute(around, 5, true);
	assert_true(spread.median == 0);
	assert_true(spread.scale > 0);
	assert_true(isnan(bi_spread_relative(&spread)));
}

static void a_negative_median_counts_by_its_size(void **state)
{
	const double plus[] = {10, 11, 12, 13, 14}, minus[] = {-14, -13, -12,
							       -11, -10};
	struct bi_spread a = compute(plus, 5, true);
	struct bi_spread b = compute(minus, 5, true);

	(void)state;
	assert_true(b.median == -12);
	assert_true(bi_spread_relative(&a) > 0);
	assert_true(bi_spread_relative(&a) == bi_spread_relative(&b));
}

static void nan_is_left_out_and_infinities_are_outliers(void **state)
{
	const double values[] = {NAN, 1, 2, INFINITY, 3, NAN, 4, 5, -INFINITY};
	struct bi_spread spread = compute(values, 9, true);

	(void)state;
	assert_int_equal(spread.count, 5);
	assert_true(spread.median == 3);
	assert_true(isfinite(spread.scale));
	assert_int_equal(spread.outliers, 2);
	/* The finite ones rise: 2 of 120 orders. */
	assert_true(fabs(spread.trend - 2.0 / 120) < 1e-15);
	assert_false(spread.falls);
}

static void values_too_far_apart_have_no_scale(void **state)
{
	const double values[] = {-1.5e308, -1e308, 0, 1e308, 1.5e308};
	struct bi_spread spread = compute(values, 5, true);

	(void)state;
	assert_true(isnan(spread.scale));
	assert_true(isnan(bi_spread_relative(&spread)));
	assert_int_equal(spread.outliers, 0);
	assert_true(isnan(spread.lag1));
	assert_true(spread.trend < 0.02);
}

static void without_an_order_nothing_is_said_about_it(void **state)
{
	const double values[] = {1, 2, 3, 4, 5, 6};
	struct bi_spread spread = compute(values, 6, false);

	(void)state;
	assert_true(spread.scale > 0);
	assert_true(isnan(spread.lag1));
	assert_true(isnan(spread.trend));
}

/* Cells with these p of their trends; the bits of those that are warned of. */
static unsigned warned(const double *p, size_t count, bool falls)
{
	struct bi_spread spread[8] = {{0}};
	struct bi_cell cell[8] = {{0}};
	size_t row_start[] = {0, count}, i;
	struct bi_table table = {.row_count = 1,
				 .row_start = row_start,
				 .cell = cell,
				 .spread = spread};
	unsigned bits = 0;

	for (i = 0; i < count; i++) {
		spread[i].trend = p[i];
		spread[i].falls = falls;
	}
	assert_int_equal(bi_spread_finish(&table), 0);
	for (i = 0; i < count; i++) {
		unsigned want = falls ? BI_WARNING_BIT(BI_WARNING_FALL)
				      : BI_WARNING_BIT(BI_WARNING_RISE);

		if (cell[i].warnings != 0)
			assert_int_equal(cell[i].warnings, want);
		bits |= (unsigned)(cell[i].warnings != 0) << i;
	}
	return bits;
}

static void a_trend_is_told_after_correction_for_all_cells(void **state)
{
	const double alone[] = {0.05}, four[] = {0.04, 0.012, NAN, 0.2};
	const double close[] = {0.017, 0.017, 0.017};

	(void)state;
	assert_int_equal(warned(alone, 1, false), 1);
	/* NAN is no test: 3 times 0.012 counts, 2 times 0.04 does not. */
	assert_int_equal(warned(four, 4, true), 2);
	assert_int_equal(warned(close, 3, true), 0);
	assert_int_equal(warned(close, 2, true), 3);
	assert_int_equal(warned(NULL, 0, true), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sample_has_scale_outliers_and_order),
		cmocka_unit_test(four_values_say_nothing),
		cmocka_unit_test(constant_values_do_not_scatter_or_move),
		cmocka_unit_test(the_odd_one_among_equal_values_is_an_outlier),
		cmocka_unit_test(
			zeros_have_a_relative_scale_only_if_it_is_zero),
		cmocka_unit_test(a_negative_median_counts_by_its_size),
		cmocka_unit_test(nan_is_left_out_and_infinities_are_outliers),
		cmocka_unit_test(values_too_far_apart_have_no_scale),
		cmocka_unit_test(without_an_order_nothing_is_said_about_it),
		cmocka_unit_test(
			a_trend_is_told_after_correction_for_all_cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
