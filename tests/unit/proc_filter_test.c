/* src/proc/filter.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "fmt/collect.h"
#include "proc/filter.h"
#include "text_source.h"

static const char results[] = "goos: linux\n"
			      "BenchmarkA/x=1 1 1 ns/op 2 B/op\n"
			      "BenchmarkB-8 1 3 B/op\n";

/* What QUERY keeps of the results: "NAME:UNIT,UNIT ...". */
static void check(const char *query, const char *want)
{
	struct text_source source = text_source(results);
	struct bi_collection collection = BI_COLLECTION_INIT;
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_buf got = BI_BUF_INIT;
	struct bi_filter *filter;
	bool keep[2];
	size_t g, i;

	if (bi_filter_new(query, &filter, &err) < 0)
		fail_msg("'%s': %s", query, err.text);
	bi_collect(&collection, "f", text_source_read, &source, NULL);
	for (g = 0; g < collection.count; g++) {
		const struct bi_record *record = &collection.groups[g]->record;
		int kept = bi_filter_match(filter, record, keep);

		for (i = 0; i < bi_record_measure_count(record); i++) {
			kept -= keep[i];
			if (keep[i])
				bi_buf_addf(&got, "%s%.1s:%s",
					    got.len > 0 ? " " : "",
					    record->name->text,
					    bi_record_measures(record)[i]
						    .unit->text);
		}
		assert_int_equal(kept, 0);
	}
	if (strcmp(bi_buf_str(&got), want) != 0)
		fail_msg("'%s': '%s', want '%s'", query, bi_buf_str(&got),
			 want);
	bi_buf_release(&got);
	bi_filter_free(filter);
	bi_collection_release(&collection, NULL);
}

static void check_error(const char *query, int column, const char *want)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_filter *filter;
	int rc = bi_filter_new(query, &filter, &err);

	if (rc != BENCH_EINPUT || err.column != column ||
	    strcmp(err.text, want) != 0)
		fail_msg("'%s': %d at %d '%s', want %d '%s'", query, rc,
			 err.column, err.text, column, want);
}

static void keys_have_values(void **state)
{
	(void)state;
	check("*", "A:sec/op A:B/op B:B/op");
	check("-*", "");
	check(".name:A", "A:sec/op A:B/op");
	check("/x:1", "A:sec/op A:B/op");
	check("/x:\"\"", "B:B/op");
	check("goos:linux", "A:sec/op A:B/op B:B/op");
	check("goos:/^lin/", "A:sec/op A:B/op B:B/op");
	check(".fullname:/-8$/", "B:B/op");
	check(".file:f .name:(B OR C)", "B:B/op");
	check("/gomaxprocs:8", "B:B/op");
}

static void clauses_combine(void **state)
{
	(void)state;
	check(".name:A AND /x:1", "A:sec/op A:B/op");
	check(".name:A AND AND /x:1 AND", "A:sec/op A:B/op");
	check(".name:A .name:B", "");
	check(".name:A OR .name:B", "A:sec/op A:B/op B:B/op");
	check("-.name:A", "B:B/op");
	check("--.name:A", "A:sec/op A:B/op");
	check("-(.name:A OR .name:B)", "");
	check(".name:C OR .name:A /x:1 OR goos:x", "A:sec/op A:B/op");
}

static void units_choose_among_values(void **state)
{
	(void)state;
	check(".unit:B/op", "A:B/op B:B/op");
	check(".unit:sec/op", "A:sec/op");
	check(".unit:ns/op", "A:sec/op");
	check(".unit:/ns/", "A:sec/op");
	check("-.unit:ns/op", "A:B/op B:B/op");
	check(".unit:B/op OR .name:A", "A:sec/op A:B/op B:B/op");
	check(".unit:B/op .name:A", "A:B/op");
	check(".unit:(B/op OR sec/op) -.unit:B/op", "A:sec/op");
	check("-(.unit:B/op OR .name:B)", "A:sec/op");
	check(".unit:B/op OR .name:C", "A:B/op B:B/op");
	check("* .unit:x", "");
}

static void errors_say_where(void **state)
{
	(void)state;
	check_error("", 1, "expected key:value or subexpression");
	check_error("OR x:y", 1, "expected key:value or subexpression");
	check_error("x", 1, "expected key:value");
	check_error("x:", 1, "expected key:value");
	check_error("a:b x:-y", 5, "expected key:value");
	check_error("x:()", 4, "expected value");
	check_error("x:(a b)", 6, "value list must be separated by OR");
	check_error("(x:y", 5, "missing \")\"");
	check_error("x:y)", 4, "unexpected \")\"");
	check_error(".config:x", 1, ".config is only allowed in projections");
	check_error("\"\":x", 1, "key must not be empty");
	check_error("a:b c:/*/", 7,
		    "error parsing regexp: missing argument to repetition "
		    "operator: `*`");
}

static void nesting_has_an_end(void **state)
{
	char query[5000];

	(void)state;
	memset(query, '(', sizeof(query) - 1);
	query[sizeof(query) - 1] = '\0';
	check_error(query, 1001, "nested too deeply");
	memset(query, '-', sizeof(query) - 1);
	check_error(query, 1001, "nested too deeply");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_have_values),
		cmocka_unit_test(clauses_combine),
		cmocka_unit_test(units_choose_among_values),
		cmocka_unit_test(errors_say_where),
		cmocka_unit_test(nesting_has_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
