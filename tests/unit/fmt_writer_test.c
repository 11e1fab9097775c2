/* src/fmt/writer.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fmt/writer.h"

#define SEC INT64_C(1000000000)

/* What stands behind the name and the iterations of RESULT's line. */
static void check(const struct bench_result *result, bool memory,
		  const char *want)
{
	static const char head[] = "B\t       1";
	struct bi_buf out = BI_BUF_INIT;

	assert_int_equal(bi_writer_result(&out, "B", 1, 0, result, memory), 0);
	assert_memory_equal(out.data, head, sizeof(head) - 1);
	assert_string_equal(out.data + sizeof(head) - 1, want);
	bi_buf_release(&out);
}

static void check_ns(double ns, const char *want)
{
	struct bench_metric metric = {"ns/op", ns};
	struct bench_result result = {
		.n = 1, .elapsed_ns = 7, .metrics = &metric, .metric_count = 1};

	check(&result, false, want);
}

static void the_decimals_follow_the_size(void **state)
{
	(void)state;
	check_ns(1234.5, "\t      1234 ns/op\n");
	check_ns(999.95, "\t      1000 ns/op\n");
	check_ns(nextafter(999.95, 0), "\t       999.9 ns/op\n");
	check_ns(99.995, "\t       100.0 ns/op\n");
	check_ns(nextafter(99.995, 0), "\t        99.99 ns/op\n");
	check_ns(9.9995, "\t        10.00 ns/op\n");
	check_ns(nextafter(9.9995, 0), "\t         9.999 ns/op\n");
	check_ns(0.99995, "\t         1.000 ns/op\n");
	check_ns(nextafter(0.99995, 0), "\t         0.9999 ns/op\n");
	check_ns(0.099995, "\t         0.1000 ns/op\n");
	check_ns(nextafter(0.099995, 0), "\t         0.09999 ns/op\n");
	check_ns(0.0099995, "\t         0.01000 ns/op\n");
	check_ns(nextafter(0.0099995, 0), "\t         0.009999 ns/op\n");
	check_ns(0.00099995, "\t         0.001000 ns/op\n");
	check_ns(nextafter(0.00099995, 0), "\t         0.0009999 ns/op\n");
	check_ns(0.00001234, "\t         0.0000123 ns/op\n");
	check_ns(1e-9, "\t         0.0000000 ns/op\n");
	check_ns(1e12, "\t1000000000000 ns/op\n");
}

static void the_sign_does_not_choose_the_decimals(void **state)
{
	(void)state;
	check_ns(-3.14159, "\t        -3.142 ns/op\n");
	check_ns(-999.95, "\t     -1000 ns/op\n");
	check_ns(-0.00012345, "\t        -0.0001234 ns/op\n");
}

static void what_is_no_number_has_a_name(void **state)
{
	(void)state;
	check_ns(NAN, "\t               NaN ns/op\n");
	check_ns(-NAN, "\t               NaN ns/op\n");
	check_ns(INFINITY, "\t      +Inf ns/op\n");
	check_ns(-INFINITY, "\t      -Inf ns/op\n");
}

static void zero_leaves_out_the_time_but_no_metric(void **state)
{
	struct bench_metric metrics[] = {{"ns/op", 0}, {"zero", 0}, {"zz", -0.0}};
	struct bench_result result = {.n = 1, .elapsed_ns = 7};

	(void)state;
	check_ns(0, "\n");
	result.metrics = metrics;
	result.metric_count = 3;
	check(&result, false, "\t         0 zero\t        -0 zz\n");
}

static void the_time_is_divided_by_the_iterations(void **state)
{
	struct bench_result result = {.n = 3, .elapsed_ns = 10};
	struct bi_buf out = BI_BUF_INIT;

	(void)state;
	assert_int_equal(bi_writer_result(&out, "B", 0, 0, &result, false), 0);
	assert_string_equal(out.data, "B\t       3\t         3.333 ns/op\n");
	bi_buf_reset(&out);
	result = (struct bench_result){.n = 0};
	assert_int_equal(bi_writer_result(&out, "B", 0, 0, &result, true), 0);
	assert_string_equal(out.data,
			    "B\t       0\t               NaN ns/op\n");
	bi_buf_release(&out);
}

static void bytes_give_a_rate(void **state)
{
	struct bench_result result = {
		.n = 1, .elapsed_ns = SEC / 2, .bytes = 1000000};

	(void)state;
	check(&result, false, "\t 500000000 ns/op\t   2.00 MB/s\n");
	result.bytes = 1;
	check(&result, false, "\t 500000000 ns/op\t   0.00 MB/s\n");
	result.bytes = INT64_MAX;
	check(&result, false,
	      "\t 500000000 ns/op\t18446744073709.55 MB/s\n");
	result.elapsed_ns = 1;
	result.bytes = 0;
	check(&result, false, "\t         1.000 ns/op\n");
	result.bytes = -5;
	check(&result, false, "\t         1.000 ns/op\n");
	result.bytes = 5;
	result.elapsed_ns = 0;
	check(&result, false, "\n");
}

static void a_reported_rate_wins(void **state)
{
	struct bench_metric metric = {"MB/s", 1.005};
	struct bench_result result = {.n = 1,
				      .elapsed_ns = 2,
				      .bytes = 100,
				      .metrics = &metric,
				      .metric_count = 1};

	(void)state;
	check(&result, false, "\t         2.000 ns/op\t   1.00 MB/s\n");
	metric.value = 0;
	check(&result, false, "\t         2.000 ns/op\n");
	metric.value = NAN;
	check(&result, false, "\t         2.000 ns/op\t    NaN MB/s\n");
	metric.value = INFINITY;
	check(&result, false, "\t         2.000 ns/op\t   +Inf MB/s\n");
}

static void memory_is_shown_when_asked_for_and_known(void **state)
{
	struct bench_result result = {.n = 1,
				      .elapsed_ns = 2,
				      .counted = true,
				      .mallocs = 3,
				      .malloc_bytes = 123456789};

	(void)state;
	check(&result, false, "\t         2.000 ns/op\n");
	check(&result, true,
	      "\t         2.000 ns/op\t123456789 B/op\t       3 allocs/op\n");
	result.counted = false;
	check(&result, true, "\t         2.000 ns/op\n");
}

static void memory_per_iteration_is_whole(void **state)
{
	struct bench_result result = {
		.n = 10, .counted = true, .mallocs = 19, .malloc_bytes = 9};
	int64_t bytes = -1, allocs = -1;

	(void)state;
	assert_true(bi_writer_bytes_per_op(&result, &bytes));
	assert_true(bi_writer_allocs_per_op(&result, &allocs));
	assert_int_equal(bytes, 0);
	assert_int_equal(allocs, 1);
	result.n = 0;
	assert_true(bi_writer_allocs_per_op(&result, &allocs));
	assert_int_equal(allocs, 0);
}

static void check_whole(double reported, int64_t want)
{
	struct bench_metric metric = {"allocs/op", reported};
	struct bench_result result = {
		.n = 1, .metrics = &metric, .metric_count = 1};
	int64_t got = -1;

	assert_true(bi_writer_allocs_per_op(&result, &got));
	assert_int_equal(got, want);
}

static void reported_memory_is_cut_to_whole_numbers(void **state)
{
	(void)state;
	check_whole(2.9, 2);
	check_whole(-2.9, -2);
	check_whole(NAN, 0);
	check_whole(INFINITY, INT64_MAX);
	check_whole(-INFINITY, INT64_MIN);
	check_whole(1e300, INT64_MAX);
}

static void reported_memory_needs_the_memory_columns(void **state)
{
	struct bench_metric metrics[] = {{"B/op", 48.9}, {"allocs/op", 2.9}};
	struct bench_result result = {.n = 1,
				      .elapsed_ns = 2,
				      .metrics = metrics,
				      .metric_count = 2};

	(void)state;
	check(&result, false, "\t         2.000 ns/op\n");
	check(&result, true,
	      "\t         2.000 ns/op\t      48 B/op\t       2 allocs/op\n");
}

static void metrics_stand_between_rate_and_memory(void **state)
{
	struct bench_metric metrics[] = {{"Beta", 0.25},
					 {"MB/s", 1.5},
					 {"alpha/op", 0},
					 {"ns/op", 42},
					 {"zeta/op", 3}};
	struct bench_result result = {.n = 1,
				      .counted = true,
				      .mallocs = 1,
				      .malloc_bytes = 8,
				      .metrics = metrics,
				      .metric_count = 5};

	(void)state;
	check(&result, true,
	      "\t        42.00 ns/op\t   1.50 MB/s\t         0.2500 Beta"
	      "\t         0 alpha/op\t         3.000 zeta/op"
	      "\t       8 B/op\t       1 allocs/op\n");
}

static void check_name(const char *name, int procs, size_t width,
		       const char *want)
{
	struct bench_result result = {.n = 100000000};
	struct bi_buf out = BI_BUF_INIT;

	result.elapsed_ns = 0;
	assert_int_equal(
		bi_writer_result(&out, name, procs, width, &result, false), 0);
	if (strncmp(out.data, want, strlen(want)) != 0 ||
	    strcmp(out.data + strlen(want), "\t100000000\n") != 0)
		fail_msg("'%s' at %zu: '%s', want '%s...'", name, width,
			 out.data, want);
	bi_buf_release(&out);
}

static void names_are_padded_to_the_column(void **state)
{
	(void)state;
	check_name("BenchmarkA", 1, 12, "BenchmarkA  ");
	check_name("BenchmarkA", 0, 12, "BenchmarkA  ");
	check_name("BenchmarkA", 16, 14, "BenchmarkA-16 ");
	check_name("BenchmarkA", 16, 13, "BenchmarkA-16");
	check_name("BenchmarkA", 16, 3, "BenchmarkA-16");
}

/* Go measures the column in bytes and fills it by characters. */
static void padding_counts_characters(void **state)
{
	(void)state;
	check_name("B/\xc3\xbc", 2, 7, "B/\xc3\xbc-2  ");
	check_name("B/\xe6\x97\xa5\xe6\x9c\xac", 1, 6,
		   "B/\xe6\x97\xa5\xe6\x9c\xac  ");
	check_name("B/\xff", 1, 4, "B/\xff ");
}

static void check_log(enum bi_writer_block block, int lines, int shown,
		      bool truncated)
{
	struct bi_buf log = BI_BUF_INIT, want = BI_BUF_INIT, out = BI_BUF_INIT;
	static const char *const words[] = {"FAIL", "BENCH", "SKIP"};
	int i;

	assert_int_equal(bi_buf_addf(&want, "--- %s: B-2\n", words[block]), 0);
	for (i = 0; i < lines; i++) {
		assert_int_equal(bi_buf_addf(&log, "    line %d\n", i), 0);
		if (i < shown)
			assert_int_equal(
				bi_buf_addf(&want, "    line %d\n", i), 0);
	}
	if (truncated)
		assert_int_equal(
			bi_buf_adds(&want, "\t... [output truncated]\n"), 0);
	assert_int_equal(
		bi_writer_log(&out, block, "B", 2, bi_buf_str(&log)), 0);
	assert_string_equal(out.data, want.data);
	bi_buf_release(&log);
	bi_buf_release(&want);
	bi_buf_release(&out);
}

/* Ten lines are cut too, although nothing is missing: Go does the same. */
static void a_log_of_ten_lines_is_cut(void **state)
{
	(void)state;
	check_log(BI_WRITER_BENCH, 9, 9, false);
	check_log(BI_WRITER_BENCH, 10, 10, true);
	check_log(BI_WRITER_BENCH, 11, 10, true);
	check_log(BI_WRITER_BENCH, 0, 0, false);
}

static void the_log_of_a_failure_is_never_cut(void **state)
{
	(void)state;
	check_log(BI_WRITER_FAIL, 30, 30, false);
	check_log(BI_WRITER_SKIP, 12, 12, false);
}

static void configuration_is_key_and_value(void **state)
{
	struct bi_buf out = BI_BUF_INIT;

	(void)state;
	assert_int_equal(bi_writer_config(&out, "goos", "linux"), 0);
	assert_int_equal(bi_writer_config(&out, "pkg", "a/b c"), 0);
	assert_string_equal(out.data, "goos: linux\npkg: a/b c\n");
	bi_buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_decimals_follow_the_size),
		cmocka_unit_test(the_sign_does_not_choose_the_decimals),
		cmocka_unit_test(what_is_no_number_has_a_name),
		cmocka_unit_test(zero_leaves_out_the_time_but_no_metric),
		cmocka_unit_test(the_time_is_divided_by_the_iterations),
		cmocka_unit_test(bytes_give_a_rate),
		cmocka_unit_test(a_reported_rate_wins),
		cmocka_unit_test(memory_is_shown_when_asked_for_and_known),
		cmocka_unit_test(memory_per_iteration_is_whole),
		cmocka_unit_test(reported_memory_is_cut_to_whole_numbers),
		cmocka_unit_test(reported_memory_needs_the_memory_columns),
		cmocka_unit_test(metrics_stand_between_rate_and_memory),
		cmocka_unit_test(names_are_padded_to_the_column),
		cmocka_unit_test(padding_counts_characters),
		cmocka_unit_test(a_log_of_ten_lines_is_cut),
		cmocka_unit_test(the_log_of_a_failure_is_never_cut),
		cmocka_unit_test(configuration_is_key_and_value),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
