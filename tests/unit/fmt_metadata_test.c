/* src/fmt/metadata.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "fmt/metadata.h"

static struct bi_intern pool;

static const struct bi_string *string(const char *text)
{
	return bi_intern(&pool, text, strlen(text));
}

static void check(struct bi_metadata *metadata, const char *unit,
		  const char *key, const char *want)
{
	const struct bi_string *value;

	assert_int_equal(bi_metadata_get(metadata,
					 (struct bi_slice){unit, strlen(unit)},
					 key, &value),
			 0);
	if (want == NULL)
		assert_null(value);
	else
		assert_string_equal(value->text, want);
}

static void the_first_value_stands(void **state)
{
	struct bi_metadata metadata = BI_METADATA_INIT;
	const struct bi_string *valid;

	(void)state;
	pool = (struct bi_intern)BI_INTERN_INIT;
	assert_int_equal(bi_metadata_set(&metadata, string("sec/op"),
					 string("k"), string("1"), &valid),
			 0);
	assert_string_equal(valid->text, "1");
	assert_int_equal(bi_metadata_set(&metadata, string("sec/op"),
					 string("k"), string("2"), &valid),
			 0);
	assert_string_equal(valid->text, "1");
	check(&metadata, "sec/op", "k", "1");
	check(&metadata, "ns/op", "k", "1");
	check(&metadata, "sec/op", "other", NULL);
	check(&metadata, "B/op", "k", NULL);
	bi_metadata_release(&metadata);
	bi_intern_release(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_value_stands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
