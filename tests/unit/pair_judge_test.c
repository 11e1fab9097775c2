/* src/pair/judge.c: which interval gives which word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "pair/judge.h"

#define ALPHA 0.01
#define MARGIN 0.005
#define MOST 440

/* N log ratios that lie evenly within SPREAD around CENTER. */
static void fill(double *value, size_t n, double center, double spread)
{
	size_t i;

	for (i = 0; i < n; i++)
		value[i] = center +
			   spread * (((double)i + 0.5) / (double)n - 0.5);
}

/* What is said of such ratios, ROWS of them judged together. */
static struct bi_judgement look(const struct bi_judge *judge, size_t n,
				double center, double spread)
{
	struct bi_judgement judgement;
	double value[MOST];

	fill(value, n, center, spread);
	assert_int_equal(bi_judge_look(judge, value, n, &judgement), 0);
	bi_judge_weigh(judge, value, &judgement);
	return judgement;
}

static struct bi_judge judge_of(double margin, size_t rows,
				enum bi_multiplicity correction, bool exact)
{
	struct bi_judge judge;

	bi_judge_init(&judge, ALPHA, margin, rows, correction, exact);
	return judge;
}

static void check(double margin, double center, double spread, const char *want)
{
	struct bi_judge judge = judge_of(margin, 1, BI_MULTIPLICITY_HOLM, false);
	struct bi_judgement judgement = look(&judge, 50, center, spread);
	const char *got = bi_verdict_word(judgement.verdict);

	if (strcmp(got, want) != 0)
		fail_msg("margin %g, %g within %g: %s, want %s", margin, center,
			 spread, got, want);
}

static void the_interval_gives_the_word(void **state)
{
	(void)state;
	check(MARGIN, 0.02, 0.002, "REGRESSION");
	check(MARGIN, -0.02, 0.002, "IMPROVEMENT");
	check(MARGIN, 0, 0.002, "EQUIVALENT");
	check(MARGIN, 0.003, 0.002, "EQUIVALENT");
	check(MARGIN, 0.0045, 0.006, "slower");
	check(MARGIN, -0.0045, 0.006, "faster");
	check(MARGIN, 0.002, 0.04, "UNDECIDED");
	check(MARGIN, -0.002, 0.02, "UNDECIDED");
}

static void without_a_margin_any_change_counts_but_none(void **state)
{
	(void)state;
	check(0, 0.001, 0.0002, "REGRESSION");
	check(0, -0.001, 0.0002, "IMPROVEMENT");
	check(0, 0, 0.0002, "UNDECIDED");
	check(0, 0, 0, "UNDECIDED");
}

static void before_the_first_look_there_is_an_estimate_alone(void **state)
{
	struct bi_judge judge = judge_of(MARGIN, 1, BI_MULTIPLICITY_HOLM, false);
	struct bi_judgement few = look(&judge, 10, 0.5, 0.001);
	struct bi_judgement none = look(&judge, 0, 0, 0);

	(void)state;
	assert_true(fabs(few.estimate - 0.5) < 1e-9);
	assert_true(isinf(few.low) && isinf(few.high) && !few.settled);
	assert_int_equal(few.verdict, BI_VERDICT_UNDECIDED);
	assert_true(few.p_slower == 1 && none.p_slower == 1);
	assert_int_equal(none.verdict, BI_VERDICT_UNDECIDED);
}

static void the_last_look_is_the_greatest_that_is_not_beyond(void **state)
{
	struct bi_judge judge = judge_of(MARGIN, 1, BI_MULTIPLICITY_HOLM, false);
	struct bi_judge exact = judge_of(MARGIN, 1, BI_MULTIPLICITY_HOLM, true);
	size_t n;

	(void)state;
	assert_int_equal(bi_judge_last_look(&judge, 0), 0);
	assert_int_equal(bi_judge_last_look(&judge, 10), 10);
	assert_int_equal(bi_judge_last_look(&judge, 12), 11);
	assert_int_equal(bi_judge_last_look(&judge, 13), 13);
	assert_int_equal(bi_judge_last_look(&judge, 1000), 440);
	assert_int_equal(bi_judge_last_look(&exact, 1001), 1000);
	for (n = 11; n <= 440; n++) {
		size_t last = bi_judge_last_look(&judge, n);

		assert_true(last <= n);
		assert_int_equal(bi_judge_next_look(&judge, last), last);
	}
}

/* The number of REGRESSIONs among one row of 13 launches of which one is not
 * beyond the margin, and ROWS - 1 of 50 which are as COMPANY. */
static size_t count_found(enum bi_multiplicity correction, size_t rows,
			  double company)
{
	struct bi_judge judge = judge_of(MARGIN, rows, correction, false);
	struct bi_judgement list[10], *row[10];
	size_t i, count = 0;

	list[0] = look(&judge, 13, 0.0070, 0.0038);
	for (i = 1; i < rows; i++)
		list[i] = look(&judge, 50, company, 0.002);
	for (i = 0; i < rows; i++)
		row[i] = &list[i];
	assert_int_equal(bi_judge_finish(&judge, row, rows), 0);
	for (i = 0; i < rows; i++)
		count += list[i].verdict == BI_VERDICT_REGRESSION ? 1 : 0;
	return count;
}

static void many_rows_are_corrected_for(void **state)
{
	(void)state;
	/* Alone it is found; in company of nine that are equal it is not. */
	assert_int_equal(count_found(BI_MULTIPLICITY_HOLM, 1, 0), 1);
	assert_int_equal(count_found(BI_MULTIPLICITY_HOLM, 10, 0), 0);
	assert_int_equal(count_found(BI_MULTIPLICITY_BH, 10, 0), 0);
	assert_int_equal(count_found(BI_MULTIPLICITY_NONE, 10, 0), 1);
	/* When all others are rejected, the last one has the whole level. */
	assert_int_equal(count_found(BI_MULTIPLICITY_HOLM, 10, 0.02), 10);
	assert_int_equal(count_found(BI_MULTIPLICITY_BH, 10, 0.02), 10);
}

static void the_interval_for_any_stopping_is_wider(void **state)
{
	struct bi_judge judge = judge_of(MARGIN, 1, BI_MULTIPLICITY_HOLM, false);
	struct bi_judge exact = judge_of(MARGIN, 1, BI_MULTIPLICITY_HOLM, true);
	struct bi_judgement signs = look(&judge, 200, 0.001, 0.01);
	struct bi_judgement any = look(&exact, 200, 0.001, 0.01);

	(void)state;
	assert_true(any.high - any.low > 0 && isfinite(any.high));
	assert_true(any.low < 0.001 && any.high > 0.001);
	assert_true(fabs(any.estimate - signs.estimate) < 1e-12);
	/* 17 launches are enough for signs, and not for it. */
	assert_true(isfinite(look(&judge, 17, 0, 0.01).low));
	assert_true(isinf(look(&exact, 16, 0, 0.01).low) != 0);
}

static void what_is_needed_grows_near_the_margin(void **state)
{
	struct bi_judge judge = judge_of(MARGIN, 1, BI_MULTIPLICITY_HOLM, false);
	struct bi_judgement far = look(&judge, 50, 0.001, 0.04);
	struct bi_judgement near = look(&judge, 50, 0.004, 0.04);
	struct bi_judgement at = look(&judge, 50, log1p(MARGIN), 0.04);

	(void)state;
	assert_true(bi_judge_need(&judge, &far) > 50);
	assert_true(bi_judge_need(&judge, &near) > bi_judge_need(&judge, &far));
	assert_true(bi_judge_need(&judge, &at) <= 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_interval_gives_the_word),
		cmocka_unit_test(without_a_margin_any_change_counts_but_none),
		cmocka_unit_test(before_the_first_look_there_is_an_estimate_alone),
		cmocka_unit_test(the_last_look_is_the_greatest_that_is_not_beyond),
		cmocka_unit_test(many_rows_are_corrected_for),
		cmocka_unit_test(the_interval_for_any_stopping_is_wider),
		cmocka_unit_test(what_is_needed_grows_near_the_margin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
