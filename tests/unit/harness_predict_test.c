/* src/harness/predict.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harness/predict.h"

#define MS INT64_C(1000000)
#define SEC INT64_C(1000000000)

static void check(int64_t goal, int64_t prev_n, int64_t prev_ns, int64_t last,
		  int64_t want)
{
	int64_t got = bi_predict(goal, prev_n, prev_ns, last);

	if (got != want)
		fail_msg("predict(%lld, %lld, %lld, %lld) is %lld, want %lld",
			 (long long)goal, (long long)prev_n,
			 (long long)prev_ns, (long long)last, (long long)got,
			 (long long)want);
}

static void it_asks_for_a_fifth_more_than_the_rate_says(void **state)
{
	(void)state;
	check(SEC, 100, 100 * MS, 100, 1200);
	/* Both divisions drop what is left: 20e6*100/1137000 is 1759.01. */
	check(20 * MS, 100, 1137000, 100, 2110);
	check(7, 1, 3, 1, 2);
	check(19, 1, 1, 1, 22);
}

static void it_grows_at_most_a_hundredfold(void **state)
{
	(void)state;
	check(SEC, 1, 10, 1, 100);
	check(SEC, 100, 1000, 100, 10000);
}

static void it_grows_by_one_at_least(void **state)
{
	(void)state;
	check(SEC, 1, 5 * SEC, 1, 2);
	check(SEC, 50, 999999999, 50, 60);
	check(SEC, 50, 100 * SEC, 50, 51);
	check(1, INT64_C(900000000), SEC, INT64_C(900000000), 900000001);
}

static void it_stops_at_a_billion(void **state)
{
	(void)state;
	check(SEC, INT64_C(500000000), 1000, INT64_C(500000000),
	      BI_PREDICT_MOST);
	check(SEC, BI_PREDICT_MOST, 1, BI_PREDICT_MOST, BI_PREDICT_MOST);
}

static void a_clock_that_stood_still_counts_as_one_ns(void **state)
{
	(void)state;
	check(SEC, 1, 0, 1, 100);
	check(10, 3, 0, 3, 36);
	check(10, 3, -5, 3, 36);
}

/* Where 64 bits overflow, a goal of two minutes would crawl by ones. */
static void a_goal_of_minutes_does_not_overflow(void **state)
{
	(void)state;
	check(120 * SEC, 100000000, 30 * MS, 100000000, BI_PREDICT_MOST);
	check(INT64_MAX, 1000, 1, 1000, 100000);
	check(INT64_MAX, BI_PREDICT_MOST, INT64_MAX, 5, 500);
}

static void free_steps_are_not_held_to_a_hundredfold(void **state)
{
	(void)state;
	assert_int_equal(bi_predict_freely(SEC, 1, 1000, 1), 1200000);
	assert_int_equal(bi_predict_freely(SEC, 1, 1, 1), BI_PREDICT_MOST);
	assert_int_equal(bi_predict_freely(SEC, 9, 9 * SEC, 9), 10);
}

static void check_within(int64_t n, struct bi_run_cost cost, int64_t left,
			 int64_t want)
{
	int64_t got = bi_predict_within(n, &cost, left);

	if (got != want)
		fail_msg("within(%lld, {%lld %lld %lld %lld %lld}, %lld) is "
			 "%lld, want %lld",
			 (long long)n, (long long)cost.n,
			 (long long)cost.timed_ns, (long long)cost.paused_ns,
			 (long long)cost.pauses, (long long)cost.fixed_ns,
			 (long long)left, (long long)got, (long long)want);
}

static void what_fits_is_not_cut(void **state)
{
	(void)state;
	check_within(100, (struct bi_run_cost){1, 10, 0, 0, 0}, 3000, 100);
	check_within(100, (struct bi_run_cost){1, 10, 0, 0, 5}, 1005, 100);
}

static void what_does_not_fit_is_cut(void **state)
{
	(void)state;
	check_within(100, (struct bi_run_cost){1, 10, 0, 0, 0}, 500, 50);
	check_within(100, (struct bi_run_cost){2, 20, 0, 0, 100}, 600, 50);
	/* No more than what ran: nothing to learn. */
	check_within(100, (struct bi_run_cost){10, 100, 0, 0, 0}, 100, 0);
	check_within(100, (struct bi_run_cost){10, 100, 0, 0, 0}, 109, 0);
	check_within(100, (struct bi_run_cost){10, 100, 0, 0, 0}, 110, 11);
	check_within(100, (struct bi_run_cost){10, 100, 0, 0, 50}, 50, 0);
	check_within(100, (struct bi_run_cost){10, 100, 0, 0, 0}, -1, 0);
}

static void pauses_of_every_iteration_grow_with_it(void **state)
{
	(void)state;
	/* 10 iterations, each 1 timed and 9 paused: 10 an iteration. */
	check_within(1000, (struct bi_run_cost){10, 10, 90, 10, 0}, 1000, 100);
	check_within(1000, (struct bi_run_cost){10, 10, 90, 6, 0}, 1000, 100);
	/* One pause of 90 in ten iterations is set-up: (1000-90)/1. */
	check_within(1000, (struct bi_run_cost){10, 10, 90, 1, 0}, 1000, 910);
	check_within(1000, (struct bi_run_cost){10, 10, 90, 5, 0}, 1000, 910);
}

static void one_pause_in_one_iteration_is_tried_with_two(void **state)
{
	(void)state;
	check_within(100, (struct bi_run_cost){1, 10, 90, 1, 0}, 150, 2);
	check_within(1, (struct bi_run_cost){1, 10, 90, 1, 0}, 150, 1);
	/* Enough room: no need to guess. */
	check_within(100, (struct bi_run_cost){1, 10, 90, 1, 0}, 1000, 10);
}

static void a_run_that_took_no_time_fits_always(void **state)
{
	(void)state;
	check_within(100, (struct bi_run_cost){1, 0, 0, 0, 0}, 1, 100);
	check_within(100, (struct bi_run_cost){1, 0, 0, 0, 5}, 5, 0);
}

static void long_goals_do_not_overflow(void **state)
{
	(void)state;
	check_within(BI_PREDICT_MOST,
		     (struct bi_run_cost){BI_PREDICT_MOST - 1, 1, 0, 0, 0},
		     INT64_MAX, BI_PREDICT_MOST);
	assert_true(bi_predict_is_last(
		BI_PREDICT_MOST,
		&(struct bi_run_cost){1, INT64_MAX / 2, 0, 0, 0}, INT64_MAX));
}

static void a_run_is_the_last_when_none_fits_behind_it(void **state)
{
	const struct bi_run_cost cheap = {1, 10, 0, 0, 0};
	const struct bi_run_cost set_up = {1, 10, 0, 0, 400};

	(void)state;
	assert_false(bi_predict_is_last(10, &cheap, 101));
	assert_true(bi_predict_is_last(10, &cheap, 100));
	/* Its own set-up and that of the run behind it. */
	assert_false(bi_predict_is_last(10, &set_up, 901));
	assert_true(bi_predict_is_last(10, &set_up, 900));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_asks_for_a_fifth_more_than_the_rate_says),
		cmocka_unit_test(it_grows_at_most_a_hundredfold),
		cmocka_unit_test(it_grows_by_one_at_least),
		cmocka_unit_test(it_stops_at_a_billion),
		cmocka_unit_test(a_clock_that_stood_still_counts_as_one_ns),
		cmocka_unit_test(a_goal_of_minutes_does_not_overflow),
		cmocka_unit_test(free_steps_are_not_held_to_a_hundredfold),
		cmocka_unit_test(what_fits_is_not_cut),
		cmocka_unit_test(what_does_not_fit_is_cut),
		cmocka_unit_test(pauses_of_every_iteration_grow_with_it),
		cmocka_unit_test(one_pause_in_one_iteration_is_tried_with_two),
		cmocka_unit_test(a_run_that_took_no_time_fits_always),
		cmocka_unit_test(long_goals_do_not_overflow),
		cmocka_unit_test(a_run_is_the_last_when_none_fits_behind_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
