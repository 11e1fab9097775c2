/* Whole runs without memory, with all that can be asked for: whichever
 * allocation of the gate, the view, the spreads, the fits or a renderer fails, the call
 * says so, nothing leaks, and what was written until then is how the whole
 * output begins. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "oom/alloc.h"
#include "unit/reports.h"

static const char *const texts[] = {
	"goos: linux\nUnit x assume=exact\n"
	"BenchmarkA 1 1 ns/op 2 x\nBenchmarkA 1 2 ns/op 3 x\n"
	"BenchmarkA 1 3 ns/op 2 x\nBenchmarkA 1 4 ns/op 3 x\n"
	"BenchmarkA 1 5 ns/op 2 x\nBenchmarkA 1 6 ns/op 3 x\n"
	"BenchmarkB 1 2 ns/op\nBenchmarkGone 1 3 ns/op\n",
	"goos: linux\nBenchmarkA 1 40 ns/op\nBenchmarkA 1 50 ns/op\n"
	"BenchmarkA 1 45 ns/op\nBenchmarkA 1 70 ns/op\n"
	"BenchmarkC/n=1 1 1 ns/op\nBenchmarkC/n=2 1 2 ns/op\n"
	"BenchmarkC/n=3 1 3 ns/op\nBenchmarkC/n=4 1 4 ns/op\n"
	"BenchmarkD/n=x 1 1 ns/op\n"
	"BenchmarkB 1 NaN ns/op\nBenchmarkNew|`<b> 1 1 ns/op 4 x\n",
	NULL};

/* What is printed, or was until a failure. */
struct output {
	struct bi_buf out;
	struct bi_buf warnings;
};

static void release(struct output *output)
{
	bi_buf_release(&output->out);
	bi_buf_release(&output->warnings);
}

static int is_begin(const struct bi_buf *begin, const struct bi_buf *whole)
{
	return begin->len <= whole->len &&
	       memcmp(bi_buf_str(begin), bi_buf_str(whole), begin->len) == 0;
}

/* Everything with the NTH allocation failing.  Returns whether it did. */
static int check(const struct report_config *config, long nth,
		 const struct output *whole)
{
	struct output got = {BI_BUF_INIT, BI_BUF_INIT};
	long live = alloc_live();
	int reached, rc;

	alloc_fail_nth(nth);
	rc = report_render(config, texts, &got.out, &got.warnings);
	reached = alloc_failed();
	alloc_fail_nth(0);
	if (rc != (reached ? BENCH_ENOMEM : 0))
		fail_msg("allocation %ld: %d", nth, rc);
	if (!is_begin(&got.out, &whole->out) ||
	    !is_begin(&got.warnings, &whole->warnings))
		fail_msg("allocation %ld: '%s' was written", nth,
			 bi_buf_str(&got.out));
	release(&got);
	if (alloc_live() != live)
		fail_msg("allocation %ld: %ld blocks left", nth,
			 alloc_live() - live);
	return reached;
}

static void check_all(struct report_config config)
{
	struct output whole = {BI_BUF_INIT, BI_BUF_INIT};
	long nth = 1;

	config.tables.changes = true;
	config.tables.spread = true;
	config.tables.fit = "/n";
	config.view.effect = true;
	config.view.sort = BI_VIEW_DELTA;
	assert_int_equal(report_render(&config, texts, &whole.out,
				       &whole.warnings), 0);
	assert_true(whole.out.len > 100);
	while (check(&config, nth, &whole))
		nth++;
	assert_true(nth > 100);
	release(&whole);
}

static const char gate[] = "sec/op>3%; x>0; *>10%";

static void text_misses_no_failure(void **state)
{
	(void)state;
	check_all((struct report_config){.table = bi_render_text,
					 .color = true});
}

static void csv_misses_no_failure(void **state)
{
	(void)state;
	check_all((struct report_config){.table = bi_render_csv});
}

static void the_report_of_a_gate_misses_no_failure(void **state)
{
	(void)state;
	check_all((struct report_config){.table = bi_render_text,
					 .gate = gate});
}

static void markdown_misses_no_failure(void **state)
{
	(void)state;
	check_all((struct report_config){.report = bi_render_md,
					 .gate = gate});
}

static void json_misses_no_failure(void **state)
{
	(void)state;
	check_all((struct report_config){
		.tables = {.keep = BI_KEEP_AS_READ},
		.report = bi_render_json,
		.gate = gate});
}

static void html_misses_no_failure(void **state)
{
	(void)state;
	check_all((struct report_config){
		.tables = {.keep = BI_KEEP_SORTED},
		.report = bi_render_html,
		.gate = gate});
}

static void a_view_of_some_rows_misses_no_failure(void **state)
{
	(void)state;
	check_all((struct report_config){
		.view = {.only_changed = true},
		.table = bi_render_text});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_misses_no_failure),
		cmocka_unit_test(csv_misses_no_failure),
		cmocka_unit_test(the_report_of_a_gate_misses_no_failure),
		cmocka_unit_test(markdown_misses_no_failure),
		cmocka_unit_test(json_misses_no_failure),
		cmocka_unit_test(html_misses_no_failure),
		cmocka_unit_test(a_view_of_some_rows_misses_no_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
