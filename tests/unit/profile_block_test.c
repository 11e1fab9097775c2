/* src/profile/block.c and random.c: which waits are recorded, and for how many
 * they stand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "profile/block.h"
#include "profile/kind.h"
#include "profile/random.h"
#include "profile/stack.h"

/* Of the running recording. */
static void sum(int64_t *count, int64_t *ns)
{
	struct bi_profile profile = BI_PROFILE_INIT;
	size_t i;

	*count = 0;
	*ns = 0;
	assert_int_equal(bi_block_kind.collect(&profile, NULL), 0);
	for (i = 0; i < profile.sample_count; i++) {
		*count += profile.samples[i].value[0];
		*ns += profile.samples[i].value[1];
	}
	bi_profile_release(&profile);
}

static void record(int64_t rate, int64_t ns, int times, int64_t *count,
		   int64_t *total)
{
	bi_stack_prepare();
	assert_int_equal(bi_block_kind.start(rate, NULL), 0);
	while (times-- > 0)
		bi_block_add(ns, __builtin_return_address(0));
	bi_block_kind.stop();
	sum(count, total);
	bi_block_kind.forget();
}

static void all_are_recorded_at_rate_1(void **state)
{
	int64_t count, ns;

	(void)state;
	record(1, 7, 1000, &count, &ns);
	assert_int_equal(count, 1000);
	assert_int_equal(ns, 7000);
	/* A clock too coarse to see it. */
	record(1, 0, 10, &count, &ns);
	assert_int_equal(count, 10);
}

static void what_is_as_long_as_the_rate_is_recorded(void **state)
{
	int64_t count, ns;

	(void)state;
	record(1000, 1000, 100, &count, &ns);
	assert_int_equal(count, 100);
	assert_int_equal(ns, 100000);
}

/* 100000 waits of 30 ns at rate 1000: each is recorded with p = 0.03 and worth
 * 1/p; the standard deviation of the sum is sqrt((1 - p) / p / 100000) of it,
 * 1.8 %, and that of the fraction left to chance is far below.  Six of them. */
static void short_waits_are_right_on_average(void **state)
{
	int64_t count, ns;

	(void)state;
	record(1000, 30, 100000, &count, &ns);
	if (count < 89000 || count > 111000)
		fail_msg("%lld waits, want about 100000", (long long)count);
	if (ns < 89000 * 30 || ns > 111000 * 30)
		fail_msg("%lld ns, want about 3000000", (long long)ns);
}

static void an_absurd_rate_does_not_overflow(void **state)
{
	int64_t count, ns;

	(void)state;
	record(INT64_MAX, INT64_MAX / 2, 2, &count, &ns);
	assert_int_equal(count, 2);
}

static void nothing_is_recorded_when_stopped(void **state)
{
	int64_t count, ns;

	(void)state;
	bi_block_add(100, __builtin_return_address(0));
	record(1, 1, 0, &count, &ns);
	assert_int_equal(count, 0);
}

/* Six standard deviations of a binomial distribution. */
static void each_number_is_as_likely(void **state)
{
	int seen[5] = {0}, i;

	(void)state;
	for (i = 0; i < 50000; i++)
		seen[bi_random_below(5)]++;
	for (i = 0; i < 5; i++)
		if (seen[i] < 10000 - 540 || seen[i] > 10000 + 540)
			fail_msg("%d times %d, want about 10000", seen[i], i);
	assert_int_equal(bi_random_below(1), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_are_recorded_at_rate_1),
		cmocka_unit_test(what_is_as_long_as_the_rate_is_recorded),
		cmocka_unit_test(short_waits_are_right_on_average),
		cmocka_unit_test(an_absurd_rate_does_not_overflow),
		cmocka_unit_test(nothing_is_recorded_when_stopped),
		cmocka_unit_test(each_number_is_as_likely),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
