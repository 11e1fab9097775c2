/* src/fmt/collect.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "fmt/collect.h"
#include "text_source.h"

/* The groups of TEXT: "NAME VALUE,... UNIT+UNIT" and a newline. */
static void show(const struct bi_collection *collection, struct bi_buf *out)
{
	size_t g, i;

	for (g = 0; g < collection->count; g++) {
		const struct bi_group *group = collection->groups[g];
		size_t width = bi_record_measure_count(&group->record);
		const struct bi_block *block;

		bi_buf_addf(out, "%s", group->record.name->text);
		for (block = group->first; block != NULL; block = block->next) {
			assert_int_equal(block->width, width);
			assert_true(block->lines <= block->cap);
			for (i = 0; i < block->lines * width; i++)
				bi_buf_addf(out, " %g", block->values[i]);
		}
		for (i = 0; i < width; i++)
			bi_buf_addf(out, " %s",
				    bi_record_measures(&group->record)[i]
					    .unit->text);
		bi_buf_addc(out, '\n');
	}
}

static void check(const char *text, const char *want)
{
	struct text_source source = text_source(text);
	struct bi_collection collection = BI_COLLECTION_INIT;
	struct bi_buf got = BI_BUF_INIT;

	assert_int_equal(bi_collect(&collection, "", text_source_read, &source,
				    NULL),
			 0);
	show(&collection, &got);
	if (strcmp(bi_buf_str(&got), want) != 0)
		fail_msg("'%s':\n%s\nwant:\n%s", text, bi_buf_str(&got), want);
	bi_buf_release(&got);
	bi_collection_release(&collection, NULL);
}

static void lines_that_differ_in_values_are_one_group(void **state)
{
	(void)state;
	check("BenchmarkA 1 1 x\nBenchmarkA 2 2 x\nBenchmarkA 3 3 x\n",
	      "A 1 2 3 x\n");
	check("BenchmarkA 1 1 x 2 y\nBenchmarkA 1 3 x 4 y\n",
	      "A 1 2 3 4 x y\n");
}

static void groups_that_take_turns_keep_their_order(void **state)
{
	(void)state;
	check("BenchmarkA 1 1 x\nBenchmarkB 1 2 x\nBenchmarkA 1 3 x\n"
	      "BenchmarkB 1 4 x\nBenchmarkA 1 5 x\nBenchmarkA 1 6 x\n",
	      "A 1 3 5 6 x\nB 2 4 x\n");
}

static void units_and_configuration_part_groups(void **state)
{
	(void)state;
	check("BenchmarkA 1 1 x\nBenchmarkA 1 2 y\nk: v\nBenchmarkA 1 3 x\n"
	      "k:\nBenchmarkA 1 4 x\n",
	      "A 1 4 x\nA 2 y\nA 3 x\n");
}

static void no_value_is_lost_between_blocks(void **state)
{
	struct bi_buf text = BI_BUF_INIT;
	struct bi_collection collection = BI_COLLECTION_INIT;
	struct text_source source;
	double want[2] = {0, 0};
	size_t i, g;

	(void)state;
	for (i = 0; i < 30000; i++)
		bi_buf_addf(&text, "Benchmark%c 1 %zu x 1 y\n",
			    i % 7 == 0 || i > 20000 ? 'A' : 'B', i);
	source = text_source(text.data);
	assert_int_equal(bi_collect(&collection, "", text_source_read, &source,
				    NULL),
			 0);
	assert_int_equal(collection.count, 2);
	for (i = 0; i < 30000; i++)
		want[i % 7 == 0 || i > 20000 ? 0 : 1] += (double)i + 1;
	for (g = 0; g < 2; g++) {
		const struct bi_block *block = collection.groups[g]->first;

		for (; block != NULL; block = block->next) {
			for (i = 0; i < block->lines * 2u; i++)
				want[g] -= block->values[i];
		}
		assert_true(want[g] == 0);
	}
	bi_collection_release(&collection, NULL);
	bi_buf_release(&text);
}

static void other_items_are_kept_in_order(void **state)
{
	struct text_source source = text_source(
		"BenchmarkA 1\nUnit x a=b\nBenchmarkA 1 1 x\nUnit y =\n");
	struct bi_collection collection = BI_COLLECTION_INIT;
	const struct bi_event *event;

	(void)state;
	assert_int_equal(bi_collect(&collection, "", text_source_read, &source,
				    NULL),
			 0);
	event = collection.events;
	assert_string_equal(event->error, "missing measurements");
	event = event->next;
	assert_null(event->error);
	assert_int_equal(event->line, 2);
	assert_string_equal(event->metadata.key->text, "a");
	event = event->next;
	assert_int_equal(event->line, 4);
	assert_null(event->next);
	bi_collection_release(&collection, NULL);
}

static void what_was_read_before_a_failure_stays(void **state)
{
	struct text_source source = text_source("BenchmarkA 1\nPASS\n");
	struct bi_collection collection = BI_COLLECTION_INIT;
	struct bench_error err = BENCH_ERROR_INIT;

	(void)state;
	source.fail_at = source.len;
	assert_int_equal(bi_collect(&collection, "", text_source_read, &source,
				    &err),
			 BENCH_EIO);
	assert_int_equal(err.line, 2);
	assert_non_null(collection.events);
	bi_collection_release(&collection, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_that_differ_in_values_are_one_group),
		cmocka_unit_test(groups_that_take_turns_keep_their_order),
		cmocka_unit_test(units_and_configuration_part_groups),
		cmocka_unit_test(no_value_is_lost_between_blocks),
		cmocka_unit_test(other_items_are_kept_in_order),
		cmocka_unit_test(what_was_read_before_a_failure_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
