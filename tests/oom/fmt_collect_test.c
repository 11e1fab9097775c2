/* src/fmt/collect.c and the reader behind it without memory: whichever
 * allocation fails, the call says so and nothing leaks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "fmt/collect.h"
#include "oom/alloc.h"
#include "unit/text_source.h"

static const char small[] = "goos: linux\npkg: p\nUnit ns/op assume=exact x\n"
			    "BenchmarkA/n=1-8 1 1 ns/op 2 B/op\nBenchmarkA 1\n"
			    "BenchmarkB 1 0x1p4 ns/op\npkg:\n"
			    "BenchmarkA/n=1-8 1 3 ns/op 4 B/op 5 x 6 y 7 z\n";

/* Read TEXT with the NTH allocation failing.  Returns whether it did. */
static int check(const char *text, long nth)
{
	struct text_source source = text_source(text);
	struct bi_collection collection = BI_COLLECTION_INIT;
	struct bench_error err = BENCH_ERROR_INIT;
	long live = alloc_live();
	int reached, rc;

	source.step = 1000;
	alloc_fail_nth(nth);
	rc = bi_collect(&collection, "f", text_source_read, &source, &err);
	reached = alloc_failed();
	alloc_fail_nth(0);
	bi_collection_release(&collection, NULL);
	if (rc != (reached ? BENCH_ENOMEM : 0) || err.code != rc)
		fail_msg("allocation %ld: %d, error %d", nth, rc, err.code);
	if (alloc_live() != live)
		fail_msg("allocation %ld: %ld blocks left", nth,
			 alloc_live() - live);
	return reached;
}

static void no_failure_is_missed(void **state)
{
	long nth = 1;

	(void)state;
	while (check(small, nth))
		nth++;
	assert_true(nth > 20);
}

static void a_long_line_and_a_long_number_are_no_exception(void **state)
{
	size_t len = 600 * 1000;
	char *text = malloc(len + 1);
	long nth = 1;

	(void)state;
	memset(text, '1', len);
	text[len] = '\0';
	memcpy(text, "BenchmarkA 1 1.", 15);
	memcpy(text + len - 3, " x\n", 3);
	while (check(text, nth))
		nth++;
	assert_true(nth > 10);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_failure_is_missed),
		cmocka_unit_test(
			a_long_line_and_a_long_number_are_no_exception),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
