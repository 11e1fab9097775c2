/* src/harness/timer.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harness/timer.h"

#include "fake.h"

static void check(const struct bi_timer *timer, int64_t elapsed,
		  uint64_t allocs, int64_t paused, int64_t pauses)
{
	if (bi_timer_elapsed(timer) != elapsed ||
	    timer->counted.allocs != allocs ||
	    timer->counted.bytes != 8 * allocs || timer->paused_ns != paused ||
	    timer->pauses != pauses)
		fail_msg("elapsed %lld, allocs %llu, paused %lld in %lld; want "
			 "%lld, %llu, %lld in %lld",
			 (long long)bi_timer_elapsed(timer),
			 (unsigned long long)timer->counted.allocs,
			 (long long)timer->paused_ns, (long long)timer->pauses,
			 (long long)elapsed, (unsigned long long)allocs,
			 (long long)paused, (long long)pauses);
}

/* A timer that runs, from zero. */
static struct bi_timer begin(void)
{
	struct bi_timer timer = {.on = true};

	bi_timer_reset(&timer);
	return timer;
}

static void it_adds_up_what_it_ran(void **state)
{
	struct bi_timer timer = begin();

	(void)state;
	pass(10, 1);
	check(&timer, 10, 0, 0, 0); /* counts are taken when it stops */
	bi_timer_stop(&timer);
	check(&timer, 10, 1, 0, 0);
	pass(100, 5);
	bi_timer_start(&timer);
	pass(20, 2);
	bi_timer_stop(&timer);
	check(&timer, 30, 3, 100, 1);
}

static void stop_and_start_twice_are_once(void **state)
{
	struct bi_timer timer = begin();

	(void)state;
	bi_timer_start(&timer);
	pass(10, 1);
	bi_timer_stop(&timer);
	pass(5, 1);
	bi_timer_stop(&timer);
	pass(5, 1);
	bi_timer_start(&timer);
	bi_timer_start(&timer);
	bi_timer_stop(&timer);
	check(&timer, 10, 1, 10, 1);
}

static void reset_keeps_on_and_off(void **state)
{
	struct bi_timer timer = begin();

	(void)state;
	pass(10, 1);
	bi_timer_reset(&timer);
	assert_true(timer.on);
	pass(7, 2);
	bi_timer_stop(&timer);
	check(&timer, 7, 2, 0, 0);
	bi_timer_reset(&timer);
	assert_false(timer.on);
	pass(50, 1);
	bi_timer_start(&timer);
	pass(3, 1);
	bi_timer_stop(&timer);
	/* The pause counts from the reset. */
	check(&timer, 3, 1, 50, 1);
}

static void holding_is_no_pause(void **state)
{
	struct bi_timer timer = begin();
	bool on, again;

	(void)state;
	pass(10, 1);
	on = bi_timer_hold(&timer);
	assert_true(on);
	pass(100, 10);
	again = bi_timer_hold(&timer);
	assert_false(again);
	bi_timer_release(&timer, again);
	assert_false(timer.on);
	bi_timer_release(&timer, on);
	assert_true(timer.on);
	pass(5, 1);
	bi_timer_stop(&timer);
	check(&timer, 15, 2, 0, 0);
	/* What was off stays off. */
	on = bi_timer_hold(&timer);
	assert_false(on);
	bi_timer_release(&timer, on);
	assert_false(timer.on);
}

static void counts_that_are_not_known_are_zero(void **state)
{
	struct bi_timer timer;

	(void)state;
	fake.no_counts = "a test";
	timer = begin();
	pass(10, 1);
	bi_timer_stop(&timer);
	check(&timer, 10, 0, 0, 0);
	fake.no_counts = NULL;
}

static void the_cost_of_a_run_has_three_parts(void **state)
{
	struct bi_instant began = bi_clock_now();
	struct bi_timer timer;
	struct bi_run_cost cost;

	(void)state;
	pass(1000, 0); /* set-up */
	timer = begin();
	pass(10, 0);
	bi_timer_stop(&timer);
	pass(100, 0);
	bi_timer_start(&timer);
	pass(10, 0);
	bi_timer_stop(&timer);
	pass(500, 0); /* clean-up */
	cost = bi_timer_cost(&timer, 2, began);
	assert_int_equal(cost.n, 2);
	assert_int_equal(cost.timed_ns, 20);
	assert_int_equal(cost.paused_ns, 100);
	assert_int_equal(cost.pauses, 1);
	assert_int_equal(cost.fixed_ns, 1500);
}

/* A timer that watches live bytes, of which there are 1000 before. */
static struct bi_timer begin_watched(void)
{
	struct bi_timer timer = {.on = true, .peak.watched = true};

	fake.live = fake.most = 1000;
	bi_timer_reset(&timer);
	return timer;
}

/* Live bytes rise by UP, then fall by DOWN. */
static void allocate(int64_t up, int64_t down)
{
	fake.live += up;
	if (fake.live > fake.most)
		fake.most = fake.live;
	fake.live -= down;
}

static void the_peak_is_above_the_last_reset(void **state)
{
	struct bi_timer timer = begin_watched();

	(void)state;
	allocate(500, 0);
	bi_timer_reset(&timer);
	allocate(30, 10);
	allocate(5, 25);
	bi_timer_stop(&timer);
	assert_int_equal(timer.peak.bytes, 30);
}

static void what_lives_while_the_timer_is_off_is_no_peak(void **state)
{
	struct bi_timer timer = begin_watched();

	(void)state;
	allocate(10, 0);
	bi_timer_stop(&timer);
	allocate(700, 700);
	bi_timer_start(&timer);
	allocate(20, 20);
	bi_timer_stop(&timer);
	assert_int_equal(timer.peak.bytes, 30);
}

static void what_is_freed_while_the_timer_is_off_is_gone(void **state)
{
	struct bi_timer timer = begin_watched();
	int i;

	(void)state;
	for (i = 0; i < 10; i++) {
		allocate(10, 0);
		bi_timer_stop(&timer);
		allocate(0, 10);
		bi_timer_start(&timer);
	}
	bi_timer_stop(&timer);
	assert_int_equal(timer.peak.bytes, 10);
}

static void what_the_harness_keeps_is_no_peak(void **state)
{
	struct bi_timer timer = begin_watched();
	bool outer, inner;

	(void)state;
	allocate(10, 0);
	outer = bi_timer_hold(&timer);
	allocate(100, 50);
	inner = bi_timer_hold(&timer);
	allocate(200, 100);
	bi_timer_release(&timer, inner);
	bi_timer_release(&timer, outer);
	allocate(7, 0);
	bi_timer_stop(&timer);
	assert_int_equal(timer.peak.bytes, 17);
}

static void a_timer_that_does_not_watch_has_no_peak(void **state)
{
	struct bi_timer timer = begin();

	(void)state;
	allocate(100, 0);
	bi_timer_stop(&timer);
	assert_int_equal(timer.peak.bytes, 0);
}

/* Work of 10 ns between start and stop, with a clock that takes 25. */
static void what_the_pair_costs_is_taken_off(void **state)
{
	struct bi_timer timer;
	int i;

	(void)state;
	fake.read_ns = 25;
	timer = (struct bi_timer){.pair_ps = bi_timer_calibrate(false)};
	assert_int_equal(timer.pair_ps, 25000);
	for (i = 0; i < 1000; i++) {
		bi_timer_start(&timer);
		pass(10, 0);
		bi_timer_stop(&timer);
	}
	fake.read_ns = 0;
	assert_int_equal(timer.elapsed_ns, 10000);
}

static void fractions_of_the_pair_add_up(void **state)
{
	struct bi_timer timer = {.pair_ps = 2500};
	int i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		bi_timer_start(&timer);
		pass(12, 0);
		bi_timer_stop(&timer);
	}
	assert_int_equal(timer.elapsed_ns, 9500);
}

static void less_than_nothing_is_nothing(void **state)
{
	struct bi_timer timer = {.pair_ps = 40000};

	(void)state;
	bi_timer_start(&timer);
	pass(10, 0);
	bi_timer_stop(&timer);
	assert_int_equal(timer.elapsed_ns, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_adds_up_what_it_ran),
		cmocka_unit_test(stop_and_start_twice_are_once),
		cmocka_unit_test(reset_keeps_on_and_off),
		cmocka_unit_test(holding_is_no_pause),
		cmocka_unit_test(counts_that_are_not_known_are_zero),
		cmocka_unit_test(the_cost_of_a_run_has_three_parts),
		cmocka_unit_test(the_peak_is_above_the_last_reset),
		cmocka_unit_test(what_lives_while_the_timer_is_off_is_no_peak),
		cmocka_unit_test(what_is_freed_while_the_timer_is_off_is_gone),
		cmocka_unit_test(what_the_harness_keeps_is_no_peak),
		cmocka_unit_test(a_timer_that_does_not_watch_has_no_peak),
		cmocka_unit_test(what_the_pair_costs_is_taken_off),
		cmocka_unit_test(fractions_of_the_pair_add_up),
		cmocka_unit_test(less_than_nothing_is_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
