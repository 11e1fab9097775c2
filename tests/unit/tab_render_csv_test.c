/* src/tab/render_csv.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
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

static void two_inputs_are_six_fields(void **state)
{
	const char *const texts[] = {"goos: linux\n" SIX("A", "10", "u"),
				     "goos: linux\n" SIX("A", "20", "u"), NULL};

	(void)state;
	check((struct tables_config){0}, texts,
	      "goos: linux\n"
	      ",a,,b,,,\n"
	      ",u,CI,u,CI,vs base,P\n"
	      "A,102.5,2%,202.5,1%,+97.56%,p=0.002 n=6\n", "");
}

static void warnings_name_their_field(void **state)
{
	const char *const texts[] = {"k: v\nBenchmarkA 1 0 x\n",
				     "k: v\nBenchmarkA 1 1 x\n", NULL};

	(void)state;
	check((struct tables_config){0}, texts,
	      "k: v\n"
	      ",a,,b,,,\n"
	      ",x,CI,x,CI,vs base,P\n"
	      "A,0,∞,1,∞,~,p=1.000 n=1\n",
	      "B4: need >= 6 samples for confidence interval at level 0.95\n"
	      "D4: need >= 6 samples for confidence interval at level 0.95\n"
	      "F4: need >= 4 samples to detect a difference at "
	      "alpha level 0.05\n"
	      "B5: summaries must be >0 to compute geomean\n");
}

static void fields_are_quoted_where_they_must(void **state)
{
	const char *const texts[] = {
		"k: a,b\n" SIX("A\"q", "1", "u") SIX("\\.", "1", "u"), NULL};

	(void)state;
	check((struct tables_config){.column = "nosuch"}, texts,
	      "\"k: a,b\"\n"
	      ",,\n"
	      ",u,CI\n"
	      "\"A\"\"q\",12.5,20%\n"
	      "\"\\.\",12.5,20%\n", "");
}

/* The field behind Z, where a warning is. */
static void check_past_z(bool compat, const char *want)
{
	struct bi_buf got = BI_BUF_INIT, warnings = BI_BUF_INIT;
	const char *const texts[] = {
		"BenchmarkA/c=1 1 1 x\nBenchmarkA/c=2 1 1 x\n"
		"BenchmarkA/c=3 1 1 x\nBenchmarkA/c=4 1 1 x\n"
		"BenchmarkA/c=5 1 1 x\nBenchmarkA/c=6 1 1 x\n"
		"BenchmarkA/c=7 1 1 x\nBenchmarkA/c=8 1 1 x\n",
		NULL};
	struct tables_config config = {.row = ".name",
				       .column = "/c",
				       .compat = compat,
				       .render = bi_render_csv};

	assert_int_equal(tables_render(&config, texts, &got, &warnings), 0);
	if (strstr(bi_buf_str(&warnings), want) == NULL)
		fail_msg("no '%s' in\n%s", want, bi_buf_str(&warnings));
	bi_buf_release(&got);
	bi_buf_release(&warnings);
}

static void fields_past_z_have_two_letters(void **state)
{
	(void)state;
	check_past_z(false, "\nAB3: need");
	check_past_z(true, "\nBB3: need");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_inputs_are_six_fields),
		cmocka_unit_test(warnings_name_their_field),
		cmocka_unit_test(fields_are_quoted_where_they_must),
		cmocka_unit_test(fields_past_z_have_two_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
