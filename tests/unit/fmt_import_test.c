/* src/fmt/import.c and what it calls: other tools' results as benchmark
 * format. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "fmt/import.h"

#define GOOGLE                                                                 \
	"name,iterations,real_time,cpu_time,time_unit,bytes_per_second,"       \
	"items_per_second,label,error_occurred,error_message"

/* What becomes of INPUT: benchmark format, or "LINE: error". */
static void import(const char *input, struct bi_buf *out)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_buf data = BI_BUF_INIT;
	size_t len = strlen(input);
	enum bi_import_kind kind = bi_import_recognize(input, len);

	if (kind == BI_IMPORT_NONE)
		fail_msg("taken for benchmark format: %s", input);
	assert_int_equal(bi_buf_adds(&data, input), 0);
	if (bi_import(kind, data.data, len, out, &err) < 0) {
		bi_buf_reset(out);
		bi_buf_addf(out, "%d: %s", err.line, err.text);
	}
	bi_buf_release(&data);
}

static void check(const char *input, const char *want)
{
	struct bi_buf got = BI_BUF_INIT;

	import(input, &got);
	if (strcmp(bi_buf_str(&got), want) != 0)
		fail_msg("%s\nbecomes:\n%s\nwant:\n%s", input,
			 bi_buf_str(&got), want);
	bi_buf_release(&got);
}

static void check_kind(const char *input, enum bi_import_kind want)
{
	enum bi_import_kind got = bi_import_recognize(input, strlen(input));

	if (got != want)
		fail_msg("%s\nis taken for %d, want %d", input, (int)got,
			 (int)want);
}

static void the_first_bytes_tell_the_tool(void **state)
{
	(void)state;
	check_kind("", BI_IMPORT_NONE);
	check_kind(" \r\n\t{", BI_IMPORT_JSON);
	check_kind("\xef\xbb\xbf[", BI_IMPORT_JSON);
	check_kind("goos: linux\n{", BI_IMPORT_NONE);
	check_kind(GOOGLE "\n", BI_IMPORT_GOOGLE_CSV);
	check_kind("\xef\xbb\xbf" GOOGLE ",\"x\"\r\n", BI_IMPORT_GOOGLE_CSV);
	check_kind("Running ./x\n\n" GOOGLE, BI_IMPORT_GOOGLE_CSV);
	check_kind(GOOGLE "s\n", BI_IMPORT_NONE);
	check_kind("BenchmarkA 1 1 x\n" GOOGLE, BI_IMPORT_NONE);
	check_kind("pkg: p\n,a,,b,,,\n,x,CI,x,CI,vs base,P\n",
		   BI_IMPORT_TABLE_CSV);
	check_kind(",x,CI\r\n", BI_IMPORT_TABLE_CSV);
	check_kind(",x,CI,x,CI,vs old\n", BI_IMPORT_NONE);
	check_kind(",x,CI,y,CI,vs base,P\n", BI_IMPORT_NONE);
	check_kind(",,CI\n", BI_IMPORT_NONE);
	check_kind(",x,CIA\n", BI_IMPORT_NONE);
}

#define RUN                                                                    \
	"\"name\": \"B/n:8\", \"run_type\": \"iteration\", \"iterations\": 7," \
	" \"real_time\": 1.5, \"cpu_time\": 2"

static void google_benchmark_in_json(void **state)
{
	(void)state;
	check("{\"benchmarks\": [{" RUN ", \"time_unit\": \"us\"}]}",
	      "BenchmarkB/n=8 7 1.5e-06 sec/op 2e-06 cpu-sec/op\n");
	check("{\"benchmarks\": [{" RUN ", \"time_unit\": \"ms\"}, {" RUN
	      ", \"time_unit\": \"s\"}]}",
	      "BenchmarkB/n=8 7 0.0015 sec/op 0.002 cpu-sec/op\n"
	      "BenchmarkB/n=8 7 1.5 sec/op 2 cpu-sec/op\n");
	check("{\"benchmarks\": [{" RUN ", \"time_unit\": \"s\", "
	      "\"threads\": 2, \"bytes_per_second\": 3, "
	      "\"items_per_second\": 4, \"allocs_per_iter\": 5, "
	      "\"cache misses\": 6, \"ratio\": NaN, \"x\": -Infinity}]}",
	      "BenchmarkB/n=8 7 1.5 sec/op 2 cpu-sec/op 3 B/s 4 items/s "
	      "5 allocs/op 6 cache_misses\n");
}

static void what_google_benchmark_computes_is_passed_over(void **state)
{
	(void)state;
	check("{\"benchmarks\": [{\"name\": \"B_mean\", \"run_type\": "
	      "\"aggregate\", \"real_time\": 1, \"cpu_time\": 1}]}",
	      "");
	check("{\"benchmarks\": [{\"name\": \"B_cv\", \"real_time\": 1, "
	      "\"cpu_time\": 1}, {\"name\": \"B_BigO\", \"rms\": 1}]}",
	      "");
	check(GOOGLE "\n\"B\",1,2,3,s,,,,,\n\"B_mean\",1,2,3,s,,,,,\n"
		     "\"B_cv\",1,2,3,s,,,,,\n\"C_mean\",1,2,3,s,,,,,\n"
		     "\"B_BigO\",,1,1,N,,,,,\n\"B_RMS\",,1,1,,,,,,\n",
	      "BenchmarkB 1 2 sec/op 3 cpu-sec/op\n"
	      "BenchmarkC_mean 1 2 sec/op 3 cpu-sec/op\n");
}

static void a_context_of_the_user_is_configuration(void **state)
{
	(void)state;
	check("{\"context\": {\"date\": \"x\", \"num_cpus\": 2, "
	      "\"executable\": \"./a\", \"commit\": \"a\\nb\", "
	      "\"Upper\": \"x\", \"two words\": \"x\"}, "
	      "\"benchmarks\": []}",
	      "commit: a b\n");
}

static void a_run_that_failed_is_no_result(void **state)
{
	(void)state;
	check("{\"benchmarks\": [{\"name\": \"B\", \"error_occurred\": true, "
	      "\"error_message\": \"no file\"}]}",
	      "--- FAIL: BenchmarkB no_file\n");
	check(GOOGLE "\n\"B\",,,,,,,,true,\"no \"\"file\"\"\"\n",
	      "--- FAIL: BenchmarkB no_\"file\"\n");
}

static void google_benchmark_in_csv(void **state)
{
	(void)state;
	check(GOOGLE ",\"a b\",\"c\"\r\n"
		     "\"B/n:8\",7,1.5,2,ns,3,4,\"l, m\",,,5,\r\n"
		     "\"C\",1,1,1,us,,,,,,,6\n",
	      "BenchmarkB/n=8 7 1.5000000000000002e-09 sec/op 2e-09 cpu-sec/op "
	      "3 B/s 4 items/s 5 a_b\n"
	      "BenchmarkC 1 1e-06 sec/op 1e-06 cpu-sec/op 6 c\n");
}

static void hyperfine(void **state)
{
	(void)state;
	check("{\"results\": [{\"command\": \"make -j 2\", \"mean\": 1, "
	      "\"times\": [1.5, 2], \"memory_usage_byte\": [10, 20], "
	      "\"parameters\": {\"j\": \"2\", \"cc\": \"gcc -O2\"}}]}",
	      "Benchmarkmake_-j_2/j=2/cc=gcc_-O2 1 1.5 sec/op 10 peak-B\n"
	      "Benchmarkmake_-j_2/j=2/cc=gcc_-O2 1 2 sec/op 20 peak-B\n");
	check("{\"results\": [{\"command\": \"a\", \"times\": []}]}", "");
}

static void lines_of_test_output_are_put_together(void **state)
{
	(void)state;
	check("{\"Action\":\"output\",\"Output\":\"BenchmarkA \"}\n"
	      "{\"Action\":\"run\",\"Test\":\"BenchmarkA\"}\n"
	      "{\"Action\":\"output\",\"Output\":\"1 2 x\\n\"}\n",
	      "BenchmarkA 1 2 x\n");
}

static void several_values_follow_each_other(void **state)
{
	(void)state;
	check("{\"results\": [{\"command\": \"a\", \"times\": [1]}]}\n"
	      "{\"benchmarks\": [{" RUN ", \"time_unit\": \"s\"}]}",
	      "Benchmarka 1 1 sec/op\n"
	      "BenchmarkB/n=8 7 1.5 sec/op 2 cpu-sec/op\n");
}

static void our_own_tables(void **state)
{
	(void)state;
	check("goos: linux\n,a,,b,,,\n,x,CI,x,CI,vs base,P\n"
	      "A,1,0%,2,0%,~,p=1 n=1\nB,3,∞\nC,,,4,∞\n"
	      "geomean,1,,1,,?,\n\n\"pkg: a,b\"\n,a,\n,y,CI\nA b,5,∞\n"
	      "geomean,5,\n",
	      "goos: linux\n"
	      "column: a\nBenchmarkA 1 1 x\ncolumn: b\nBenchmarkA 1 2 x\n"
	      "column: a\nBenchmarkB 1 3 x\ncolumn: b\nBenchmarkC 1 4 x\n"
	      "column: \npkg: a,b\nBenchmarkA_b 1 5 y\n");
	/* Headers of two levels; a benchmark called like the summary. */
	check(",j,,k,,,\n,1,,2,,,\n,x,CI,x,CI,vs base,P\ngeomean,1,,2\n"
	      "geomean,1,,1,,?,\n",
	      "column: j 1\nBenchmarkgeomean 1 1 x\n"
	      "column: k 2\nBenchmarkgeomean 1 2 x\n");
	check("key: \n,x,CI\nA,1,\ngeomean,1,", "key: \nBenchmarkA 1 1 x\n");
	/* With all that can be asked for, and without anything. */
	check(",a,,,,,b,,,,,,,,,\n,x,CI,Qn,outliers,lag 1,x,CI,vs base,P,"
	      "effect,low,high,Qn,outliers,lag 1\n"
	      "A,1,0%,7,8,9,2,0%,~,p=1 n=1,3,4,5,6,7,8\nB,,,,,,3,∞\n"
	      "geomean,1,,,,,1,,?\n",
	      "column: a\nBenchmarkA 1 1 x\ncolumn: b\nBenchmarkA 1 2 x\n"
	      "column: b\nBenchmarkB 1 3 x\n");
	check(",a,,b,\n,x,CI,x,CI\nA,1,0%,2,0%\nB,3,0%,4,0%\n",
	      "column: a\nBenchmarkA 1 1 x\ncolumn: b\nBenchmarkA 1 2 x\n"
	      "column: a\nBenchmarkB 1 3 x\ncolumn: b\nBenchmarkB 1 4 x\n");
}

#define TABLE                                                                  \
	"{\"configuration\": [{\"key\": \"pkg\", \"value\": \"p\"}], "         \
	"\"unit\": \"sec/op\", "

static void our_own_tables_in_json(void **state)
{
	(void)state;
	check("{\"tables\": [" TABLE "\"columns\": [{}], \"rows\": "
	      "[{\"name\": \"A\", \"cells\": [{\"column\": 0, \"center\": 2, "
	      "\"samples\": [1, 2, \"Infinity\"]}]}]}]}",
	      "pkg: p\nBenchmarkA 1 1 sec/op\nBenchmarkA 1 2 sec/op\n"
	      "BenchmarkA 1 +Inf sec/op\npkg: \ncolumn: \n");
	check("{\"tables\": [" TABLE "\"columns\": [{\"header\": [\"a\"]}, "
	      "{\"header\": [\"b\", \"c\"]}], \"rows\": [{\"name\": \"A b\", "
	      "\"cells\": [{\"column\": 0, \"center\": 2}, "
	      "{\"column\": 1, \"center\": \"NaN\"}]}]}]}",
	      "pkg: p\ncolumn: a\nBenchmarkA_b 1 2 sec/op\n"
	      "column: b c\nBenchmarkA_b 1 NaN sec/op\npkg: \ncolumn: \n");
	check("{\"tables\": [{}]}", "1: a table without a unit");
	check("{\"tables\": [" TABLE "\"rows\": [{}]}]}",
	      "1: a row without a name");
	check("{\"tables\": [" TABLE "\"rows\": [{\"name\": \"A\", "
	      "\"cells\": [{\"center\": 2}]}]}]}",
	      "1: a cell without a column");
	check("{\"tables\": [" TABLE "\"columns\": [{}], \"rows\": "
	      "[{\"name\": \"A\", \"cells\": [{\"center\": \"x\\n\"}]}]}]}",
	      "1: 'x?' is no number");
}

static void what_is_invalid_has_a_line(void **state)
{
	(void)state;
	check("\n{", "2: invalid JSON: string or '}' expected near end of file");
	check("[1]", "1: JSON, but not as Google Benchmark, hyperfine, -json "
		     "or benchstat write it");
	check("{\"benchmarks\": [1]}", "1: a benchmark without a name");
	check("{\"benchmarks\": [{\"name\": \"a\"}]}",
	      "1: 'a' has no real_time or no cpu_time");
	check("{\"benchmarks\": [{" RUN ", \"time_unit\": \"h\"}]}",
	      "1: unknown time unit 'h'");
	check("{\"results\": []}\n\n{\"results\": [{\"times\": []}]}",
	      "3: a result without a command");
	check("{\"results\": [{\"command\": \"a\"}]}", "1: 'a' has no times");
	check("{\"results\": [{\"command\": \"a\", \"times\": [NaN]}]}",
	      "1: a time that is no number");
	check(GOOGLE "\n\n\"a\",1\n",
	      "3: 2 fields, but the header has 10");
	check(GOOGLE "\n\"a\",x,1,1,s,,,,,\n", "2: 'x' is no number");
	check(GOOGLE "\n\"a\",1,,1,s,,,,,\n", "2: missing time");
	check(GOOGLE "\n\"a\"b,1,1,1,s,,,,,\n",
	      "2: invalid CSV: misplaced quote");
	check(GOOGLE "\n\"a", "2: invalid CSV: misplaced quote");
	check(",x,CI\nA,one,\n", "2: 'one' is no number");
	check(",x,CI\nA,1,\n\nA,2,\n", "4: a row without a header above it");
}

static void what_quotes_the_input_stays_a_line(void **state)
{
	(void)state;
	check("{\"a\": \"b\nc",
	      "1: invalid JSON: unexpected newline near '\"b'");
	check("{\"a\"\x01: 1}", "1: invalid JSON: ':' expected near '?'");
}

static void check_criterion(const char *sample, const char *benchmark,
			    const char *want)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_criterion folder = {.name = {"fib", 3}};
	struct bi_buf got = BI_BUF_INIT;

	assert_int_equal(bi_buf_adds(&folder.sample, sample), 0);
	assert_int_equal(bi_buf_adds(&folder.benchmark, benchmark), 0);
	if (bi_import_criterion(&folder, &got, &err) < 0) {
		bi_buf_reset(&got);
		bi_buf_addf(&got, "%d: %s", err.line, err.text);
	}
	if (strcmp(bi_buf_str(&got), want) != 0)
		fail_msg("%s, %s becomes:\n%s\nwant:\n%s", sample, benchmark,
			 bi_buf_str(&got), want);
	bi_buf_release(&got);
	bi_buf_release(&folder.sample);
	bi_buf_release(&folder.benchmark);
}

static void a_folder_of_criterion(void **state)
{
	const char *sample = "{\"iters\": [2, 4], \"times\": [3e9, 8e9]}";

	(void)state;
	check_criterion(sample, "",
			"Benchmarkfib 2 1.5 sec/op\nBenchmarkfib 4 2 sec/op\n");
	check_criterion(sample,
			"{\"full_id\": \"g/f 1\", \"group_id\": \"h\", "
			"\"throughput\": {\"Bytes\": 3}}",
			"Benchmarkg/f_1 2 1.5 sec/op 2 B/s\n"
			"Benchmarkg/f_1 4 2 sec/op 1.5 B/s\n");
	check_criterion("{\"iters\": [1], \"times\": [1e9]}",
			"{\"group_id\": \"g\", \"function_id\": null, "
			"\"value_str\": \"20\"}",
			"Benchmarkg/20 1 1 sec/op\n");
	check_criterion("{\"iters\": [1]}", "",
			"0: sample.json: no iters and times of the same "
			"number");
	check_criterion("{\"iters\": [0], \"times\": [1]}", "",
			"0: sample.json: no number, or no iterations");
	check_criterion("\n", "",
			"2: sample.json: invalid JSON: '[' or '{' expected "
			"near end of file");
	check_criterion(sample, "[",
			"1: benchmark.json: invalid JSON: ']' expected near "
			"end of file");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_bytes_tell_the_tool),
		cmocka_unit_test(google_benchmark_in_json),
		cmocka_unit_test(what_google_benchmark_computes_is_passed_over),
		cmocka_unit_test(a_context_of_the_user_is_configuration),
		cmocka_unit_test(a_run_that_failed_is_no_result),
		cmocka_unit_test(google_benchmark_in_csv),
		cmocka_unit_test(hyperfine),
		cmocka_unit_test(lines_of_test_output_are_put_together),
		cmocka_unit_test(several_values_follow_each_other),
		cmocka_unit_test(our_own_tables),
		cmocka_unit_test(our_own_tables_in_json),
		cmocka_unit_test(what_is_invalid_has_a_line),
		cmocka_unit_test(what_quotes_the_input_stays_a_line),
		cmocka_unit_test(a_folder_of_criterion),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
