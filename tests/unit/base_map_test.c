/* src/base/map.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/map.h"

static bool equal(const void *item, const void *key)
{
	return strcmp(item, key) == 0;
}

static void what_was_added_is_found(void **state)
{
	static char name[5000][16];
	struct bi_map map = BI_MAP_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < 5000; i++) {
		snprintf(name[i], sizeof(name[i]), "name%zu", i);
		assert_null(bi_map_find(&map, bi_map_hash(name[i],
							  strlen(name[i])),
					equal, name[i]));
		assert_int_equal(bi_map_add(&map,
					    bi_map_hash(name[i],
							strlen(name[i])),
					    name[i]),
				 0);
	}
	assert_int_equal(map.count, 5000);
	for (i = 0; i < 5000; i++)
		assert_ptr_equal(bi_map_find(&map,
					     bi_map_hash(name[i],
							 strlen(name[i])),
					     equal, name[i]),
				 name[i]);
	bi_map_release(&map);
}

static void equal_hashes_do_not_confuse_items(void **state)
{
	static char a[] = "a", b[] = "b", c[] = "c";
	struct bi_map map = BI_MAP_INIT;

	(void)state;
	assert_int_equal(bi_map_add(&map, 7, a), 0);
	assert_int_equal(bi_map_add(&map, 7, b), 0);
	assert_ptr_equal(bi_map_find(&map, 7, equal, "b"), b);
	assert_null(bi_map_find(&map, 7, equal, c));
	bi_map_release(&map);
}

static void a_hash_depends_on_every_byte_and_on_the_length(void **state)
{
	char text[40] = {0};
	uint32_t zero = bi_map_hash(text, sizeof(text));
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(text); i++) {
		text[i] = 1;
		assert_int_not_equal(bi_map_hash(text, sizeof(text)), zero);
		text[i] = 0;
		assert_int_not_equal(bi_map_hash(text, i), zero);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_added_is_found),
		cmocka_unit_test(equal_hashes_do_not_confuse_items),
		cmocka_unit_test(a_hash_depends_on_every_byte_and_on_the_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
