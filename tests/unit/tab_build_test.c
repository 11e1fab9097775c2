/* src/tab/build.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tables.h"

/* Take the lines of geometric means out: their last digits are libm's. */
static void drop_geomeans(struct bi_buf *text)
{
	char *line, *end;

	while (text->len > 0 &&
	       (line = strstr(text->data, "geomean")) != NULL) {
		end = strchr(line, '\n') + 1;
		memmove(line, end, strlen(end) + 1);
		text->len -= (size_t)(end - line);
	}
}

static void check(struct tables_config config, const char *const *texts,
		  const char *want, const char *want_warnings)
{
	struct bi_buf got = BI_BUF_INIT, warnings = BI_BUF_INIT;

	config.render = bi_render_csv;
	assert_int_equal(tables_render(&config, texts, &got, &warnings), 0);
	drop_geomeans(&got);
	if (strcmp(bi_buf_str(&got), want) != 0)
		fail_msg("\n%s\nwant:\n%s", bi_buf_str(&got), want);
	if (strcmp(bi_buf_str(&warnings), want_warnings) != 0)
		fail_msg("\n%s\nwant:\n%s", bi_buf_str(&warnings),
			 want_warnings);
	bi_buf_release(&got);
	bi_buf_release(&warnings);
}

#define SIX(name, a, unit)                                                     \
	"Benchmark" name " 1 " a "0 " unit "\nBenchmark" name " 1 " a "1 "     \
	unit "\nBenchmark" name " 1 " a "2 " unit "\nBenchmark" name " 1 " a   \
	"3 " unit "\nBenchmark" name " 1 " a "4 " unit "\nBenchmark" name      \
	" 1 " a "5 " unit "\n"

static void results_go_to_tables_rows_and_columns(void **state)
{
	const char *const texts[] = {
		"goos: b\n" SIX("X", "1", "u") "goos: a\n" SIX("Y", "2", "u")
			SIX("X", "3", "v"),
		NULL};

	(void)state;
	/* Tables by value, then by the unit's appearance. */
	check((struct tables_config){0}, texts,
	      "goos: a\n"
	      ",a,\n"
	      ",u,CI\n"
	      "Y,22.5,11%\n"
	      "\n"
	      ",a,\n"
	      ",v,CI\n"
	      "X,32.5,8%\n"
	      "\n"
	      "goos: b\n"
	      ",a,\n"
	      ",u,CI\n"
	      "X,12.5,20%\n", "");
}

static void what_is_pooled_and_differs_is_told(void **state)
{
	const char *const texts[] = {
		"k: 1\n" SIX("X/a=1", "1", "u") "k: 2\n" SIX("X/a=2", "1", "u"),
		NULL};

	(void)state;
	check((struct tables_config){.table = "", .row = ".name"}, texts,
	      ",a,\n"
	      ",u,CI\n"
	      "X,12.5,12%\n",
	      "B3: benchmarks vary in k, .fullname\n");
	check((struct tables_config){.table = "", .row = ".name,/a"}, texts,
	      ",a,\n"
	      ",u,CI\n"
	      "X 1,12.5,20%\n"
	      "X 2,12.5,20%\n", "");
}

static void filters_choose_values(void **state)
{
	const char *const texts[] = {
		"BenchmarkX 1 1 u 2 v\nBenchmarkY 1 1 u\n", NULL};

	(void)state;
	check((struct tables_config){.filter = ".unit:v"}, texts,
	      ",a,\n"
	      ",v,CI\n"
	      "X,2,∞\n",
	      "B3: need >= 6 samples for confidence interval at level 0.95\n");
	check((struct tables_config){.filter = "-*"}, texts, "", "");
}

static void exact_units_are_compared_by_value(void **state)
{
	const char *const texts[] = {"Unit u assume=exact\nBenchmarkX 1 3 u\n",
				     "BenchmarkX 1 4 u\n", NULL};

	(void)state;
	check((struct tables_config){0}, texts,
	      ",a,,b,,,\n"
	      ",u,CI,u,CI,vs base,P\n"
	      "X,3,0%,4,0%,+33.33%,n=1\n", "");
}

/* Many rows, so that several threads have something to do. */
static void the_number_of_threads_does_not_show(void **state)
{
	struct bi_buf text = BI_BUF_INIT, got[4] = {BI_BUF_INIT};
	struct bi_buf warnings = BI_BUF_INIT;
	const char *texts[3] = {NULL};
	unsigned i;

	(void)state;
	for (i = 0; i < 4000; i++)
		bi_buf_addf(&text, "BenchmarkX/n=%u 1 %u ns/op %u B/op\n",
			    i % 400, (i * 7919u) % 1000 + 1, i % 3);
	texts[0] = texts[1] = text.data;
	for (i = 0; i < 4; i++) {
		struct tables_config config = {.threads = i,
					       .render = bi_render_text};

		assert_int_equal(tables_render(&config, texts, &got[i],
					       &warnings),
				 0);
		assert_string_equal(got[i].data, got[0].data);
	}
	for (i = 0; i < 4; i++)
		bi_buf_release(&got[i]);
	bi_buf_release(&text);
}

static void a_pattern_without_end_is_an_error(void **state)
{
	struct tables_config config = {.filter = ".name:/^((a+)+)+$/",
				       .render = bi_render_csv};
	const char *const texts[] = {"Benchmarkaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
				     "aaaaaaaaaaaaaaaaaaaaaab 1 1 x\n",
				     NULL};
	struct bi_buf got = BI_BUF_INIT, warnings = BI_BUF_INIT;

	(void)state;
	assert_int_equal(tables_render(&config, texts, &got, &warnings),
			 BENCH_ERANGE);
	bi_buf_release(&got);
	bi_buf_release(&warnings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(results_go_to_tables_rows_and_columns),
		cmocka_unit_test(what_is_pooled_and_differs_is_told),
		cmocka_unit_test(filters_choose_values),
		cmocka_unit_test(exact_units_are_compared_by_value),
		cmocka_unit_test(the_number_of_threads_does_not_show),
		cmocka_unit_test(a_pattern_without_end_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
