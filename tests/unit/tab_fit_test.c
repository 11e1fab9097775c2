/* src/tab/fit.c, from names to fits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tables.h"

/* The fits of a table with the rows of TEXT, a line each:
 * "label: n log n" or "label: reason". */
static void check(const char *row, const char *text, const char *want)
{
	const char *const texts[] = {text, NULL};
	struct tables_config config = {
		.row = row, .fit = "/n", .render = bi_render_csv};
	struct bi_buf got = BI_BUF_INIT, warnings = BI_BUF_INIT;
	const char *fits;

	assert_int_equal(tables_render(&config, texts, &got, &warnings), 0);
	fits = strstr(bi_buf_str(&got), "fit over ");
	fits = fits != NULL ? strchr(fits, '\n') + 1 : "";
	if (strcmp(fits, want) != 0)
		fail_msg("\n%s\nwant:\n%s", fits, want);
	bi_buf_release(&got);
	bi_buf_release(&warnings);
}

static void rows_that_differ_in_the_size_alone_are_a_family(void **state)
{
	(void)state;
	check(NULL,
	      "BenchmarkX/n=1/k=a 1 2 u\nBenchmarkX/n=1/k=b 1 1 u\n"
	      "BenchmarkX/n=2/k=a 1 4 u\nBenchmarkX/n=2/k=b 1 4 u\n"
	      "BenchmarkX/n=3/k=b 1 9 u\nBenchmarkX/n=3/k=a 1 6 u\n"
	      "BenchmarkX/n=4/k=a 1 8 u\nBenchmarkX/n=4/k=b 1 16 u\n",
	      "X/k=a,a,n,2,0\nX/k=b,a,n²,1,0\n");
}

static void the_size_may_be_a_field_of_the_rows(void **state)
{
	(void)state;
	check(".name,/n",
	      "BenchmarkX/n=1 1 3 u\nBenchmarkX/n=2 1 3 u\n"
	      "BenchmarkX/n=4 1 3 u\nBenchmarkX/n=8 1 3 u\n",
	      "X,a,O(1),3,0\n");
	check("/n",
	      "BenchmarkX/n=1 1 3 u\nBenchmarkX/n=2 1 6 u\n"
	      "BenchmarkX/n=4 1 12 u\nBenchmarkX/n=8 1 24 u\n",
	      ",a,n,3,0\n");
}

static void rows_without_a_size_have_no_fit(void **state)
{
	(void)state;
	check(NULL, "BenchmarkX 1 1 u\nBenchmarkY/m=1 1 1 u\n", "");
}

static void rates_have_no_fit(void **state)
{
	(void)state;
	check(NULL,
	      "BenchmarkX/n=1 1 1 MB/s\nBenchmarkX/n=2 1 2 MB/s\n"
	      "BenchmarkX/n=3 1 3 MB/s\nBenchmarkX/n=4 1 4 MB/s\n",
	      "");
}

static void what_cannot_be_fitted_says_why(void **state)
{
	(void)state;
	check(NULL,
	      "BenchmarkFew/n=1 1 1 u\nBenchmarkFew/n=2 1 1 u\n"
	      "BenchmarkFew/n=02 1 1 u\nBenchmarkFew/n=3 1 1 u\n"
	      "BenchmarkWord/n=big 1 1 u\nBenchmarkZero/n=0.5 1 1 u\n",
	      "Few,a,,,,\"3 sizes, need >= 4\"\n"
	      "Word,a,,,,/n=big is no number\n"
	      "Zero,a,,,,/n=0.5 is below 1\n");
	check(NULL,
	      "BenchmarkX/n=1 1 0 u\nBenchmarkX/n=2 1 0 u\n"
	      "BenchmarkX/n=3 1 0 u\nBenchmarkX/n=4 1 0 u\n"
	      "BenchmarkY/n=1 1 1 u\nBenchmarkY/n=2 1 -1 u\n"
	      "BenchmarkY/n=3 1 1 u\nBenchmarkY/n=4 1 1 u\n",
	      "X,a,,,,all values are 0\n"
	      "Y,a,,,,the value at /n=2 is not finite and above 0\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			rows_that_differ_in_the_size_alone_are_a_family),
		cmocka_unit_test(the_size_may_be_a_field_of_the_rows),
		cmocka_unit_test(rows_without_a_size_have_no_fit),
		cmocka_unit_test(rates_have_no_fit),
		cmocka_unit_test(what_cannot_be_fitted_says_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
