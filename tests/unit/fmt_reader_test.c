/* src/fmt/reader.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "base/real.h"
#include "fmt/reader.h"
#include "text_source.h"

static void show_record(const struct bi_record *record, struct bi_buf *out)
{
	const struct bi_pair *pair = bi_record_pairs(record);
	const struct bi_measure *measure = bi_record_measures(record);
	char number[BI_REAL_SIZE];
	size_t i;

	bi_buf_addf(out, "%s{", record->name->text);
	for (i = 0; i < bi_record_pair_count(record); i++)
		bi_buf_addf(out, "%s%s=%s", i > 0 ? " " : "",
			    pair[i].key->text, pair[i].value->text);
	bi_buf_adds(out, "}");
	for (i = 0; i < bi_record_measure_count(record); i++) {
		bi_real_print(number, record->values[i]);
		bi_buf_addf(out, " %s %s", number, measure[i].unit->text);
		if (measure[i].unit != measure[i].written)
			bi_buf_addf(out, "(%s)", measure[i].written->text);
	}
}

/* All items of TEXT, each as LINE:ITEM and a newline. */
static void check_labelled(const char *label, const char *text,
			   const char *want)
{
	struct text_source source = text_source(text);
	struct bi_intern pool = BI_INTERN_INIT;
	struct bi_reader *reader =
		bi_reader_new(&pool, label, text_source_read, &source);
	struct bi_buf got = BI_BUF_INIT;
	struct bi_item item;
	int rc;

	while ((rc = bi_reader_next(reader, &item, NULL)) > 0) {
		const struct bi_metadata_item *metadata = &item.metadata;

		bi_buf_addf(&got, "%zu:", item.line);
		switch (item.kind) {
		case BI_ITEM_RESULT:
			show_record(&item.record, &got);
			break;
		case BI_ITEM_METADATA:
			bi_buf_addf(&got, "%s(%s) %s=%s", metadata->unit->text,
				    metadata->written->text,
				    metadata->key->text,
				    metadata->value->text);
			break;
		case BI_ITEM_ERROR:
			bi_buf_adds(&got, item.text);
			break;
		}
		bi_buf_addc(&got, '\n');
	}
	assert_int_equal(rc, 0);
	if (strcmp(bi_buf_str(&got), want) != 0)
		fail_msg("'%s':\n%s\nwant:\n%s", text, bi_buf_str(&got), want);
	bi_buf_release(&got);
	bi_reader_free(reader);
	bi_intern_release(&pool);
}

static void check(const char *text, const char *want)
{
	check_labelled("", text, want);
}

static void a_result_has_name_and_values(void **state)
{
	(void)state;
	check("BenchmarkA 1 2 ns/op 3 B/op\n",
	      "1:A{} 2e-09 sec/op(ns/op) 3 B/op\n");
	check("BenchmarkA-8\t100\t  1.5 x\t\t2e3 y \t",
	      "1:A-8{} 1.5 x 2000 y\n");
	check("Benchmark 1 2 x", "1:{} 2 x\n");
	check("Benchmarking 1 2 x", "1:ing{} 2 x\n");
	check("BenchmarkA 1 2 x 3 x", "1:A{} 2 x 3 x\n");
	check("BenchmarkA\xc2\xa0+1\xe3\x80\x80" "2\xe2\x80\x83x\x0b\n",
	      "1:A{} 2 x\n");
}

static void what_is_tidied_keeps_its_written_unit(void **state)
{
	(void)state;
	check("BenchmarkA 1 0 ns/op\nBenchmarkA 1 1 ns/op\n"
	      "BenchmarkA 1 Inf ns/op\nBenchmarkA 1 NaN MB/s\n",
	      "1:A{} 0 ns/op\n2:A{} 1e-09 sec/op(ns/op)\n"
	      "3:A{} +Inf ns/op\n4:A{} NaN B/s(MB/s)\n");
}

static void values_of_neighbours_do_not_mix(void **state)
{
	(void)state;
	check("BenchmarkA 1 1 x 2 y\nBenchmarkA 1 3 x\nBenchmarkB 1 4 x 5 z\n"
	      "BenchmarkAB 1 6 xx\nBenchmarkA 1 1 x 2 y\n",
	      "1:A{} 1 x 2 y\n2:A{} 3 x\n3:B{} 4 x 5 z\n4:AB{} 6 xx\n"
	      "5:A{} 1 x 2 y\n");
}

static void malformed_results_are_told(void **state)
{
	(void)state;
	check("BenchmarkA \n", "1:missing iteration count\n");
	check("BenchmarkA x 1 x",
	      "1:parsing iteration count: invalid syntax\n");
	check("BenchmarkA 1_0 1 x",
	      "1:parsing iteration count: invalid syntax\n");
	check("BenchmarkA 9223372036854775808 1 x",
	      "1:parsing iteration count: value out of range\n");
	check("BenchmarkA 1", "1:missing measurements\n");
	check("BenchmarkA 1 2", "1:missing units\n");
	check("BenchmarkA 1 2 x 3", "1:missing units\n");
	check("BenchmarkA 1 2y x", "1:parsing measurement: invalid syntax\n");
	check("BenchmarkA 1 1e999 x",
	      "1:parsing measurement: value out of range\n");
}

static void other_lines_are_ignored(void **state)
{
	(void)state;
	check("PASS\nok  \tx\t1s\n--- FAIL: x\n BenchmarkA 1 2 x\nBenchmarkA\n"
	      "Benchmark\nbenchmarkA 1 2 x\n\n",
	      "");
}

static void configuration_lasts_until_it_changes(void **state)
{
	(void)state;
	check_labelled("f",
		       "goos: linux\npkg:\t a b \nBenchmarkA 1 1 x\n"
		       "goos: plan9\nBenchmarkA 1 1 x\n",
		       "3:A{.file=f goos=linux pkg=a b } 1 x\n"
		       "5:A{.file=f goos=plan9 pkg=a b } 1 x\n");
}

static void a_deleted_key_leaves_its_place_to_the_last(void **state)
{
	(void)state;
	check("a: 1\nb: 2\nc: 3\na:\nBenchmarkA 1 1 x\nc: \t\nzz:\n"
	      "BenchmarkA 1 1 x\n",
	      "5:A{c=3 b=2} 1 x\n8:A{b=2} 1 x\n");
}

static void only_proper_keys_are_configuration(void **state)
{
	(void)state;
	check("Key: v\nk:v\nk v: 1\nkK: 1\n: 1\n1k: v\nk-1: v\n\xc3\xa9: v\n"
	      "k\xff: v\nBenchmarkA 1 1 x\n",
	      "10:A{k-1=v \xc3\xa9=v k\xff=v} 1 x\n");
}

static void unit_lines_have_metadata(void **state)
{
	(void)state;
	check("Unit ns/op a=b c= =d e f=g=h\n",
	      "1:sec/op(ns/op) a=b\n1:sec/op(ns/op) c=\n1:expected key=value\n"
	      "1:expected key=value\n1:sec/op(ns/op) f=g=h\n");
	check("Unit\nUnit \nUnit x\nUnits x a=b\n",
	      "1:missing unit\n2:missing unit\n");
}

static void equal_parts_are_equal_pointers(void **state)
{
	struct text_source source = text_source("k: v\nBenchmarkA 1 1 x 2 y\n"
						"k: v\nBenchmarkA 1 3 x 4 y\n");
	struct bi_intern pool = BI_INTERN_INIT;
	struct bi_reader *reader =
		bi_reader_new(&pool, "f", text_source_read, &source);
	struct bi_item item;
	struct bi_record first;

	(void)state;
	assert_int_equal(bi_reader_next(reader, &item, NULL), 1);
	first = item.record;
	assert_int_equal(bi_reader_next(reader, &item, NULL), 1);
	assert_ptr_equal(item.record.name, first.name);
	assert_ptr_equal(item.record.config, first.config);
	assert_ptr_equal(item.record.measures, first.measures);
	bi_reader_free(reader);
	bi_intern_release(&pool);
}

static void a_failure_knows_the_last_line(void **state)
{
	struct text_source source = text_source("PASS\nPASS\n");
	struct bi_intern pool = BI_INTERN_INIT;
	struct bi_reader *reader =
		bi_reader_new(&pool, "f", text_source_read, &source);
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_item item;

	(void)state;
	source.fail_at = 10;
	assert_int_equal(bi_reader_next(reader, &item, &err), BENCH_EIO);
	assert_int_equal(err.line, 2);
	bi_reader_free(reader);
	bi_intern_release(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_result_has_name_and_values),
		cmocka_unit_test(what_is_tidied_keeps_its_written_unit),
		cmocka_unit_test(values_of_neighbours_do_not_mix),
		cmocka_unit_test(malformed_results_are_told),
		cmocka_unit_test(other_lines_are_ignored),
		cmocka_unit_test(configuration_lasts_until_it_changes),
		cmocka_unit_test(a_deleted_key_leaves_its_place_to_the_last),
		cmocka_unit_test(only_proper_keys_are_configuration),
		cmocka_unit_test(unit_lines_have_metadata),
		cmocka_unit_test(equal_parts_are_equal_pointers),
		cmocka_unit_test(a_failure_knows_the_last_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
