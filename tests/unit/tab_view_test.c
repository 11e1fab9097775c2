/* src/tab/view.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "tab/view.h"

#define ROWS  6
#define CELLS (2 * ROWS)

/* Rows of a baseline of 100 and what it became:
 *
 *	b 110 worse, a 90 better, d ~, c 200 worse, - only in the baseline,
 *	e 0: no logarithm
 */
static const struct {
	const char *label;
	double center; /* NaN: not there */
	double p;
} rows[ROWS] = {{"b", 110, 0.01},	{"a", 90, 0.002}, {"d", 101, 0.4},
		{"c", 200, 0.02}, {"gone", (double)NAN, 1}, {"e", 0, 0.001}};

/* A table, and what belongs to it. */
struct fixture {
	struct bi_table table;
	struct bi_slice label[ROWS];
	struct bi_cell cell[CELLS];
	struct bi_change change[CELLS];
	struct bi_spread spread[CELLS];
	size_t row_start[ROWS + 1];
};

static void fill(struct fixture *f)
{
	size_t row, i = 0;

	memset(f, 0, sizeof(*f));
	for (row = 0; row < ROWS; row++) {
		f->label[row] = (struct bi_slice){rows[row].label,
						  strlen(rows[row].label)};
		f->row_start[row] = i;
		f->cell[i++] = (struct bi_cell){.center = 100};
		if (isnan(rows[row].center))
			continue;
		f->cell[i] = (struct bi_cell){
			.column = 1,
			.center = rows[row].center,
			.comparison = BI_COMPARISON_TESTED,
			.p = rows[row].p,
			.significant = rows[row].p <= 0.05};
		f->change[i].factor = rows[row].center;
		f->spread[i++].median = rows[row].center;
	}
	f->row_start[ROWS] = i;
	f->table = (struct bi_table){.column_count = 2,
				     .row_count = ROWS,
				     .label = f->label,
				     .cell = f->cell,
				     .change = f->change,
				     .spread = f->spread,
				     .row_start = f->row_start};
}

/* Each row of the table still has its label, its cells, what belongs to these,
 * and the number it had. */
static void check_rows(const struct bi_table *table)
{
	size_t row, i;

	for (row = 0; row < table->row_count; row++) {
		size_t was = bi_table_row_number(table, row);

		assert_string_equal(table->label[row].text, rows[was].label);
		i = table->row_start[row];
		assert_true(table->cell[i].center == 100);
		assert_int_equal(table->row_start[row + 1] - i,
				 isnan(rows[was].center) ? 1 : 2);
		if (isnan(rows[was].center))
			continue;
		i++;
		assert_true(table->cell[i].center == rows[was].center);
		assert_true(table->change[i].factor == rows[was].center);
		assert_true(table->spread[i].median == rows[was].center);
	}
}

/* VIEW of the table shows the rows WANT, a letter each. */
static void check(struct bi_view view, enum bi_better better, const char *want)
{
	struct fixture f;
	char got[ROWS + 1] = "";
	size_t row;

	fill(&f);
	f.table.better = better;
	assert_int_equal(bi_view_apply(&view, &f.table), 0);
	for (row = 0; row < f.table.row_count; row++)
		got[row] = f.table.label[row].text[0];
	if (strcmp(got, want) != 0)
		fail_msg("rows '%s', want '%s'", got, want);
	assert_int_equal(f.table.hidden_count, ROWS - strlen(want));
	check_rows(&f.table);
	bi_table_release(&f.table);
}

static void everything_is_as_it_was(void **state)
{
	(void)state;
	check((struct bi_view){0}, BI_BETTER_LOWER, "badcge");
}

static void rows_without_a_change_are_left_out_and_gaps_are_not(void **state)
{
	(void)state;
	check((struct bi_view){.only_changed = true}, BI_BETTER_LOWER,
	      "bacge");
}

static void what_got_worse_the_most_comes_first(void **state)
{
	(void)state;
	/* A fall to 0 cannot be worse than anything, nor can what has nothing
	 * to tell: these are last, as they were. */
	check((struct bi_view){.sort = BI_VIEW_DELTA}, BI_BETTER_LOWER,
	      "cbadge");
	check((struct bi_view){.sort = BI_VIEW_DELTA}, BI_BETTER_HIGHER,
	      "eabcdg");
}

static void names_are_sorted_by_their_bytes(void **state)
{
	(void)state;
	check((struct bi_view){.sort = BI_VIEW_NAME}, BI_BETTER_LOWER,
	      "abcdeg");
}

static void the_surest_change_comes_first(void **state)
{
	(void)state;
	check((struct bi_view){.sort = BI_VIEW_P}, BI_BETTER_LOWER, "eabcdg");
	check((struct bi_view){.sort = BI_VIEW_P, .only_changed = true},
	      BI_BETTER_LOWER, "eabcg");
}

/* By value there is no p: a difference is as sure as can be. */
static void exact_changes_are_the_surest(void **state)
{
	struct bi_view view = {.sort = BI_VIEW_P};
	struct fixture f;
	size_t i;

	(void)state;
	fill(&f);
	for (i = 0; i < CELLS; i++) {
		if (f.cell[i].comparison != BI_COMPARISON_NONE &&
		    f.cell[i].center == 200)
			f.cell[i].comparison = BI_COMPARISON_EXACT;
	}
	assert_int_equal(bi_view_apply(&view, &f.table), 0);
	assert_string_equal(f.table.label[0].text, "c");
	assert_string_equal(f.table.label[1].text, "e");
	bi_table_release(&f.table);
}

static void nothing_is_compared_if_nobody_wants_it(void **state)
{
	struct bi_view view = {.no_compare = true, .no_geomean = true};
	struct fixture f;
	size_t i;

	(void)state;
	fill(&f);
	assert_int_equal(bi_view_apply(&view, &f.table), 0);
	for (i = 0; i < CELLS; i++)
		assert_int_equal(f.cell[i].comparison, BI_COMPARISON_NONE);
	assert_true(f.table.no_compare);
	assert_true(f.table.no_geomean);
	assert_false(f.table.show_effect);
	assert_null(f.table.row_number);
	bi_table_release(&f.table);
}

static void what_nobody_computed_is_not_copied(void **state)
{
	struct bi_view view = {.sort = BI_VIEW_NAME, .effect = true};
	struct fixture f;

	(void)state;
	fill(&f);
	f.table.change = NULL;
	f.table.spread = NULL;
	assert_int_equal(bi_view_apply(&view, &f.table), 0);
	assert_null(f.table.change);
	assert_null(f.table.spread);
	assert_true(f.table.show_effect);
	assert_string_equal(f.table.label[0].text, "a");
	bi_table_release(&f.table);
}

static void an_empty_table_stays_empty(void **state)
{
	struct bi_view view = {.only_changed = true, .sort = BI_VIEW_DELTA};
	size_t row_start[] = {0};
	struct bi_table table = {.row_start = row_start};

	(void)state;
	assert_int_equal(bi_view_apply(&view, &table), 0);
	assert_int_equal(table.row_count, 0);
	assert_int_equal(table.hidden_count, 0);
	bi_table_release(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_is_as_it_was),
		cmocka_unit_test(
			rows_without_a_change_are_left_out_and_gaps_are_not),
		cmocka_unit_test(what_got_worse_the_most_comes_first),
		cmocka_unit_test(names_are_sorted_by_their_bytes),
		cmocka_unit_test(the_surest_change_comes_first),
		cmocka_unit_test(exact_changes_are_the_surest),
		cmocka_unit_test(nothing_is_compared_if_nobody_wants_it),
		cmocka_unit_test(what_nobody_computed_is_not_copied),
		cmocka_unit_test(an_empty_table_stays_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
