/* src/base/grow.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "base/grow.h"

static void an_array_grows_out_of_nothing_and_keeps_what_it_has(void **state)
{
	size_t cap = 0, count, moves = 0;
	int *array = NULL;

	(void)state;
	for (count = 0; count < 100000; count++) {
		size_t before = cap;
		int *grown = bi_grow(array, &cap, count + 1, sizeof(*grown));

		assert_non_null(grown);
		assert_true(cap > count);
		moves += cap != before;
		array = grown;
		array[count] = (int)count;
	}
	for (count = 0; count < 100000; count++)
		assert_int_equal(array[count], count);
	/* In steps that grow with it. */
	assert_true(moves < 40);
	free(array);
}

static void what_is_large_enough_stays_where_it_is(void **state)
{
	size_t cap = 0;
	char *array = bi_grow(NULL, &cap, 10, 1);

	(void)state;
	assert_true(cap >= 10);
	assert_ptr_equal(bi_grow(array, &cap, 10, 1), array);
	assert_ptr_equal(bi_grow(array, &cap, 1, 1), array);
	free(array);
}

static void a_need_beyond_the_next_step_is_met_at_once(void **state)
{
	size_t cap = 0;
	char *array = bi_grow(NULL, &cap, 12345, 1);

	(void)state;
	assert_non_null(array);
	assert_int_equal(cap, 12345);
	free(array);
}

/* NEED elements of SIZE are more than there can be. */
static void check_refused(size_t cap, size_t need, size_t size)
{
	size_t before = cap;

	assert_null(bi_grow(NULL, &cap, need, size));
	assert_int_equal(cap, before);
}

static void sizes_that_overflow_are_refused(void **state)
{
	(void)state;
	check_refused(0, SIZE_MAX, 2);
	check_refused(0, SIZE_MAX / 8 + 1, 8);
	check_refused(SIZE_MAX / 8, SIZE_MAX / 8 + 1, 8);
	check_refused(SIZE_MAX - 1, SIZE_MAX, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			an_array_grows_out_of_nothing_and_keeps_what_it_has),
		cmocka_unit_test(what_is_large_enough_stays_where_it_is),
		cmocka_unit_test(a_need_beyond_the_next_step_is_met_at_once),
		cmocka_unit_test(sizes_that_overflow_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
