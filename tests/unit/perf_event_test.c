/* src/perf/event.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "perf/event.h"

static void check(const char *text, size_t count, const char *last_unit)
{
	struct bi_perf_list list = {.count = 0};
	int rc = bi_perf_list_parse(&list, text, NULL);

	if (rc != 0 || list.count != count ||
	    strcmp(list.event[count - 1]->unit, last_unit) != 0)
		fail_msg("'%s': %d, %zu events; want %zu, the last %s", text,
			 rc, list.count, count, last_unit);
}

static void check_wrong(const char *text, const char *want)
{
	struct bi_perf_list list = {.count = 0};
	struct bench_error err = BENCH_ERROR_INIT;

	if (bi_perf_list_parse(&list, text, &err) != BENCH_EINPUT ||
	    strcmp(err.text, want) != 0 || list.count != 0)
		fail_msg("'%s': '%s', %zu events", text, err.text, list.count);
}

static void a_list_keeps_its_order(void **state)
{
	(void)state;
	check("instructions", 1, "instructions/op");
	check("page-faults,instructions,task-clock", 3, "task-clock-ns/op");
	check("cycles,cycles,cycles", 1, "cycles/op");
	check("L1-dcache-load-misses,cpu-migrations", 2, "cpu-migrations/op");
}

static void what_is_no_event_is_named(void **state)
{
	(void)state;
	check_wrong("", "no event ''");
	check_wrong("cycles,", "no event ''");
	check_wrong("cycles,cycle", "no event 'cycle'");
	check_wrong("Cycles", "no event 'Cycles'");
	check_wrong(" cycles", "no event ' cycles'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_keeps_its_order),
		cmocka_unit_test(what_is_no_event_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
