/* src/harness/metric.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "base/error.h"
#include "harness/metric.h"

static void check_unit(const char *unit, int want)
{
	struct bi_metrics metrics = {0};
	int got = bi_metrics_set(&metrics, unit, 1);

	if (got != want || metrics.count != (want == 0))
		fail_msg("unit '%s': %d, want %d", unit, got, want);
	bi_metrics_release(&metrics);
}

static void a_unit_is_one_word(void **state)
{
	(void)state;
	check_unit("cmp/op", 0);
	check_unit("\xc2\xb5s", 0);
	check_unit("", BENCH_EINPUT);
	check_unit("a b", BENCH_EINPUT);
	check_unit("a\t", BENCH_EINPUT);
	check_unit("\nb", BENCH_EINPUT);
	check_unit("a\xc2\xa0z", BENCH_EINPUT);     /* U+00A0 */
	check_unit("a\xe3\x80\x80z", BENCH_EINPUT); /* U+3000 */
}

static void metrics_are_sorted_by_the_bytes_of_their_unit(void **state)
{
	static const char *const units[] = {"zeta", "alpha", "Beta", "a", "ns/op"};
	static const char *const want[] = {"Beta", "a", "alpha", "ns/op", "zeta"};
	struct bi_metrics metrics = {0};
	size_t i;

	(void)state;
	for (i = 0; i < 5; i++)
		assert_int_equal(
			bi_metrics_set(&metrics, units[i], (double)i), 0);
	assert_int_equal(metrics.count, 5);
	for (i = 0; i < 5; i++)
		assert_string_equal(metrics.list[i].unit, want[i]);
	assert_true(metrics.list[4].value == 0);
	bi_metrics_release(&metrics);
}

static void a_repeated_unit_replaces(void **state)
{
	struct bi_metrics metrics = {0};

	(void)state;
	assert_int_equal(bi_metrics_set(&metrics, "x", 1), 0);
	assert_int_equal(bi_metrics_set(&metrics, "y", 2), 0);
	assert_int_equal(bi_metrics_set(&metrics, "x", 3), 0);
	assert_int_equal(metrics.count, 2);
	assert_true(metrics.list[0].value == 3);
	bi_metrics_release(&metrics);
}

static void reset_forgets_and_can_be_filled_again(void **state)
{
	struct bi_metrics metrics = {0};
	char unit[16];
	int i, round;

	(void)state;
	for (round = 0; round < 2; round++) {
		for (i = 0; i < 50; i++) {
			snprintf(unit, sizeof(unit), "u%02d", i);
			assert_int_equal(bi_metrics_set(&metrics, unit, i), 0);
		}
		assert_int_equal(metrics.count, 50);
		assert_string_equal(metrics.list[49].unit, "u49");
		bi_metrics_reset(&metrics);
		assert_int_equal(metrics.count, 0);
	}
	bi_metrics_release(&metrics);
}

static void an_offer_does_not_replace(void **state)
{
	struct bi_metrics metrics = {0};

	(void)state;
	assert_int_equal(bi_metrics_offer(&metrics, "x/op", 1), 0);
	assert_int_equal(bi_metrics_offer(&metrics, "x/op", 2), 0);
	assert_int_equal(bi_metrics_offer(&metrics, "a b", 2), BENCH_EINPUT);
	assert_int_equal(metrics.count, 1);
	assert_true(metrics.list[0].value == 1);
	bi_metrics_release(&metrics);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_unit_is_one_word),
		cmocka_unit_test(metrics_are_sorted_by_the_bytes_of_their_unit),
		cmocka_unit_test(a_repeated_unit_replaces),
		cmocka_unit_test(reset_forgets_and_can_be_filled_again),
		cmocka_unit_test(an_offer_does_not_replace),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
