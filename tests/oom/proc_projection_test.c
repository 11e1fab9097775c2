/* src/proc/projection.c and the parser behind it without memory: whichever
 * allocation fails, the call says so and nothing leaks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fmt/collect.h"
#include "oom/alloc.h"
#include "proc/projection.h"
#include "unit/text_source.h"

static const char results[] = "goos: linux\npkg: p\n"
			      "BenchmarkA/n=1/k=x-8 1 1 ns/op\n"
			      "note: a\nBenchmarkB/n=10 1 1 ns/op\n";

/* Project all of COLLECTION; returns 0, 1 if a fixed order leaves something
 * out, or BENCH_ENOMEM. */
static int project(struct bi_schema *schema, struct bi_projection *projection,
		   const struct bi_collection *collection)
{
	struct bi_projection *residue;
	struct bi_buf label = BI_BUF_INIT;
	int rc = bi_projection_add_unit(projection), left_out = 0;
	size_t i;

	if (rc == 0)
		rc = bi_schema_residue(schema, &residue);
	for (i = 0; rc == 0 && i < collection->count; i++) {
		const struct bi_record *record = &collection->groups[i]->record;
		const bi_key *key = bi_projection_key(projection, record, 0);

		left_out |= !bi_schema_keeps(schema, record);
		if (key == NULL || bi_projection_key(residue, record, 0) == NULL)
			rc = BENCH_ENOMEM;
		else
			rc = bi_projection_label(projection, key, &label);
	}
	bi_buf_release(&label);
	return rc < 0 ? rc : left_out;
}

/* TEXT with the NTH allocation failing; WANT is what it is worth otherwise.
 * Returns whether that allocation was asked for. */
static int check(const char *text, const struct bi_collection *collection,
		 int want, long nth)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_projection *projection;
	struct bi_schema *schema;
	long live = alloc_live();
	int reached, rc = BENCH_ENOMEM;

	alloc_fail_nth(nth);
	schema = bi_schema_new();
	if (schema != NULL) {
		rc = bi_schema_parse(schema, text, &projection, &err);
		if (rc != err.code)
			fail_msg("'%s', allocation %ld: %d, error %d", text,
				 nth, rc, err.code);
	}
	if (rc == 0)
		rc = project(schema, projection, collection);
	reached = alloc_failed();
	alloc_fail_nth(0);
	if (rc != (reached ? BENCH_ENOMEM : want))
		fail_msg("'%s', allocation %ld: %d", text, nth, rc);
	bi_schema_free(schema);
	if (alloc_live() != live)
		fail_msg("'%s', allocation %ld: %ld blocks left", text, nth,
			 alloc_live() - live);
	return reached;
}

static void no_failure_is_missed(void **state)
{
	static const struct {
		const char *text;
		int want;
	} cases[] = {
		{"", 0},
		{".config", 0},
		{".fullname,/n@num", 0},
		{".name goos@alpha /gomaxprocs .file", 0},
		{"/n@(1 \"2\\t\")", 1},
		{"/n@(1 ", BENCH_EINPUT},
		{"/n@nosuch", BENCH_EINPUT},
		{"\"\\q\"", BENCH_EINPUT},
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

		while (check(cases[i].text, &collection, cases[i].want, nth))
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
