/* src/base/intern.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/intern.h"

static void equal_strings_are_one_pointer(void **state)
{
	struct bi_intern pool = BI_INTERN_INIT;
	const struct bi_string *a, *b;

	(void)state;
	a = bi_intern(&pool, "abc", 3);
	b = bi_intern(&pool, "abcd", 4);
	assert_ptr_equal(bi_intern(&pool, "abcx", 3), a);
	assert_ptr_not_equal(a, b);
	assert_string_equal(a->text, "abc");
	assert_int_equal(a->len, 3);
	bi_intern_release(&pool);
}

static void strings_are_numbered_as_they_come(void **state)
{
	struct bi_intern pool = BI_INTERN_INIT;

	(void)state;
	assert_int_equal(bi_intern(&pool, "x", 1)->id, 0);
	assert_int_equal(bi_intern(&pool, NULL, 0)->id, 1);
	assert_int_equal(bi_intern(&pool, "x", 1)->id, 0);
	assert_int_equal(bi_intern(&pool, "x\0y", 3)->id, 2);
	assert_int_equal(bi_intern_count(&pool), 3);
	bi_intern_release(&pool);
}

static void an_array_of_pointers_can_be_read_back(void **state)
{
	struct bi_intern pool = BI_INTERN_INIT;
	int x, y;
	void *pair[] = {&x, &y};
	const struct bi_string *tuple;

	(void)state;
	tuple = bi_intern(&pool, pair, sizeof(pair));
	assert_int_equal((uintptr_t)tuple->text % sizeof(void *), 0);
	assert_ptr_equal(((void *const *)(const void *)tuple->text)[1], &y);
	bi_intern_release(&pool);
}

static void a_string_of_four_gigabytes_is_refused(void **state)
{
	struct bi_intern pool = BI_INTERN_INIT;

	(void)state;
	assert_null(bi_intern(&pool, "", UINT32_MAX));
	bi_intern_release(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_strings_are_one_pointer),
		cmocka_unit_test(strings_are_numbered_as_they_come),
		cmocka_unit_test(an_array_of_pointers_can_be_read_back),
		cmocka_unit_test(a_string_of_four_gigabytes_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
