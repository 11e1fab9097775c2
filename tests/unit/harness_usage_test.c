/* src/harness/usage.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "harness/bench.h"

static double value(const struct bi_bench *bench, const char *unit)
{
	size_t i;

	for (i = 0; i < bench->metrics.count; i++)
		if (strcmp(bench->metrics.list[i].unit, unit) == 0)
			return bench->metrics.list[i].value;
	fail_msg("no %s", unit);
	return 0;
}

static void it_is_divided_by_the_iterations(void **state)
{
	struct bi_bench bench = {
		.pub.n = 4,
		.timer = {.usage = true,
			  .used = {.cpu_ns = 10, .switches = 2, .faults = 8}}};

	(void)state;
	bi_usage_report(&bench);
	assert_true(value(&bench, "cpu-ns/op") == 2.5);
	assert_true(value(&bench, "ctx-sw/op") == 0.5);
	assert_true(value(&bench, "faults/op") == 2);
	bi_metrics_release(&bench.metrics);
}

static void unasked_it_says_nothing(void **state)
{
	struct bi_bench bench = {.pub.n = 4};

	(void)state;
	bi_usage_report(&bench);
	assert_int_equal(bench.metrics.count, 0);
}

/* Four fresh pages and a sleep, in the timed part; and as many outside. */
static void a_timer_counts_while_it_runs(void **state)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *fresh = mmap(NULL, 64 * page, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct bi_timer timer = {.usage = true};
	size_t i;

	(void)state;
	assert_ptr_not_equal(fresh, MAP_FAILED);
	madvise(fresh, 64 * page, MADV_NOHUGEPAGE);
	bi_timer_start(&timer);
	for (i = 0; i < 4; i++)
		fresh[i * page] = 1;
	usleep(1);
	bi_timer_stop(&timer);
	for (i = 4; i < 64; i++)
		fresh[i * page] = 1;
	munmap(fresh, 64 * page);
	assert_in_range(timer.used.faults, 4, 40);
	assert_in_range(timer.used.switches, 1, INT64_MAX);
	assert_in_range(timer.used.cpu_ns, 1, INT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_divided_by_the_iterations),
		cmocka_unit_test(unasked_it_says_nothing),
		cmocka_unit_test(a_timer_counts_while_it_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
