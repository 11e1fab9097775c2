/* src/proc/named.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "proc/named.h"

static struct bi_intern pool;

static void name_keys(struct bi_named *named, struct bi_arena *arena,
		      const char *const *keys)
{
	struct bi_extract extract;

	for (; *keys != NULL; keys++) {
		assert_int_equal(bi_extract_init(&extract, &pool, *keys,
						 strlen(*keys)),
				 0);
		assert_int_equal(bi_named_add(named, arena, &extract), 0);
	}
}

static void check(const char *const *keys, const char *full, const char *want)
{
	struct bi_arena arena = BI_ARENA_INIT;
	struct bi_named named = {0};
	struct bi_buf got = BI_BUF_INIT;

	name_keys(&named, &arena, keys);
	assert_int_equal(bi_named_strip(&named,
					bi_intern(&pool, full, strlen(full)),
					&got),
			 0);
	if (strcmp(bi_buf_str(&got), want) != 0)
		fail_msg("'%s': '%s', want '%s'", full, bi_buf_str(&got), want);
	bi_buf_release(&got);
	bi_arena_release(&arena);
}

static void named_parts_are_taken_out_of_the_name(void **state)
{
	const char *const none[] = {NULL};
	const char *const name[] = {".name", NULL};
	const char *const size[] = {"/size", NULL};
	const char *const procs[] = {"/gomaxprocs", NULL};
	const char *const all[] = {"/size", ".name", "/gomaxprocs", NULL};

	(void)state;
	check(none, "A/size=1-8", "A/size=1-8");
	check(name, "A/size=1-8", "*/size=1-8");
	check(size, "A/size=1/x/size=2-8", "A/x-8");
	check(size, "A/sizes=1", "A/sizes=1");
	check(procs, "A/size=1-8", "A/size=1");
	check(procs, "A/gomaxprocs=4/x", "A/x");
	check(all, "A/size=1-8", "*");
	bi_intern_release(&pool);
}

static void named_keys_are_no_configuration(void **state)
{
	const char *const keys[] = {"goos", "/pkg", ".config", NULL};
	struct bi_arena arena = BI_ARENA_INIT;
	struct bi_named named = {0};

	(void)state;
	name_keys(&named, &arena, keys);
	assert_false(bi_named_leaves_config(&named,
					    bi_intern(&pool, "goos", 4)));
	assert_true(bi_named_leaves_config(&named,
					   bi_intern(&pool, "pkg", 3)));
	assert_false(bi_named_leaves_config(&named,
					    bi_intern(&pool, ".file", 5)));
	assert_true(named.configs);
	assert_false(named.full_name);
	bi_arena_release(&arena);
	bi_intern_release(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(named_parts_are_taken_out_of_the_name),
		cmocka_unit_test(named_keys_are_no_configuration),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
