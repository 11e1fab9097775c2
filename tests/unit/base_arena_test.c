/* src/base/arena.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/arena.h"

static void memory_is_aligned_and_stays_where_it_is(void **state)
{
	struct bi_arena arena = BI_ARENA_INIT;
	char *block[1000];
	size_t i, j;

	(void)state;
	for (i = 0; i < 1000; i++) {
		block[i] = bi_arena_alloc(&arena, i);
		assert_non_null(block[i]);
		assert_int_equal((uintptr_t)block[i] % 8, 0);
		memset(block[i], (int)(i % 251), i);
	}
	for (i = 0; i < 1000; i++) {
		for (j = 0; j < i; j++)
			assert_int_equal((unsigned char)block[i][j], i % 251);
	}
	bi_arena_release(&arena);
}

static void a_large_piece_does_not_waste_the_block(void **state)
{
	struct bi_arena arena = BI_ARENA_INIT;
	char *before, *after;

	(void)state;
	before = bi_arena_alloc(&arena, 8);
	assert_non_null(bi_arena_alloc(&arena, 10 * 1000 * 1000));
	after = bi_arena_alloc(&arena, 8);
	assert_ptr_equal(after, before + 8);
	bi_arena_release(&arena);
}

static void a_copy_is_a_string(void **state)
{
	struct bi_arena arena = BI_ARENA_INIT;

	(void)state;
	assert_string_equal(bi_arena_copy(&arena, "abcdef", 3), "abc");
	assert_string_equal(bi_arena_copy(&arena, NULL, 0), "");
	bi_arena_release(&arena);
}

static void an_impossible_size_is_refused(void **state)
{
	struct bi_arena arena = BI_ARENA_INIT;

	(void)state;
	assert_null(bi_arena_alloc(&arena, SIZE_MAX));
	assert_null(bi_arena_alloc(&arena, SIZE_MAX / 2 + 1));
	assert_null(bi_arena_copy(&arena, "", SIZE_MAX));
	bi_arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_aligned_and_stays_where_it_is),
		cmocka_unit_test(a_large_piece_does_not_waste_the_block),
		cmocka_unit_test(a_copy_is_a_string),
		cmocka_unit_test(an_impossible_size_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
