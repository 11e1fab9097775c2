/* src/base/parallel.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/parallel.h"

static atomic_int pieces;

static int take_pieces(void *arg)
{
	int *limit = arg;

	while (atomic_fetch_add(&pieces, 1) < *limit)
		;
	return 0;
}

static void all_pieces_are_taken(void **state)
{
	int limit = 1000;
	unsigned threads;

	(void)state;
	for (threads = 0; threads < 100; threads += 9) {
		atomic_store(&pieces, 0);
		assert_int_equal(bi_parallel(threads, take_pieces, &limit), 0);
		assert_true(atomic_load(&pieces) > limit);
	}
}

static int fail_once(void *arg)
{
	(void)arg;
	return atomic_fetch_add(&pieces, 1) == 0 ? BENCH_ENOMEM : 0;
}

static void a_failure_on_any_thread_is_returned(void **state)
{
	(void)state;
	atomic_store(&pieces, 0);
	assert_int_equal(bi_parallel(4, fail_once, NULL), BENCH_ENOMEM);
}

/* A pipeline whose job I makes I squared, in a window of slots. */
struct squares {
	size_t window;
	size_t slot[8];
	size_t next;   /* to be taken */
	size_t stop_at;
	atomic_size_t ran;
};

static void run(void *arg, size_t i)
{
	struct squares *squares = arg;

	squares->slot[i % squares->window] = i * i;
	atomic_fetch_add(&squares->ran, 1);
}

static int take(void *arg, size_t i)
{
	struct squares *squares = arg;

	assert_int_equal(i, squares->next);
	assert_int_equal(squares->slot[i % squares->window], i * i);
	squares->next++;
	return squares->next == squares->stop_at ? BENCH_EIO : 0;
}

static void results_are_taken_in_order(void **state)
{
	size_t window;

	(void)state;
	for (window = 1; window <= 8; window++) {
		struct squares squares = {.window = window};
		struct bi_pipeline pipeline = {200, window, run, take,
					       &squares};

		assert_int_equal(bi_pipeline(&pipeline, (unsigned)window), 0);
		assert_int_equal(squares.next, 200);
		assert_int_equal(atomic_load(&squares.ran), 200);
	}
}

static void taking_can_end_it(void **state)
{
	struct squares squares = {.window = 3, .stop_at = 5};
	struct bi_pipeline pipeline = {200, 3, run, take, &squares};

	(void)state;
	assert_int_equal(bi_pipeline(&pipeline, 3), BENCH_EIO);
	assert_int_equal(squares.next, 5);
	assert_true(atomic_load(&squares.ran) <= 5 + 3);
}

static void nothing_to_do_is_done(void **state)
{
	struct squares squares = {.window = 1};
	struct bi_pipeline pipeline = {0, 1, run, take, &squares};

	(void)state;
	assert_int_equal(bi_pipeline(&pipeline, 2), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_pieces_are_taken),
		cmocka_unit_test(a_failure_on_any_thread_is_returned),
		cmocka_unit_test(results_are_taken_in_order),
		cmocka_unit_test(taking_can_end_it),
		cmocka_unit_test(nothing_to_do_is_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
