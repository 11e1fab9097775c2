/* src/profile/blocks.c: what is remembered of a block. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "base/error.h"
#include "profile/blocks.h"

static struct bi_blocks blocks;

/* Addresses as an allocator gives them; nothing is there. */
static void *block(size_t i)
{
	return (void *)(uintptr_t)(0x10000 + 16 * i);
}

/* One of so many different things, each its own. */
static void *thing(size_t i)
{
	return (void *)(uintptr_t)(i + 1);
}

static int teardown(void **state)
{
	(void)state;
	bi_blocks_clear(&blocks);
	return 0;
}

static void put(size_t i, void *what, const void *want_before)
{
	void *before;

	assert_int_equal(bi_blocks_put(&blocks, block(i), what, &before), 0);
	assert_ptr_equal(before, want_before);
}

static void of_nothing_nothing_is_remembered(void **state)
{
	(void)state;
	assert_null(bi_blocks_take(&blocks, block(0)));
	assert_false(bi_blocks_may_have(&blocks, block(0)));
	assert_false(bi_blocks_may_have(&blocks, NULL));
}

static void what_is_put_is_taken_once(void **state)
{
	(void)state;
	put(1, thing(7), NULL);
	assert_true(bi_blocks_may_have(&blocks, block(1)));
	assert_null(bi_blocks_take(&blocks, block(2)));
	assert_ptr_equal(bi_blocks_take(&blocks, block(1)), thing(7));
	assert_false(bi_blocks_may_have(&blocks, block(1)));
	assert_null(bi_blocks_take(&blocks, block(1)));
}

static void the_last_put_holds(void **state)
{
	(void)state;
	put(1, thing(1), NULL);
	put(1, thing(2), thing(1));
	assert_ptr_equal(bi_blocks_take(&blocks, block(1)), thing(2));
	assert_false(bi_blocks_may_have(&blocks, block(1)));
}

/* Against an array that says what should be there. */
static void puts_and_takes_in_any_order_agree_with_a_model(void **state)
{
	enum { BLOCKS = 5000, STEPS = 200000 };
	static void *model[BLOCKS];
	uint32_t x = 2463534242;
	size_t i, step;

	(void)state;
	for (step = 0; step < STEPS; step++) {
		x ^= x << 13;
		x ^= x >> 17;
		x ^= x << 5;
		i = x % BLOCKS;
		if (x >> 31) {
			put(i, thing(step), model[i]);
			model[i] = thing(step);
		} else {
			assert_ptr_equal(bi_blocks_take(&blocks, block(i)),
					 model[i]);
			model[i] = NULL;
		}
	}
	for (i = 0; i < BLOCKS; i++) {
		assert_ptr_equal(bi_blocks_take(&blocks, block(i)), model[i]);
		model[i] = NULL;
		assert_false(bi_blocks_may_have(&blocks, block(i)));
	}
}

/* More than 255 to a class: the filter loses count, and says no more than "may
 * have". */
static void a_million_blocks_have_room(void **state)
{
	enum { MILLIONS = 1 << 24, STEP = 16 };
	size_t i;

	(void)state;
	for (i = 0; i < MILLIONS; i += STEP)
		put(i, thing(i), NULL);
	for (i = 0; i < MILLIONS; i += STEP) {
		assert_true(bi_blocks_may_have(&blocks, block(i)));
		assert_ptr_equal(bi_blocks_take(&blocks, block(i)), thing(i));
	}
	assert_int_equal(blocks.count, 0);
}

/* Without memory what is there stays, and may be taken and put again. */
static void without_memory_what_is_there_stays(void **state)
{
	struct rlimit before, none = {0, 0};
	size_t i = 0, count;
	void *old;

	(void)state;
	put(i++, thing(0), NULL);
	assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
	none.rlim_max = before.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_AS, &none), 0);
	while (i < 1000000 &&
	       bi_blocks_put(&blocks, block(i), thing(i), &old) == 0)
		i++;
	count = i;
	if (count < 1000000) {
		put(5, thing(5), thing(5));
		assert_ptr_equal(bi_blocks_take(&blocks, block(5)), thing(5));
		put(5, thing(5), NULL);
	}
	assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
	assert_true(count < 1000000);
	for (i = 0; i < count; i++)
		assert_ptr_equal(bi_blocks_take(&blocks, block(i)), thing(i));
}

static void who_holds_may_change(void **state)
{
	(void)state;
	bi_blocks_hold(&blocks);
	put(1, thing(1), NULL);
	assert_ptr_equal(bi_blocks_take(&blocks, block(1)), thing(1));
	bi_blocks_let_go(&blocks);
	put(1, thing(1), NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(of_nothing_nothing_is_remembered,
					  teardown),
		cmocka_unit_test_teardown(what_is_put_is_taken_once, teardown),
		cmocka_unit_test_teardown(the_last_put_holds, teardown),
		cmocka_unit_test_teardown(
			puts_and_takes_in_any_order_agree_with_a_model,
			teardown),
		cmocka_unit_test_teardown(a_million_blocks_have_room, teardown),
		cmocka_unit_test_teardown(without_memory_what_is_there_stays,
					  teardown),
		cmocka_unit_test_teardown(who_holds_may_change, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
