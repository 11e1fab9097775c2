/* src/pair/record.c and record_read.c: what is written is read back, anything
 * else refused; and finish.c, which judges it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../launches.h"
#include "pair/finish.h"
#include "pair/record.h"

static const struct bi_record_terms terms = {.strict = true,
					     .gate = "allocs/op>0"};

static void write_example(struct bi_buf *text)
{
	struct bi_pair_run run;

	launches_make(&run, 17);
	assert_int_equal(bi_record_write(&run, &terms, text), 0);
	bi_pair_run_release(&run);
}

static void what_is_written_is_read_back(void **state)
{
	struct bi_record record = {.terms = {.gate = ""}};
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_buf first = BI_BUF_INIT, second = BI_BUF_INIT;

	(void)state;
	write_example(&first);
	assert_int_equal(bi_record_read(&record, "f", first.data, first.len,
					&err), 0);
	assert_int_equal(bi_record_write(&record.run, &record.terms, &second),
			 0);
	assert_string_equal(first.data, second.data);
	assert_true(isnan(record.run.suite.row[0].launch[0].side[0]
				  .metrics[0].value));
	bi_record_release(&record);
	bi_buf_release(&first);
	bi_buf_release(&second);
}

/* The verdicts of the example, judged again. */
static void check_again(enum bi_pair_metric metric, double alpha,
			double sentinel, bool unfit)
{
	struct bi_record record = {.terms = {.gate = ""}};
	struct bi_buf text = BI_BUF_INIT;
	const struct bi_row *row;
	size_t i;

	write_example(&text);
	assert_int_equal(bi_record_read(&record, "f", text.data, text.len,
					NULL), 0);
	record.plan.alpha = alpha;
	assert_int_equal(bi_record_use_metric(&record, metric, NULL), 0);
	free(record.run.sentinel);
	record.run.sentinel = calloc(50, sizeof(double));
	assert_non_null(record.run.sentinel);
	record.run.sentinel_count = 50;
	/* It errs in the beginning, and no more in the end. */
	for (i = 0; i < 50; i++)
		record.run.sentinel[i] = i < 22 ? sentinel : 0;
	assert_int_equal(bi_pair_judge_again(&record.run), 0);
	row = record.run.suite.row;
	assert_int_equal(record.run.judged, 2);
	assert_int_equal(row[0].judgement.verdict, BI_VERDICT_REGRESSION);
	assert_int_equal(row[1].judgement.verdict, BI_VERDICT_EQUIVALENT);
	assert_int_equal(record.run.unfit, unfit);
	assert_true(fabs(bi_row_ns(&row[0], 0) -
			 (metric == BI_PAIR_WALL ? 200 : 100)) < 1e-9);
	bi_record_release(&record);
	bi_buf_release(&text);
}

static void it_can_be_judged_again(void **state)
{
	(void)state;
	check_again(BI_PAIR_AUTO, 0.01, 0.001, false);
	check_again(BI_PAIR_CPU, 0.05, 0.001, false);
	check_again(BI_PAIR_WALL, 0.01, 0.001, false);
	check_again(BI_PAIR_AUTO, 0.01, 0.02, true);
}

/* A margin of 3 ns is one of 3 % of 100 ns. */
static void a_margin_in_nanoseconds_is_each_rows_own(void **state)
{
	struct bi_judge judge;
	struct bi_pair_run run;

	(void)state;
	launches_make(&run, 17);
	bi_judge_init(&judge, 0.01, 0, 2, BI_MULTIPLICITY_HOLM, false);
	judge.margin_ns = 3;
	assert_true(fabs(bi_row_judge(&judge, &run.suite.row[0]).margin -
			 log1p(0.03)) < 1e-9);
	assert_int_equal(bi_row_look(&run.suite.row[0], &judge), 0);
	assert_int_equal(run.suite.row[0].judgement.verdict,
			 BI_VERDICT_EQUIVALENT);
	judge.margin_ns = 1;
	assert_int_equal(bi_row_look(&run.suite.row[0], &judge), 0);
	assert_int_equal(run.suite.row[0].judgement.verdict,
			 BI_VERDICT_REGRESSION);
	bi_pair_run_release(&run);
}

/* The example with OLD in the place of NEW, once, on line LINE: refused. */
static void check_wrong(const char *old, const char *new, int line,
			const char *want)
{
	struct bi_record record = {.terms = {.gate = ""}};
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_buf text = BI_BUF_INIT, changed = BI_BUF_INIT;
	const char *at;

	write_example(&text);
	at = strstr(text.data, old);
	assert_non_null(at);
	assert_int_equal(bi_buf_add(&changed, text.data,
				    (size_t)(at - text.data)), 0);
	assert_int_equal(bi_buf_adds(&changed, new), 0);
	assert_int_equal(bi_buf_adds(&changed, at + strlen(old)), 0);
	if (bi_record_read(&record, "f", changed.data, changed.len, &err) !=
		    BENCH_EINPUT ||
	    err.line != line || strstr(err.text, want) == NULL ||
	    strcmp(err.file, "f") != 0)
		fail_msg("%s for %s: %s:%d: %s, want %d: %s", new, old,
			 err.file, err.line, err.text, line, want);
	bi_record_release(&record);
	bi_buf_release(&text);
	bi_buf_release(&changed);
}

static void what_is_wrong_is_told_with_its_place(void **state)
{
	(void)state;
	check_wrong("launches-1", "launches-2", 1, "not launches");
	check_wrong("\"rows\":3", "\"rows\":2", 4, "more rows");
	check_wrong("\"rows\":3", "\"rows\":4", 40, "3 of 4 rows");
	check_wrong("\"rows\":3", "\"rows\":-3", 1, "'rows' is not a count");
	check_wrong("\"rows\":3", "\"rows\":9000000000000", 1, "believable");
	check_wrong("\"alpha\":0.01", "\"alpha\":0", 1, "'alpha'");
	check_wrong("\"alpha\":0.01", "\"alpha\":\"NaN\"", 1, "'alpha'");
	check_wrong("\"margin\":0.005", "\"margin\":-1", 1, "'margin'");
	check_wrong("\"correct\":\"holm\"", "\"correct\":\"x\"", 1, "'correct'");
	check_wrong("\"exact\":false", "\"exact\":0", 1, "'exact'");
	check_wrong("\"row\":0", "\"row\":1", 2, "'row'");
	check_wrong("\"procs\":2", "\"procs\":0", 2, "'procs'");
	check_wrong("\"old\":\"runs\"", "\"old\":\"walks\"", 2, "'old'");
	check_wrong("{\"launch\":0", "{\"launch\":3", 5, "'launch'");
	check_wrong("{\"launch\":0", "{\"lunch\":0", 5, "neither");
	check_wrong("\"slice_n\":1000", "\"slice_n\":0", 5, "'slice_n'");
	check_wrong("\"launches\":34", "\"launches\":33", 38, "more launches");
	check_wrong("\"sentinels\":2", "\"sentinels\":1", 40, "more sentinels");
	check_wrong("\"sentinel\":0.125", "\"sentinel\":\"NaN\"", 39,
		    "'sentinel'");
	check_wrong("{\"ns\":", "{\"ns\":-", 5, "'ns'");
	check_wrong("\"n\":1000", "\"n\":0", 5, "'n'");
	check_wrong("\"mallocs\":3000", "\"mallocs\":-1", 5, "'mallocs'");
	check_wrong("{\"x/op\":\"NaN\"}", "[]", 5, "'metrics'");
	check_wrong("{\"x/op\":\"NaN\"}", "{\"x/op\":true}", 5, "'x/op'");
	check_wrong("{\"x/op\":\"NaN\"}", "{\"x/op\":1,\"x/op\":1}", 5,
		    "invalid JSON");
}

static void half_a_file_is_none(void **state)
{
	struct bi_record record = {.terms = {.gate = ""}};
	struct bi_buf text = BI_BUF_INIT;
	size_t len;

	(void)state;
	write_example(&text);
	for (len = 0; len < text.len; len += 1 + len / 16) {
		struct bench_error err = BENCH_ERROR_INIT;

		assert_int_equal(bi_record_read(&record, "f", text.data, len,
						&err), BENCH_EINPUT);
		assert_string_not_equal(err.text, "");
		bi_record_release(&record);
	}
	bi_buf_release(&text);
}

static void a_clock_that_stood_still_judges_nothing(void **state)
{
	struct bi_record record = {.terms = {.gate = ""}};
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_buf text = BI_BUF_INIT;

	(void)state;
	write_example(&text);
	assert_int_equal(bi_record_read(&record, "f", text.data, text.len,
					&err), 0);
	record.run.suite.row[1].launch[3].side[1].by_ns[0] = 0;
	assert_int_equal(bi_record_use_metric(&record, BI_PAIR_WALL, &err), 0);
	assert_int_equal(bi_record_use_metric(&record, BI_PAIR_CPU, &err),
			 BENCH_EINPUT);
	assert_non_null(strstr(err.text, "B/x=1"));
	bi_record_release(&record);
	bi_buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(it_can_be_judged_again),
		cmocka_unit_test(a_margin_in_nanoseconds_is_each_rows_own),
		cmocka_unit_test(what_is_wrong_is_told_with_its_place),
		cmocka_unit_test(half_a_file_is_none),
		cmocka_unit_test(a_clock_that_stood_still_judges_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
