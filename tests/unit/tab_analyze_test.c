/* src/tab/analyze.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "tables.h"

/* The only table of TEXTS, to be looked at by LOOK. */
static void with_table(struct tables_config config, const char *const *texts,
		       void (*look)(const struct bi_table *table))
{
	struct bi_metadata metadata = BI_METADATA_INIT;
	struct bi_layout layout;
	struct bi_builder *builder;
	struct bi_table table;

	assert_int_equal(tables_layout(&config, &layout), 0);
	builder = bi_builder_new(&layout);
	assert_non_null(builder);
	assert_int_equal(tables_read(builder, &metadata, texts, NULL), 0);
	assert_int_equal(bi_builder_table_count(builder), 1);
	assert_int_equal(bi_builder_table(builder, 0, &metadata, &table), 0);
	look(&table);
	bi_table_release(&table);
	bi_builder_free(builder);
	bi_schema_free(layout.schema);
	bi_metadata_release(&metadata);
}

static void see_nan_left_out(const struct bi_table *table)
{
	const struct bi_cell *cell = &table->cell[1];

	assert_int_equal(table->cell[0].nan, 1);
	assert_int_equal(cell->nan, 2);
	assert_int_equal(cell->comparison, BI_COMPARISON_TESTED);
	assert_true(cell->warnings & BI_WARNING_BIT(BI_WARNING_NAN));
	/* Three below three: 2 of the 20 arrangements. */
	assert_true(fabs(cell->p - 0.1) < 1e-15);
}

static void nan_is_left_out_of_a_comparison(void **state)
{
	const char *const texts[] = {"BenchmarkA 1 NaN x\nBenchmarkA 1 1 x\n"
				     "BenchmarkA 1 2 x\nBenchmarkA 1 3 x\n",
				     "BenchmarkA 1 NaN x\nBenchmarkA 1 4 x\n"
				     "BenchmarkA 1 5 x\nBenchmarkA 1 nan x\n"
				     "BenchmarkA 1 6 x\n",
				     NULL};

	(void)state;
	with_table((struct tables_config){0}, texts, see_nan_left_out);
}

static void see_only_nan(const struct bi_table *table)
{
	assert_true(table->cell[1].p == 1);
	assert_false(table->cell[1].significant);
	assert_true(table->cell[1].warnings &
		    BI_WARNING_BIT(BI_WARNING_NAN));
}

static void nothing_but_nan_does_not_differ(void **state)
{
	const char *const texts[] = {"BenchmarkA 1 NaN x\n",
				     "BenchmarkA 1 1 x\n", NULL};

	(void)state;
	with_table((struct tables_config){0}, texts, see_only_nan);
}

static void see_clamped(const struct bi_table *table)
{
	assert_true(table->cell[1].p == 1);
}

static void see_unclamped(const struct bi_table *table)
{
	assert_true(table->cell[1].p > 1);
}

static void p_is_at_most_one_unless_compatible(void **state)
{
	const char *const texts[] = {"BenchmarkA 1 2 x\n",
				     "BenchmarkA 1 2 x\nBenchmarkA 1 2 x\n"
				     "BenchmarkA 1 2 x\nBenchmarkA 1 3 x\n",
				     NULL};

	(void)state;
	with_table((struct tables_config){0}, texts, see_clamped);
	with_table((struct tables_config){.compat = true}, texts,
		   see_unclamped);
}

static void see_summaries(const struct bi_table *table)
{
	const struct bi_summary *base = &table->summary[0];
	const struct bi_summary *other = &table->summary[1];

	assert_int_equal(table->row_count, 3);
	assert_true(fabs(base->center - 4) < 1e-12);
	assert_false(base->has_ratio);
	assert_int_equal(base->warnings, 0);
	assert_true(fabs(other->center - 8) < 1e-12);
	assert_true(fabs(other->ratio - 2) < 1e-12);
	assert_int_equal(other->warnings, BI_WARNING_BIT(BI_WARNING_SET));
}

static void columns_have_geometric_means(void **state)
{
	const char *const texts[] = {"BenchmarkA 1 2 x\nBenchmarkB 1 8 x\n",
				     "BenchmarkA 1 4 x\nBenchmarkC 1 16 x\n",
				     NULL};

	(void)state;
	with_table((struct tables_config){0}, texts, see_summaries);
}

static void see_zero(const struct bi_table *table)
{
	assert_false(table->summary[0].has_center);
	assert_int_equal(table->summary[0].warnings,
			 BI_WARNING_BIT(BI_WARNING_SUMMARIES));
	/* A ratio to zero is no ratio, and needs no words of its own. */
	assert_false(table->summary[1].has_ratio);
	assert_int_equal(table->summary[1].warnings, 0);
}

static void a_zero_has_no_geometric_mean(void **state)
{
	const char *const texts[] = {"BenchmarkA 1 0 x\n", "BenchmarkA 1 1 x\n",
				     NULL};

	(void)state;
	with_table((struct tables_config){0}, texts, see_zero);
}

static void see_no_baseline(const struct bi_table *table)
{
	assert_null(bi_table_baseline(table, 1));
	assert_non_null(bi_table_baseline(table, 0));
	assert_int_equal(table->cell[1].comparison, BI_COMPARISON_NONE);
}

static void a_row_may_have_no_baseline(void **state)
{
	const char *const texts[] = {"BenchmarkA 1 1 x\n", "BenchmarkB 1 1 x\n",
				     NULL};

	(void)state;
	with_table((struct tables_config){0}, texts, see_no_baseline);
}

static void check_samples(const struct bi_cell *cell, const double *want,
			  size_t count)
{
	size_t i;

	assert_int_equal(cell->count, count);
	for (i = 0; i < count; i++) {
		if (cell->sample[i] != want[i])
			fail_msg("sample %zu is %g, want %g", i,
				 cell->sample[i], want[i]);
	}
}

static void see_as_read(const struct bi_table *table)
{
	check_samples(&table->cell[0], (const double[]){3, 1, 2, 9, 4}, 5);
	check_samples(&table->cell[1], (const double[]){6, 5}, 2);
	assert_true(table->cell[0].center == 3);
	assert_null(table->spread);
}

static void see_sorted(const struct bi_table *table)
{
	check_samples(&table->cell[0], (const double[]){1, 2, 3, 4, 9}, 5);
	check_samples(&table->cell[1], (const double[]){5, 6}, 2);
}

static void see_no_samples(const struct bi_table *table)
{
	assert_null(table->cell[0].sample);
}

static void samples_are_kept_as_asked_for(void **state)
{
	const char *const texts[] = {"BenchmarkA 1 3 x\nBenchmarkA 1 1 x\n"
				     "BenchmarkA 1 2 x\nBenchmarkA 1 9 x\n"
				     "BenchmarkA 1 4 x\n",
				     "BenchmarkA 1 6 x\nBenchmarkA 1 5 x\n",
				     NULL};

	(void)state;
	with_table((struct tables_config){.keep = BI_KEEP_AS_READ}, texts,
		   see_as_read);
	with_table((struct tables_config){.keep = BI_KEEP_SORTED}, texts,
		   see_sorted);
	with_table((struct tables_config){0}, texts, see_no_samples);
}

static void see_trend(const struct bi_table *table)
{
	assert_true(table->cell[0].warnings &
		    BI_WARNING_BIT(BI_WARNING_FALL));
	assert_true(table->spread[0].falls);
	assert_true(table->spread[0].trend < 0.003);
	assert_true(table->spread[0].outliers == 0);
}

static void a_trend_is_seen_before_values_are_sorted(void **state)
{
	const char *const texts[] = {"BenchmarkA 1 6 x\nBenchmarkA 1 5 x\n"
				     "BenchmarkA 1 4 x\nBenchmarkA 1 3 x\n"
				     "BenchmarkA 1 2 x\nBenchmarkA 1 1 x\n",
				     NULL};

	(void)state;
	with_table((struct tables_config){.spread = true}, texts, see_trend);
}

static void see_no_order(const struct bi_table *table)
{
	assert_int_equal(table->cell[0].count, 6);
	assert_true(isnan(table->spread[0].trend));
	assert_true(isnan(table->spread[0].lag1));
	assert_true(table->spread[0].scale > 0);
}

/* The one of them may have run before, after or between the other. */
static void pooled_results_have_no_order(void **state)
{
	const char *const texts[] = {"BenchmarkA/n=1 1 1 x\n"
				     "BenchmarkA/n=1 1 2 x\n"
				     "BenchmarkA/n=1 1 3 x\n"
				     "BenchmarkA/n=2 1 4 x\n"
				     "BenchmarkA/n=2 1 5 x\n"
				     "BenchmarkA/n=2 1 6 x\n",
				     NULL};

	(void)state;
	with_table((struct tables_config){.row = ".name", .spread = true},
		   texts, see_no_order);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nan_is_left_out_of_a_comparison),
		cmocka_unit_test(nothing_but_nan_does_not_differ),
		cmocka_unit_test(p_is_at_most_one_unless_compatible),
		cmocka_unit_test(columns_have_geometric_means),
		cmocka_unit_test(a_zero_has_no_geometric_mean),
		cmocka_unit_test(a_row_may_have_no_baseline),
		cmocka_unit_test(samples_are_kept_as_asked_for),
		cmocka_unit_test(a_trend_is_seen_before_values_are_sorted),
		cmocka_unit_test(pooled_results_have_no_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
