/* From text to finished tables without memory: whichever allocation of the
 * reader, the projections, the filter, the builder, the statistics or a
 * renderer fails, the call says so and nothing leaks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "oom/alloc.h"
#include "unit/tables.h"

static const char *const texts[] = {
	"goos: linux\nUnit x assume=exact\n"
	"BenchmarkA/n=1-8 1 1 ns/op 2 x\nBenchmarkA/n=1-8 1 2 ns/op 3 x\n"
	"BenchmarkA/n=2-8 1 2 ns/op\npkg: p\nBenchmarkB/n=1-8 1 3 ns/op\n",
	"goos: linux\nBenchmarkA/n=1-8 1 4 ns/op\n"
	"BenchmarkA/n=2-8 1 NaN ns/op\nBenchmarkC/n=2-4 1 1 ns/op\n",
	NULL};

/* Everything with the NTH allocation failing.  Returns whether it did. */
static int check(const struct tables_config *config, long nth)
{
	struct bi_buf out = BI_BUF_INIT, warnings = BI_BUF_INIT;
	long live = alloc_live();
	int reached, rc;

	alloc_fail_nth(nth);
	rc = tables_render(config, texts, &out, &warnings);
	reached = alloc_failed();
	alloc_fail_nth(0);
	bi_buf_release(&out);
	bi_buf_release(&warnings);
	if (rc != (reached ? BENCH_ENOMEM : 0))
		fail_msg("allocation %ld: %d", nth, rc);
	if (alloc_live() != live)
		fail_msg("allocation %ld: %ld blocks left", nth,
			 alloc_live() - live);
	return reached;
}

static void check_all(struct tables_config config)
{
	long nth = 1;

	while (check(&config, nth))
		nth++;
	assert_true(nth > 100);
}

static void the_defaults_miss_no_failure(void **state)
{
	(void)state;
	check_all((struct tables_config){.render = bi_render_text});
}

static void csv_misses_no_failure(void **state)
{
	(void)state;
	check_all((struct tables_config){.render = bi_render_csv});
}

static void projections_and_filters_miss_no_failure(void **state)
{
	(void)state;
	check_all((struct tables_config){
		.table = ".config",
		.row = ".name /gomaxprocs@num",
		.column = "/n@(1 2) .file",
		.filter = "-.name:(Z OR /^(?i)q[a-z]/) .unit:(ns/op OR x)",
		.render = bi_render_text});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_defaults_miss_no_failure),
		cmocka_unit_test(csv_misses_no_failure),
		cmocka_unit_test(projections_and_filters_miss_no_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
