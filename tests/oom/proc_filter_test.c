/* src/proc/filter.c and the parser and regular expressions behind it without
 * memory: whichever allocation fails, the call says so and nothing leaks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fmt/collect.h"
#include "oom/alloc.h"
#include "proc/filter.h"
#include "unit/text_source.h"

/* A name that is not UTF-8 is copied before a pattern sees it. */
static const char results[] = "goos: linux\n"
			      "BenchmarkA\xff/n=1-8 1 1 ns/op 2 B/op 3 x\n";

/* QUERY with the NTH allocation failing; WANT is what it is worth otherwise.
 * Returns whether that allocation was asked for. */
static int check(const char *query, const struct bi_record *record, int want,
		 long nth)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_filter *filter = NULL;
	long live = alloc_live();
	bool keep[3];
	int reached, rc;

	alloc_fail_nth(nth);
	rc = bi_filter_new(query, &filter, &err);
	if (rc != err.code)
		fail_msg("'%s', allocation %ld: %d, error %d", query, nth, rc,
			 err.code);
	if (rc == 0)
		rc = bi_filter_match(filter, record, keep);
	reached = alloc_failed();
	alloc_fail_nth(0);
	if (rc != (reached ? BENCH_ENOMEM : want))
		fail_msg("'%s', allocation %ld: %d", query, nth, rc);
	bi_filter_free(filter);
	if (alloc_live() != live)
		fail_msg("'%s', allocation %ld: %ld blocks left", query, nth,
			 alloc_live() - live);
	return reached;
}

static void no_failure_is_missed(void **state)
{
	static const struct {
		const char *query;
		int want;
	} cases[] = {
		{"*", 3},
		{"-(.unit:(ns/op OR \"x\") AND goos:linux) OR /n:2", 1},
		{".name:/^(A|[^\\pL]){1,3}.$/ .unit:/op|\\Qx\\E/", 3},
		{".name:/(?i:((((a))))).*\\d/", 0},
		{".name:/(a/", BENCH_EINPUT},
		{".name:\"\\q\"", BENCH_EINPUT},
		{"(a:b", BENCH_EINPUT},
	};
	struct text_source source = text_source(results);
	struct bi_collection collection = BI_COLLECTION_INIT;
	size_t i;

	(void)state;
	assert_int_equal(bi_collect(&collection, "f", text_source_read, &source,
				    NULL),
			 0);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		long nth = 1;

		while (check(cases[i].query, &collection.groups[0]->record,
			     cases[i].want, nth))
			nth++;
		assert_true(nth > 2);
	}
	bi_collection_release(&collection, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_failure_is_missed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
