/* src/stacks/load.c and the readers behind it, and graph.c, without memory:
 * whichever allocation fails, the call says so and nothing leaks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "oom/alloc.h"
#include "stacks/graph.h"
#include "stacks/load.h"

/* Two types; a mapping, a location with a line, a function; a sample with a
 * label; comments. */
static const char message[] =
	"\x0a\x04\x08\x01\x10\x01\x0a\x04\x08\x02\x10\x01"
	"\x12\x0d\x0a\x01\x01\x12\x02\x03\x04\x1a\x04\x08\x01\x18\x05"
	"\x1a\x04\x08\x01\x28\x02"
	"\x22\x0a\x08\x01\x10\x01\x22\x04\x08\x01\x10\x09"
	"\x2a\x04\x08\x01\x10\x02"
	"\x32\x00\x32\x01" "a\x32\x01" "b"
	"\x6a\x01\x01";

/* The graph of what was read, and less of it. */
static int draw(const struct bi_stacks *stacks)
{
	struct bi_trim trim = {.node_count = 1};
	struct bi_graph graph;
	int rc = bi_graph_init(&graph, stacks, 0, BI_DETAIL_SOURCE);

	if (rc == 0)
		rc = bi_graph_trim(&graph, &trim);
	bi_graph_release(&graph);
	return rc;
}

static int check(const char *data, size_t size, long nth)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_stacks stacks = BI_STACKS_INIT;
	struct bi_buf buf = BI_BUF_INIT;
	long live;
	int reached, rc;

	bi_buf_add(&buf, data, size);
	live = alloc_live();
	alloc_fail_nth(nth);
	rc = bi_load(&stacks, "f", &buf, (struct bi_intake){false, false},
		     &err);
	if (rc != err.code)
		fail_msg("allocation %ld: %d, error %d", nth, rc, err.code);
	if (rc == 0)
		rc = draw(&stacks);
	reached = alloc_failed();
	alloc_fail_nth(0);
	if (rc != (reached ? BENCH_ENOMEM : 0))
		fail_msg("allocation %ld: %d: %s", nth, rc, err.text);
	bi_stacks_release(&stacks);
	if (alloc_live() != live)
		fail_msg("allocation %ld: %ld blocks left", nth,
			 alloc_live() - live);
	bi_buf_release(&buf);
	return reached;
}

static void no_failure_is_missed(void **state)
{
	static const char text[] = "main;a;b 3\nmain;c 2\n";
	long nth = 1;

	(void)state;
	while (check(text, sizeof(text) - 1, nth))
		nth++;
	assert_true(nth > 5);
	nth = 1;
	while (check(message, sizeof(message) - 1, nth))
		nth++;
	assert_true(nth > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_failure_is_missed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
