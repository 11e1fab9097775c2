/* src/memory/boot.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "memory/boot.h"

static void check_block(const char *p, size_t size, size_t align)
{
	size_t i;

	assert_non_null(p);
	assert_int_equal((uintptr_t)p % align, 0);
	assert_true(bi_boot_owns(p));
	assert_true(bi_boot_readable(p) >= size);
	for (i = 0; i < size; i++)
		assert_int_equal(p[i], 0);
}

static void blocks_are_zeroed_aligned_and_apart(void **state)
{
	char *a = bi_boot_alloc(1, 16);
	char *b = bi_boot_alloc(100, 16);
	char *c = bi_boot_alloc(10, 4096);

	(void)state;
	check_block(a, 1, 16);
	check_block(b, 100, 16);
	check_block(c, 10, 4096);
	memset(a, 'a', 1);
	memset(c, 'c', 10);
	check_block(b, 100, 16);
	assert_true(b >= a + 1 && c >= b + 100);
}

static void others_are_not_owned(void **state)
{
	int local;

	(void)state;
	assert_false(bi_boot_owns(NULL));
	assert_false(bi_boot_owns(&local));
	assert_false(bi_boot_owns(bi_boot_arena - 1));
	assert_false(bi_boot_owns(bi_boot_arena + BI_BOOT_BYTES));
}

static void an_arena_that_is_used_up_says_so(void **state)
{
	char *p, *last = NULL;

	(void)state;
	errno = 0;
	assert_null(bi_boot_alloc(BI_BOOT_BYTES + 1, 16));
	assert_int_equal(errno, ENOMEM);
	assert_null(bi_boot_alloc(SIZE_MAX, 16));
	while ((p = bi_boot_alloc(0, 1)) != NULL) {
		assert_true(bi_boot_owns(p));
		last = p;
	}
	assert_ptr_equal(last, bi_boot_arena + BI_BOOT_BYTES - 1);
	assert_int_equal(bi_boot_readable(last), 1);
	errno = 0;
	assert_null(bi_boot_alloc(1, 4096));
	assert_int_equal(errno, ENOMEM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_are_zeroed_aligned_and_apart),
		cmocka_unit_test(others_are_not_owned),
		cmocka_unit_test(an_arena_that_is_used_up_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
