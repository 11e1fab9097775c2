/* src/profile/query.c: what the query of a URL says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <benchkit/error.h>

#include "profile/query.h"

/* WANT NULL: there is none. */
static void check(const char *query, const char *key, const char *want)
{
	struct bi_buf out = BI_BUF_INIT;
	int rc = bi_query_find(query, key, &out);

	if (rc != (want != NULL) ||
	    (want != NULL && strcmp(bi_buf_str(&out), want) != 0))
		fail_msg("'%s' of '%s': %d '%s', want '%s'", key, query, rc,
			 bi_buf_str(&out), want == NULL ? "(none)" : want);
	bi_buf_release(&out);
}

static void check_integer(const char *query, int want, int64_t number)
{
	int64_t got = 77;
	int rc = bi_query_integer(query, "n", &got);

	if (rc != want || got != number)
		fail_msg("'%s': %d %lld, want %d %lld", query, rc,
			 (long long)got, want, (long long)number);
}

static void a_value_is_found_by_its_key(void **state)
{
	(void)state;
	check("a=1&b=2", "a", "1");
	check("a=1&b=2", "b", "2");
	check("a=1&b=2", "c", NULL);
	check("ab=1", "a", NULL);
	check("a=1", "ab", NULL);
	check("", "a", NULL);
	check(NULL, "a", NULL);
}

static void the_first_of_several_counts(void **state)
{
	(void)state;
	check("a=1&a=2", "a", "1");
	check("a=&a=2", "a", "");
	check("a&a=2", "a", "");
}

static void keys_and_values_are_decoded(void **state)
{
	(void)state;
	check("a=%31+%2b%26", "a", "1 +&");
	check("%61=1", "a", "1");
	check("a=1=2", "a", "1=2");
}

static void malformed_pairs_are_passed_over(void **state)
{
	(void)state;
	check("a=%3&a=2", "a", "2");
	check("a=%zz&a=2", "a", "2");
	check("a=%", "a", NULL);
	check("%zz=1&a=2", "a", "2");
	check("b=1;a=1&a=2", "a", "2");
	check("&&a=1&", "a", "1");
}

static void integers_are_strict(void **state)
{
	(void)state;
	check_integer("n=5", 1, 5);
	check_integer("n=-5", 1, -5);
	check_integer("n=%2B5", 1, 5);
	check_integer("m=5", 0, 77);
	check_integer("n=", 0, 77);
	check_integer("n", 0, 77);
	check_integer("n=5s", BENCH_EINPUT, 77);
	check_integer("n=0x5", BENCH_EINPUT, 77);
	check_integer("n=5%00", BENCH_EINPUT, 77);
	check_integer("n=99999999999999999999", BENCH_ERANGE, INT64_MAX);
	check_integer("n=-99999999999999999999", BENCH_ERANGE, INT64_MIN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_found_by_its_key),
		cmocka_unit_test(the_first_of_several_counts),
		cmocka_unit_test(keys_and_values_are_decoded),
		cmocka_unit_test(malformed_pairs_are_passed_over),
		cmocka_unit_test(integers_are_strict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
