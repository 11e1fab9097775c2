/* src/harness/nameset.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/nameset.h"

static void an_empty_set_has_nothing(void **state)
{
	struct bi_nameset set = {0};
	const char **list = bi_nameset_list(&set);

	(void)state;
	assert_non_null(list);
	free(list);
	assert_false(bi_nameset_has(&set, ""));
	assert_int_equal(bi_nameset_count(&set, "a"), 0);
	assert_int_equal(set.size, 0);
	bi_nameset_release(&set);
}

static void counters_count_each_for_itself(void **state)
{
	struct bi_nameset set = {0};
	char name[] = "a";

	(void)state;
	*bi_nameset_counter(&set, name) += 2;
	name[0] = 'b'; /* the set has a copy */
	++*bi_nameset_counter(&set, "a");
	assert_int_equal(*bi_nameset_counter(&set, name), 0);
	assert_int_equal(bi_nameset_count(&set, "a"), 3);
	assert_int_equal(set.size, 2);
	assert_true(bi_nameset_has(&set, "a"));
	assert_false(bi_nameset_has(&set, "b"));
	bi_nameset_release(&set);
}

static void adding_twice_is_adding_once(void **state)
{
	struct bi_nameset set = {0};

	(void)state;
	assert_int_equal(bi_nameset_add(&set, "a"), 0);
	assert_int_equal(bi_nameset_add(&set, "a"), 0);
	assert_int_equal(bi_nameset_count(&set, "a"), 1);
	assert_int_equal(set.size, 1);
	bi_nameset_release(&set);
	assert_int_equal(set.size, 0);
	assert_false(bi_nameset_has(&set, "a"));
}

static void the_list_is_sorted_and_complete(void **state)
{
	struct bi_nameset set = {0};
	const char **list;
	char name[16];
	size_t i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "n%zu", i * 7919 % 1000);
		assert_int_equal(bi_nameset_add(&set, name), 0);
	}
	assert_int_equal(set.size, 1000);
	list = bi_nameset_list(&set);
	for (i = 1; i < set.size; i++)
		assert_true(strcmp(list[i - 1], list[i]) < 0);
	assert_string_equal(list[0], "n0");
	assert_string_equal(list[999], "n999");
	free(list);
	bi_nameset_release(&set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_set_has_nothing),
		cmocka_unit_test(counters_count_each_for_itself),
		cmocka_unit_test(adding_twice_is_adding_once),
		cmocka_unit_test(the_list_is_sorted_and_complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
