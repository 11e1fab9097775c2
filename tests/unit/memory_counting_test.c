/* src/memory/counting.c, with counters of our own making */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <benchkit/counter.h>
#include <cmocka.h>
#include <string.h>

#include "memory/counting.h"
#include "memory/sanitizer.h"

/* What the test of a counter allocates, four times. */
enum { TEST_BYTES = 4 * sizeof("does it tick?") + 64 };

/* Grows by STEP at every read, and while DISTURBED by more. */
static uint64_t calls, step_allocs, step_bytes, step_frees, disturbed;

static void read_stepping(uint64_t *allocs, uint64_t *bytes, uint64_t *frees)
{
	calls++;
	*allocs = calls * step_allocs + (calls <= disturbed ? calls : 0);
	*bytes = calls * step_bytes;
	*frees = calls * step_frees;
}

static const struct bench_counter stepping = {
	.version = BENCH_COUNTER_VERSION,
	.read = read_stepping,
};
static const struct bench_counter old = {
	.version = 0,
	.read = read_stepping,
};

static void use(const struct bench_counter *counter, uint64_t allocs,
		uint64_t bytes, uint64_t frees)
{
	calls = 0;
	disturbed = 0;
	step_allocs = allocs;
	step_bytes = bytes;
	step_frees = frees;
	bench_use_counter(NULL);
	if (counter != NULL)
		bench_use_counter(counter);
}

/* COUNTER is refused for a REASON with this in it.  In a sanitizer's build its
 * hooks stand in for it, or are refused themselves. */
static void check_refused(const struct bench_counter *counter, uint64_t allocs,
			  uint64_t bytes, uint64_t frees, const char *reason)
{
	struct bi_counts counts = {1, 2, 3};

	use(counter, allocs, bytes, frees);
	if (bi_counting_read(&counts)) {
		assert_true(bi_sanitizer_present());
		assert_null(bi_counting_unavailable_reason());
		return;
	}
	if (bi_sanitizer_present())
		reason = "sanitizer";
	assert_int_equal(counts.allocs, 1);
	assert_int_equal(counts.bytes, 2);
	assert_int_equal(counts.frees, 3);
	assert_non_null(bi_counting_unavailable_reason());
	assert_non_null(strstr(bi_counting_unavailable_reason(), reason));
}

static void without_a_counter_nothing_is_counted(void **state)
{
	(void)state;
	check_refused(NULL, 0, 0, 0, "without libbenchkit-count");
}

static void a_counter_that_stands_still_is_refused(void **state)
{
	(void)state;
	check_refused(&stepping, 0, 0, 0, "not the counted one");
	check_refused(&stepping, 3, TEST_BYTES, 4, "not the counted one");
	check_refused(&stepping, 4, TEST_BYTES - 1, 4, "not the counted one");
	check_refused(&stepping, 4, TEST_BYTES, 3, "not the counted one");
}

static void a_counter_that_counts_twice_is_refused(void **state)
{
	(void)state;
	check_refused(&stepping, 5, TEST_BYTES, 4, "not the counted one");
	check_refused(&stepping, 4, 2 * TEST_BYTES, 4, "not the counted one");
	check_refused(&stepping, 4, TEST_BYTES, 8, "not the counted one");
}

/* As when another thread allocates during the first attempts. */
static void a_counter_that_is_disturbed_is_tested_again(void **state)
{
	(void)state;
	use(&stepping, 4, TEST_BYTES, 4);
	disturbed = 5;
	assert_null(bi_counting_unavailable_reason());
	use(&stepping, 4, TEST_BYTES, 4);
	disturbed = 1000;
	if (bi_sanitizer_present())
		return;
	assert_non_null(bi_counting_unavailable_reason());
}

static void an_older_counter_is_refused(void **state)
{
	(void)state;
	check_refused(&old, 4, TEST_BYTES, 4, "older");
}

static void a_counter_that_ticks_is_read(void **state)
{
	struct bi_counts counts, next;

	(void)state;
	use(&stepping, 4, TEST_BYTES, 4);
	assert_null(bi_counting_unavailable_reason());
	assert_true(bi_counting_read(&counts));
	assert_true(bi_counting_read(&next));
	assert_int_equal(counts.allocs, calls * 4 - 4);
	assert_int_equal(next.allocs, calls * 4);
	assert_int_equal(next.bytes, calls * TEST_BYTES);
	assert_int_equal(next.frees, calls * 4);
}

static void the_first_counter_is_kept(void **state)
{
	(void)state;
	use(&stepping, 4, TEST_BYTES, 4);
	bench_use_counter(&old);
	assert_null(bi_counting_unavailable_reason());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_counter_nothing_is_counted),
		cmocka_unit_test(a_counter_that_stands_still_is_refused),
		cmocka_unit_test(a_counter_that_counts_twice_is_refused),
		cmocka_unit_test(a_counter_that_is_disturbed_is_tested_again),
		cmocka_unit_test(an_older_counter_is_refused),
		cmocka_unit_test(a_counter_that_ticks_is_read),
		cmocka_unit_test(the_first_counter_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
