/* src/tab/render_text.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "tables.h"

static void check(struct tables_config config, const char *const *texts,
		  const char *want, const char *want_warnings)
{
	struct bi_buf got = BI_BUF_INIT, warnings = BI_BUF_INIT;

	config.render = bi_render_text;
	assert_int_equal(tables_render(&config, texts, &got, &warnings), 0);
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

static void two_inputs_are_two_columns(void **state)
{
	const char *const texts[] = {"goos: linux\n" SIX("A", "10", "ns/op"),
				     "goos: linux\n" SIX("A", "20", "ns/op"),
				     NULL};

	(void)state;
	check((struct tables_config){0}, texts,
	      "goos: linux\n"
	      "  │      a      │                 b                  │\n"
	      "  │   sec/op    │   sec/op     vs base               │\n"
	      "A   102.5n ± 2%   202.5n ± 1%  +97.56% (p=0.002 n=6)\n", "");
}

static void notes_are_numbered_by_text(void **state)
{
	const char *const texts[] = {
		"BenchmarkA 1 1 x\nBenchmarkB 1 2 x\n",
		"BenchmarkA 1 1 x\nBenchmarkB 1 3 x\nBenchmarkB 1 3 x\n", NULL};

	(void)state;
	check((struct tables_config){0}, texts,
	      "        │      a      │                   b         "
	      "           │\n"
	      "        │      x      │      x       vs base        "
	      "           │\n"
	      "A         1.000 ± ∞ ¹   1.000 ± ∞ ¹        ~ (p=1.000 n=1)   ²\n"
	      "B         2.000 ± ∞ ¹   3.000 ± ∞ ¹        ~ (p=0.667 n=1+2) ³\n"
	      "geomean   1.414         1.732        +22.47%\n"
	      "¹ need >= 6 samples for confidence interval at level 0.95\n"
	      "² all samples are equal\n"
	      "³ need >= 4 samples to detect a difference at alpha "
	      "level 0.05\n", "");
}

static void tables_are_parted_by_an_empty_line(void **state)
{
	const char *const texts[] = {"k: 1\nj: 1\nBenchmarkA 1 1 x 1 y\n"
				     "k: 2\nBenchmarkA 1 1 x\n",
				     NULL};

	(void)state;
	check((struct tables_config){0}, texts,
	      "k: 1\n"
	      "j: 1\n"
	      "  │      a      │\n"
	      "  │      x      │\n"
	      "A   1.000 ± ∞ ¹\n"
	      "¹ need >= 6 samples for confidence interval at level 0.95\n"
	      "\n"
	      "  │      a      │\n"
	      "  │      y      │\n"
	      "A   1.000 ± ∞ ¹\n"
	      "¹ need >= 6 samples for confidence interval at level 0.95\n"
	      "\n"
	      "k: 2\n"
	      "  │      a      │\n"
	      "  │      x      │\n"
	      "A   1.000 ± ∞ ¹\n"
	      "¹ need >= 6 samples for confidence interval at "
	      "level 0.95\n", "");
}

static void equal_headers_are_merged(void **state)
{
	const char *const texts[] = {
		SIX("A/x=1/y=1", "1", "u") SIX("A/x=1/y=2", "2", "u")
			SIX("A/x=2/y=2", "2", "u"),
		NULL};

	(void)state;
	check((struct tables_config){.row = ".name", .column = "/x,/y"}, texts,
	      "  │                        1                        "
	      " │                 2                  │\n"
	      "  │      1      │                 2                 "
	      " │                 2                  │\n"
	      "  │      u      │      u       vs base              "
	      " │      u       vs base               │\n"
	      "A   12.50 ± 20%   22.50 ± 11%  +80.00% (p=0.002 "
	      "n=6)   22.50 ± 11%  +80.00% (p=0.002 n=6)\n", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_inputs_are_two_columns),
		cmocka_unit_test(notes_are_numbered_by_text),
		cmocka_unit_test(tables_are_parted_by_an_empty_line),
		cmocka_unit_test(equal_headers_are_merged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
