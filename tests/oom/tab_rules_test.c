/* src/tab/rules.c without memory: whichever allocation fails, the call says so
 * in words, and nothing leaks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "oom/alloc.h"
#include "tab/rules.h"

static const char line[] = "ns/op>3; allocs/op>0; B/s>5%; items/s>1; a>1; b>2; "
			   "c>3; d>4; e>5; f>6; g>7; *>10%";

/* Read and use the rules with the NTH allocation failing.  Returns whether it
 * did. */
static int check(long nth)
{
	static const struct bi_slice unit = {"sec/op", 6};
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_rules rules = BI_RULES_INIT;
	const struct bi_rule *rule;
	struct bi_limit limit;
	long live = alloc_live();
	int reached, rc;

	alloc_fail_nth(nth);
	rc = bi_rules_parse(&rules, line, strlen(line), &err);
	if (rc < 0) {
		assert_int_equal(err.code, BENCH_ENOMEM);
		assert_string_equal(err.text, "out of memory");
	} else {
		assert_int_equal(rules.count, 12);
		rc = bi_rules_find(&rules, unit, &rule, &limit);
	}
	reached = alloc_failed();
	alloc_fail_nth(0);
	bi_rules_release(&rules);
	if (rc != (reached ? BENCH_ENOMEM : 0))
		fail_msg("allocation %ld: %d", nth, rc);
	if (alloc_live() != live)
		fail_msg("allocation %ld: %ld blocks left", nth,
			 alloc_live() - live);
	return reached;
}

static void rules_miss_no_failure(void **state)
{
	long nth = 1;

	(void)state;
	while (check(nth))
		nth++;
	assert_true(nth > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_miss_no_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
