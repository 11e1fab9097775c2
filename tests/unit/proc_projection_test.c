/* src/proc/projection.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "fmt/collect.h"
#include "proc/projection.h"
#include "text_source.h"

/* Results to project. */
static struct bi_collection collection;

static void collect(const char *label, const char *text)
{
	struct text_source source = text_source(text);

	collection = (struct bi_collection)BI_COLLECTION_INIT;
	assert_int_equal(bi_collect(&collection, label, text_source_read,
				    &source, NULL),
			 0);
}

/* The labels of the keys of all results that are let through. */
static void show(const struct bi_schema *schema,
		 struct bi_projection *projection, struct bi_buf *out)
{
	size_t i;

	for (i = 0; i < collection.count; i++) {
		const struct bi_record *record = &collection.groups[i]->record;
		const bi_key *key;

		if (!bi_schema_keeps(schema, record))
			continue;
		key = bi_projection_key(projection, record, 0);
		assert_non_null(key);
		bi_buf_adds(out, "<");
		assert_int_equal(bi_projection_label(projection, key, out), 0);
		bi_buf_adds(out, ">");
	}
}

/* Labels by TEXT, while OTHER (or NULL) is a projection of the same schema. */
static void check(const char *text, const char *other, const char *want)
{
	struct bi_schema *schema = bi_schema_new();
	struct bi_projection *projection, *beside;
	struct bi_buf got = BI_BUF_INIT;

	assert_int_equal(bi_schema_parse(schema, text, &projection, NULL), 0);
	if (other != NULL)
		assert_int_equal(bi_schema_parse(schema, other, &beside, NULL),
				 0);
	show(schema, projection, &got);
	if (strcmp(bi_buf_str(&got), want) != 0)
		fail_msg("'%s' beside '%s': '%s', want '%s'", text,
			 other ? other : "", bi_buf_str(&got), want);
	bi_buf_release(&got);
	bi_schema_free(schema);
}

static const char results[] = "goos: linux\npkg: p\n"
			      "BenchmarkA/n=1-8 1 1 x\n"
			      "goos: plan9\n"
			      "BenchmarkB/n=10-8 1 1 x\n"
			      "BenchmarkA/n=2-8 1 1 x\n";

static void fields_make_labels(void **state)
{
	(void)state;
	collect("f", results);
	check("", NULL, "<><><>");
	check(".name", NULL, "<A><B><A>");
	check(".name,/n", NULL, "<A 1><B 10><A 2>");
	check("nosuch goos", NULL, "<linux><plan9><plan9>");
	check(".file", NULL, "<f><f><f>");
	check(".config", NULL, "<linux p><plan9 p><plan9 p>");
	check(".fullname", NULL, "<A/n=1-8><B/n=10-8><A/n=2-8>");
	bi_collection_release(&collection, NULL);
}

static void what_one_projection_names_the_groups_leave(void **state)
{
	(void)state;
	collect("f", results);
	check(".config", "goos", "<p><p><p>");
	check(".fullname", "/n", "<A-8><B-8><A-8>");
	check(".fullname", ".name,/gomaxprocs", "<*/n=1><*/n=10><*/n=2>");
	bi_collection_release(&collection, NULL);
}

static void fixed_orders_let_only_their_words_through(void **state)
{
	(void)state;
	collect("f", results);
	check(".name@(A)", NULL, "<A><A>");
	check(".name", "/n@(2 1)", "<A><A>");
	check(".fullname@(A/n=1-8)", "/n", "<A-8>");
	check("nosuch@(\"\")", NULL, "<><><>");
	check(".name@fixed", NULL, "");
	bi_collection_release(&collection, NULL);
}

static void check_error(const char *text, int column, const char *want)
{
	struct bi_schema *schema = bi_schema_new();
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_projection *projection;

	assert_int_equal(bi_schema_parse(schema, text, &projection, &err),
			 BENCH_EINPUT);
	if (strcmp(err.text, want) != 0 || err.column != column)
		fail_msg("'%s': %d '%s', want %d '%s'", text, err.column,
			 err.text, column, want);
	bi_schema_free(schema);
}

static void keys_and_orders_are_checked(void **state)
{
	(void)state;
	check_error("a@b", 3, "unknown order \"b\"");
	check_error(".unit", 1, ".unit is only allowed in filters");
	check_error("x .config@(a)", 11, "fixed order not allowed for .config");
	check_error("\"\"", 1, "key must not be empty");
	check_error(".unit ,", 8, "expected key");
}

/* The keys of all results by TEXT, put in order. */
static void check_order(const char *text, const char *want)
{
	struct bi_schema *schema = bi_schema_new();
	struct bi_projection *projection;
	const bi_key *key[16], *swap;
	struct bi_buf got = BI_BUF_INIT;
	size_t i, j;

	assert_int_equal(bi_schema_parse(schema, text, &projection, NULL), 0);
	for (i = 0; i < collection.count; i++)
		key[i] = bi_projection_key(projection,
					   &collection.groups[i]->record, 0);
	for (i = 0; i < collection.count; i++) {
		for (j = i; j > 0 && bi_projection_compare(projection,
							   key[j - 1],
							   key[j]) > 0;
		     j--) {
			swap = key[j];
			key[j] = key[j - 1];
			key[j - 1] = swap;
		}
	}
	for (i = 0; i < collection.count; i++) {
		bi_buf_adds(&got, "<");
		bi_projection_label(projection, key[i], &got);
		bi_buf_adds(&got, ">");
	}
	if (strcmp(bi_buf_str(&got), want) != 0)
		fail_msg("'%s': '%s', want '%s'", text, bi_buf_str(&got), want);
	bi_buf_release(&got);
	bi_schema_free(schema);
}

static void keys_have_an_order(void **state)
{
	(void)state;
	collect("f", "v: 10\nBenchmarkB/n=10 1 1 x\nv: 9\nBenchmarkA/n=9 1 1 x\n"
		     "v: 10\nBenchmarkA/n=x 1 1 x\n");
	check_order("v", "<10><10><9>");
	check_order("v@num", "<9><10><10>");
	check_order("v@alpha /n", "<10 10><10 x><9 9>");
	/* The keys of .config have no order of appearance. */
	check_order(".config", "<10><10><9>");
	check_order(".name@alpha,/n", "<A 9><A x><B 10>");
	check_order("/n@(x 9 10)", "<x><9><10>");
	check_order("/n@(x 9 x 10)", "<9><x><10>");
	bi_collection_release(&collection, NULL);
}

static void later_keys_are_empty_in_earlier_results(void **state)
{
	struct bi_schema *schema = bi_schema_new();
	struct bi_projection *projection;
	const bi_key *before, *after, *again;

	(void)state;
	collect("f", "a: 1\nBenchmarkA 1 1 x\nb: 2\nBenchmarkA 1 1 x\n"
		     "b:\nBenchmarkB 1 1 x\n");
	assert_int_equal(bi_schema_parse(schema, ".config", &projection, NULL),
			 0);
	before = bi_projection_key(projection, &collection.groups[0]->record,
				   0);
	assert_int_equal(bi_projection_field_count(projection), 1);
	after = bi_projection_key(projection, &collection.groups[1]->record, 0);
	again = bi_projection_key(projection, &collection.groups[2]->record, 0);
	assert_int_equal(bi_projection_field_count(projection), 2);
	assert_string_equal(bi_projection_field_name(projection, 1)->text,
			    "b");
	assert_string_equal(bi_projection_value(projection, before, 1)->text,
			    "");
	assert_string_equal(bi_projection_value(projection, after, 1)->text,
			    "2");
	assert_ptr_equal(before, again);
	assert_true(bi_projection_compare(projection, before, after) < 0);
	bi_schema_free(schema);
	bi_collection_release(&collection, NULL);
}

static void the_residue_is_what_nobody_asks_for(void **state)
{
	struct bi_schema *schema = bi_schema_new();
	struct bi_projection *projection, *residue;
	struct bi_buf got = BI_BUF_INIT;

	(void)state;
	collect("f", results);
	assert_int_equal(bi_schema_parse(schema, ".name goos", &projection,
					 NULL),
			 0);
	assert_int_equal(bi_schema_residue(schema, &residue), 0);
	show(schema, residue, &got);
	assert_string_equal(bi_buf_str(&got),
			    "<p */n=1-8><p */n=10-8><p */n=2-8>");
	bi_buf_release(&got);
	bi_schema_free(schema);
	bi_collection_release(&collection, NULL);
}

static void a_unit_is_a_field_of_its_own(void **state)
{
	struct bi_schema *schema = bi_schema_new();
	struct bi_projection *projection;
	const bi_key *x, *y;

	(void)state;
	collect("f", "BenchmarkA 1 1 x 2 ns/op\n");
	assert_int_equal(bi_schema_parse(schema, "", &projection, NULL), 0);
	assert_true(bi_projection_ignores_names(projection));
	assert_int_equal(bi_projection_add_unit(projection), 0);
	x = bi_projection_key(projection, &collection.groups[0]->record, 0);
	y = bi_projection_key(projection, &collection.groups[0]->record, 1);
	assert_int_equal(x->id, 0);
	assert_int_equal(y->id, 1);
	assert_true(bi_projection_field_is_unit(projection, 0));
	assert_string_equal(bi_projection_value(projection, y, 0)->text,
			    "sec/op");
	bi_schema_free(schema);
	bi_collection_release(&collection, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_make_labels),
		cmocka_unit_test(what_one_projection_names_the_groups_leave),
		cmocka_unit_test(fixed_orders_let_only_their_words_through),
		cmocka_unit_test(keys_and_orders_are_checked),
		cmocka_unit_test(keys_have_an_order),
		cmocka_unit_test(later_keys_are_empty_in_earlier_results),
		cmocka_unit_test(the_residue_is_what_nobody_asks_for),
		cmocka_unit_test(a_unit_is_a_field_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
