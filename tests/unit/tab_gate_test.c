/* src/tab/gate.c: verdicts on changes that somebody else measured. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tab/gate.h"

#define ROWS 50

/* A table of ROWS rows and two columns, all cells there. */
struct fixture {
	struct bi_table table;
	struct bi_slice header[2];
	struct bi_slice label[ROWS];
	struct bi_cell cell[2 * ROWS];
	struct bi_change change[2 * ROWS];
	size_t row_start[ROWS + 1];
};

static void set_up(struct fixture *f, size_t rows, const char *unit)
{
	size_t i;

	*f = (struct fixture){.header = {{"old", 3}, {"new", 3}}};
	f->table = (struct bi_table){.unit = {unit, strlen(unit)},
				     .column_count = 2,
				     .level_count = 1,
				     .header = f->header,
				     .row_count = rows,
				     .label = f->label,
				     .cell = f->cell,
				     .row_start = f->row_start,
				     .change = f->change,
				     .has_baseline = true};
	for (i = 0; i < rows; i++) {
		f->label[i] = (struct bi_slice){"row", 3};
		f->cell[2 * i] = (struct bi_cell){.count = 10};
		f->cell[2 * i + 1] = (struct bi_cell){.column = 1, .count = 10};
		f->row_start[i + 1] = 2 * i + 2;
	}
}

/* The status of RULES on the table. */
static int judge(const struct fixture *f, const char *rules,
		 struct bi_gate *gate)
{
	struct bench_error error = BENCH_ERROR_INIT;

	gate->alpha = 0.05;
	assert_int_equal(bi_rules_parse(&gate->rules, rules, strlen(rules),
					&error), 0);
	assert_int_equal(bi_gate_start(gate), 0);
	assert_int_equal(bi_gate_add(gate, &f->table), 0);
	assert_int_equal(bi_gate_judge(gate), 0);
	return bi_gate_status(gate);
}

/* The status of one row with CHANGE. */
static void check(const char *rules, enum bi_better better,
		  struct bi_change change, int want)
{
	struct bi_gate gate = {.correct = BI_MULTIPLICITY_HOLM};
	struct fixture f;
	int got;

	set_up(&f, 1, "unit");
	f.table.better = better;
	f.change[1] = change;
	got = judge(&f, rules, &gate);
	if (got != want)
		fail_msg("%s: exit %d, want %d", rules, got, want);
	bi_gate_release(&gate);
}

static struct bi_change exact(double before, double after)
{
	return (struct bi_change){.kind = BI_CHANGE_EXACT,
				  .before = before,
				  .after = after};
}

static struct bi_change sampled(double low, double high, double limit,
				double p)
{
	return (struct bi_change){.kind = BI_CHANGE_SAMPLED,
				  .factor = 1,
				  .low = low,
				  .high = high,
				  .limit = limit,
				  .p = p};
}

static void exact_changes_are_judged_by_value(void **state)
{
	(void)state;
	check("unit>0", BI_BETTER_LOWER, exact(3, 3), 0);
	check("unit>0", BI_BETTER_LOWER, exact(3, 4), 1);
	check("unit>0", BI_BETTER_LOWER, exact(4, 3), 0);
	check("unit>0", BI_BETTER_HIGHER, exact(4, 3), 1);
	check("unit>1", BI_BETTER_LOWER, exact(3, 4), 0);
	check("unit>5%", BI_BETTER_LOWER, exact(0, 64), 1);
	check("unit>5%", BI_BETTER_LOWER, exact(0, 0), 0);
	check("unit>5%", BI_BETTER_HIGHER, exact(10, 9), 1);
	check("unit>5%", BI_BETTER_LOWER, exact(-10, -9), 1);
}

static void at_the_limit_is_not_beyond_it(void **state)
{
	(void)state;
	check("unit>3%", BI_BETTER_LOWER, exact(100, 103), 0);
	check("unit>3%", BI_BETTER_LOWER, exact(0.1, 0.103), 0);
	check("unit>3%", BI_BETTER_LOWER, exact(100, 103.0001), 1);
	check("unit>0.1", BI_BETTER_LOWER, exact(0.2, 0.3), 0);
}

static void infinite_values_are_judged_too(void **state)
{
	(void)state;
	check("unit>3%", BI_BETTER_LOWER, exact(INFINITY, INFINITY), 0);
	check("unit>3%", BI_BETTER_LOWER, exact(1, INFINITY), 1);
	check("unit>3%", BI_BETTER_LOWER, exact(INFINITY, 1), 0);
	check("unit>3%", BI_BETTER_HIGHER, exact(INFINITY, 1), 1);
}

static void an_interval_below_the_limit_passes(void **state)
{
	(void)state;
	check("unit>3%", BI_BETTER_LOWER, sampled(0.99, 1.02, 1.03, 1), 0);
	check("unit>3%", BI_BETTER_LOWER, sampled(0.99, 1.03, 1.03, 1), 3);
	check("unit>3%", BI_BETTER_LOWER, sampled(0.99, 1.04, 1.03, 1), 3);
	check("unit>3%", BI_BETTER_HIGHER, sampled(0.98, 1.1, 0.97, 1), 0);
	check("unit>3%", BI_BETTER_HIGHER, sampled(0.96, 1.1, 0.97, 1), 3);
	check("unit>3%", BI_BETTER_LOWER, sampled(0.5, 0.6, NAN, 1), 3);
}

static void a_small_p_fails(void **state)
{
	(void)state;
	check("unit>3%", BI_BETTER_LOWER, sampled(1.04, 1.05, 1.03, 0.01), 1);
	check("unit>3%", BI_BETTER_LOWER, sampled(1.04, 1.05, 1.03, 0.05), 1);
	check("unit>3%", BI_BETTER_LOWER, sampled(1.04, 1.05, 1.03, 0.06), 3);
}

static void nan_samples_never_pass(void **state)
{
	struct bi_gate gate = {0};
	struct fixture f;

	(void)state;
	set_up(&f, 1, "unit");
	f.cell[0].nan = 1;
	f.change[1] = sampled(0.9, 1, 1.03, 1);
	assert_int_equal(judge(&f, "unit>3%", &gate), 3);
	bi_gate_release(&gate);
}

static void all_tests_are_corrected_together(void **state)
{
	static const struct {
		enum bi_multiplicity correct;
		int want;
	} table[] = {{BI_MULTIPLICITY_HOLM, 3},
		     {BI_MULTIPLICITY_BH, 3},
		     {BI_MULTIPLICITY_NONE, 1}};
	struct fixture f;
	size_t i, k;

	(void)state;
	set_up(&f, ROWS, "unit");
	for (i = 0; i < ROWS; i++)
		f.change[2 * i + 1] = sampled(0.9, 1.1, 1.03, 0.5);
	f.change[7] = sampled(1.04, 1.1, 1.03, 0.01);
	for (k = 0; k < 3; k++) {
		struct bi_gate gate = {.correct = table[k].correct};

		assert_int_equal(judge(&f, "unit>3%", &gate), table[k].want);
		bi_gate_release(&gate);
	}
	/* 0.05 / 50 */
	f.change[7].p = 0.001;
	for (k = 0; k < 3; k++) {
		struct bi_gate gate = {.correct = table[k].correct};

		assert_int_equal(judge(&f, "unit>3%", &gate), 1);
		bi_gate_release(&gate);
	}
}

static void nothing_judged_is_an_error(void **state)
{
	struct bi_gate other = {0}, star = {0}, one = {0};
	struct fixture f;

	(void)state;
	set_up(&f, 1, "unit");
	f.change[1] = exact(1, 1);
	assert_int_equal(judge(&f, "other>3%", &other), 2);
	assert_int_equal(judge(&f, "*>3%", &star), 0);
	f.table.column_count = 1;
	f.row_start[1] = 1;
	assert_int_equal(judge(&f, "*>3%", &one), 2);
	bi_gate_release(&other);
	bi_gate_release(&star);
	bi_gate_release(&one);
}

static void a_missing_row_is_an_error_unless_allowed(void **state)
{
	struct bi_gate strict = {0}, lax = {.missing_ok = true};
	struct fixture f;

	(void)state;
	set_up(&f, 2, "unit");
	f.change[1] = exact(1, 1);
	f.row_start[2] = 3;
	assert_int_equal(judge(&f, "unit>3%", &strict), 2);
	assert_int_equal(strict.count[BI_GATE_MISSING], 1);
	assert_int_equal(judge(&f, "unit>3%", &lax), 0);
	bi_gate_release(&strict);
	bi_gate_release(&lax);
}

static void a_column_that_a_table_lacks_is_missing(void **state)
{
	struct bi_slice absent = {"newer", 5};
	struct bi_gate gate = {0};
	struct fixture f;

	(void)state;
	set_up(&f, 2, "unit");
	f.change[1] = f.change[3] = exact(1, 1);
	f.table.absent = &absent;
	f.table.absent_count = 1;
	assert_int_equal(judge(&f, "unit>3%", &gate), 2);
	assert_int_equal(gate.count[BI_GATE_MISSING], 2);
	assert_int_equal(gate.count[BI_GATE_PASS], 2);
	bi_gate_release(&gate);
}

static void what_the_baseline_lacks_is_new_and_passes(void **state)
{
	struct bi_gate gate = {0};
	struct fixture f;

	(void)state;
	set_up(&f, 2, "unit");
	f.change[1] = exact(1, 1);
	f.cell[2].column = 1;
	f.row_start[2] = 3;
	assert_int_equal(judge(&f, "unit>3%", &gate), 0);
	assert_int_equal(gate.count[BI_GATE_NEW], 1);
	bi_gate_release(&gate);
}

static void unclear_metadata_is_an_error(void **state)
{
	(void)state;
	check("unit>3%", BI_BETTER_UNCLEAR, exact(1, 1), 2);
}

static void the_worst_decides(void **state)
{
	struct bi_gate both = {0}, undecided = {0};
	struct fixture f;

	(void)state;
	set_up(&f, 3, "unit");
	f.change[1] = exact(1, 1);
	f.change[3] = exact(1, 2);
	f.change[5] = sampled(0.9, 1.1, 1.03, 1);
	assert_int_equal(judge(&f, "unit>3%", &both), 1);
	f.change[3] = exact(1, 1);
	assert_int_equal(judge(&f, "unit>3%", &undecided), 3);
	undecided.undecided_ok = true;
	assert_int_equal(bi_gate_status(&undecided), 0);
	bi_gate_problem(&both, "spoilt");
	assert_int_equal(bi_gate_status(&both), 2);
	bi_gate_release(&both);
	bi_gate_release(&undecided);
}

static void the_summary_counts(void **state)
{
	struct bi_gate gate = {.correct = BI_MULTIPLICITY_BH};
	struct bi_buf text = BI_BUF_INIT;
	struct fixture f;

	(void)state;
	set_up(&f, 3, "unit");
	f.change[1] = exact(1, 1);
	f.change[3] = exact(1, 2);
	f.change[5] = sampled(0.9, 1.1, 1.03, 1);
	judge(&f, "unit>3% ; *>0", &gate);
	assert_int_equal(bi_gate_summary(&gate, &text), 0);
	assert_string_equal(text.data,
			    "gate: 1 pass, 1 FAIL, 1 undecided (unit>3%, *>0; "
			    "Benjamini-Hochberg, alpha 0.05)");
	bi_buf_release(&text);
	bi_gate_release(&gate);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exact_changes_are_judged_by_value),
		cmocka_unit_test(at_the_limit_is_not_beyond_it),
		cmocka_unit_test(infinite_values_are_judged_too),
		cmocka_unit_test(an_interval_below_the_limit_passes),
		cmocka_unit_test(a_small_p_fails),
		cmocka_unit_test(nan_samples_never_pass),
		cmocka_unit_test(all_tests_are_corrected_together),
		cmocka_unit_test(nothing_judged_is_an_error),
		cmocka_unit_test(a_missing_row_is_an_error_unless_allowed),
		cmocka_unit_test(a_column_that_a_table_lacks_is_missing),
		cmocka_unit_test(what_the_baseline_lacks_is_new_and_passes),
		cmocka_unit_test(unclear_metadata_is_an_error),
		cmocka_unit_test(the_worst_decides),
		cmocka_unit_test(the_summary_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
