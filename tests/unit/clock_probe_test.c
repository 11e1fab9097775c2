/* src/clock/probe.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clock/probe.h"

#define SECOND INT64_C(1000000000)

static void check(int64_t ran, int64_t boot, int64_t date, int64_t suspended,
		  int64_t stepped)
{
	struct bi_clock_drift from = {.at_ns = 5, .boot_ns = 70, .date_ns = 900};
	struct bi_clock_drift to = {.at_ns = 5 + ran,
				    .boot_ns = 70 + boot,
				    .date_ns = 900 + date};

	if (bi_clock_suspended(&from, &to) != suspended ||
	    bi_clock_stepped(&from, &to) != stepped)
		fail_msg("suspended %lld, stepped %lld; want %lld, %lld",
			 (long long)bi_clock_suspended(&from, &to),
			 (long long)bi_clock_stepped(&from, &to),
			 (long long)suspended, (long long)stepped);
}

static void suspends_and_steps_are_told_apart(void **state)
{
	(void)state;
	check(SECOND, SECOND, SECOND, 0, 0);
	check(SECOND, SECOND + 1000, SECOND + 2000, 0, 0);
	check(SECOND, 61 * SECOND, 61 * SECOND, 60 * SECOND, 0);
	check(SECOND, SECOND, 2 * SECOND, 0, SECOND);
	check(SECOND, SECOND, -SECOND, 0, -2 * SECOND);
	check(SECOND, 61 * SECOND, 62 * SECOND, 60 * SECOND, SECOND);
}

static void a_date_corrected_by_degrees_is_no_step(void **state)
{
	(void)state;
	check(1000 * SECOND, 1000 * SECOND, 1000 * SECOND + SECOND / 2, 0, 0);
	check(1000 * SECOND, 1000 * SECOND, 1001 * SECOND, 0, SECOND);
}

static void this_clock_never_goes_back(void **state)
{
	struct bi_clock_facts facts;

	(void)state;
	bi_clock_probe(&facts);
	assert_int_equal(facts.backwards, 0);
	assert_true(facts.readings >= 100000);
	assert_true(facts.cost_ns > 0);
	assert_true(facts.resolution_ns >= 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(suspends_and_steps_are_told_apart),
		cmocka_unit_test(a_date_corrected_by_degrees_is_no_step),
		cmocka_unit_test(this_clock_never_goes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
