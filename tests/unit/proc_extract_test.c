/* src/proc/extract.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "proc/extract.h"

static struct bi_intern pool;

static const struct bi_string *string(const char *text)
{
	return bi_intern(&pool, text, strlen(text));
}

static void check(const char *key, enum bi_extract_kind kind, const char *want)
{
	struct bi_pair pair[] = {{string(".file"), string("f.txt")},
				 {string("goos"), string("linux")}};
	struct bi_record record = {
		.config = bi_intern(&pool, pair, sizeof(pair)),
		.name = string("A/x=1/y=2/x=3-8"),
		.measures = string(""),
	};
	struct bi_extract extract;
	struct bi_slice got;

	assert_int_equal(bi_extract_init(&extract, &pool, key, strlen(key)),
			 0);
	assert_int_equal(extract.kind, kind);
	got = bi_extract_value(&extract, &record);
	if (got.len != strlen(want) || memcmp(got.text, want, got.len) != 0)
		fail_msg("'%s': '%.*s', want '%s'", key, (int)got.len,
			 got.text, want);
}

static void keys_name_parts_of_a_result(void **state)
{
	(void)state;
	check(".name", BI_EXTRACT_NAME, "A");
	check(".fullname", BI_EXTRACT_FULL_NAME, "A/x=1/y=2/x=3-8");
	check("/x", BI_EXTRACT_PART, "1");
	check("/y", BI_EXTRACT_PART, "2");
	check("/z", BI_EXTRACT_PART, "");
	check("/gomaxprocs", BI_EXTRACT_PROCS, "8");
	check(".file", BI_EXTRACT_CONFIG, "f.txt");
	check("goos", BI_EXTRACT_CONFIG, "linux");
	check("goo", BI_EXTRACT_CONFIG, "");
	check(".nosuch", BI_EXTRACT_CONFIG, "");
	check(".config", BI_EXTRACT_CONFIGS, "");
	check(".unit", BI_EXTRACT_UNIT, "");
	bi_intern_release(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_name_parts_of_a_result),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
