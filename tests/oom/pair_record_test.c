/* src/pair/record.c and record_read.c, and judging what was read, without
 * memory: whichever allocation fails, in our code or in jansson's, the call says
 * so and nothing leaks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>

#include "../launches.h"
#include "oom/alloc.h"
#include "pair/finish.h"
#include "pair/record.h"

/* Read TEXT, judge it and write it again, with the NTH allocation failing.
 * Returns whether it did. */
static int check(const struct bi_buf *text, long nth)
{
	struct bi_record record = {.terms = {.gate = ""}};
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_buf out = BI_BUF_INIT;
	long live = alloc_live();
	int reached, rc;

	alloc_fail_nth(nth);
	rc = bi_record_read(&record, "f", text->data, text->len, &err);
	/* jansson takes a string that it has no memory for for a bad one. */
	if (alloc_failed() && rc == BENCH_EINPUT &&
	    strstr(err.text, "invalid JSON") != NULL)
		rc = BENCH_ENOMEM;
	if (rc == 0)
		rc = bi_pair_judge_again(&record.run);
	if (rc == 0)
		rc = bi_record_write(&record.run, &record.terms, &out);
	reached = alloc_failed();
	alloc_fail_nth(0);
	bi_record_release(&record);
	bi_buf_release(&out);
	if (rc != (reached ? BENCH_ENOMEM : 0))
		fail_msg("allocation %ld: %d, error %s", nth, rc, err.text);
	if (alloc_live() != live)
		fail_msg("allocation %ld: %ld blocks left", nth,
			 alloc_live() - live);
	return reached;
}

static void no_failure_is_missed(void **state)
{
	static const struct bi_record_terms terms = {.gate = "u>1"};
	struct bi_buf text = BI_BUF_INIT;
	struct bi_pair_run run;
	long nth = 1;

	(void)state;
	launches_make(&run, 2);
	assert_int_equal(bi_record_write(&run, &terms, &text), 0);
	bi_pair_run_release(&run);
	while (check(&text, nth))
		nth++;
	assert_true(nth > 100);
	bi_buf_release(&text);
}

/* jansson calls the malloc that was linked with itself; ask it for ours. */
static void *our_malloc(size_t size)
{
	return malloc(size);
}

static void our_free(void *block)
{
	free(block);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_failure_is_missed),
	};

	json_set_alloc_funcs(our_malloc, our_free);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
