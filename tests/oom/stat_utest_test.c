/* src/stat/utest.c without memory: whichever allocation fails, the call says
 * so, nothing leaks, and the next call has the right answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "base/error.h"
#include "oom/alloc.h"
#include "stat/utest.h"

#define N 7

/* Run the test, made anew, with the NTH allocation failing.  Returns whether it
 * was reached. */
static int check(const double *x, const double *y, long nth, double want)
{
	struct bi_utest_result result = {BI_UTEST_ALL_EQUAL, -1, -1};
	long live = alloc_live();
	struct bi_utest *t;
	int reached, rc;

	alloc_fail_nth(nth);
	t = bi_utest_new();
	if (t == NULL) {
		reached = alloc_failed();
		alloc_fail_nth(0);
		assert_true(reached);
		assert_int_equal(alloc_live(), live);
		return reached;
	}
	rc = bi_utest_run(t, x, N, y, N, &result);
	reached = alloc_failed();
	alloc_fail_nth(0);
	assert_int_equal(rc, reached ? BENCH_ENOMEM : 0);
	if (reached)
		assert_true(result.u == -1 && result.p == -1);
	assert_int_equal(bi_utest_run(t, x, N, y, N, &result), 0);
	if (!(fabs(result.p - want) <= 1e-15))
		fail_msg("after failure %ld: p %.17g, want %.17g", nth,
			 result.p, want);
	bi_utest_free(t);
	assert_int_equal(alloc_live(), live);
	return reached;
}

/* Fail one allocation after the other until there are no more; there must have
 * been at least MIN. */
static void check_all(const double *x, const double *y, long min, double want)
{
	long nth = 1;

	while (check(x, y, nth, want))
		nth++;
	if (nth - 1 < min)
		fail_msg("%ld allocations, want %ld at least", nth - 1, min);
}

static void no_failure_is_missed_without_ties(void **state)
{
	const double x[N] = {1, 2, 3, 4, 5, 6, 7};
	const double y[N] = {11, 12, 13, 14, 15, 16, 17};

	(void)state;
	/* The test, 28 distributions, one sum. */
	check_all(x, y, 30, 2. / 3432);
}

static void no_failure_is_missed_with_ties(void **state)
{
	const double x[N] = {1, 1, 1, 1, 2, 2, 2};
	const double y[N] = {3, 3, 3, 3, 3, 3, 3};

	(void)state;
	check_all(x, y, 2, 2. / 3432);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_failure_is_missed_without_ties),
		cmocka_unit_test(no_failure_is_missed_with_ties),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
