/* src/stat/utied.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "stat/choose.h"
#include "stat/utied.h"

static void check(struct bi_utied *memory, const struct bi_utied_groups *groups,
		  size_t n1, size_t twice_u, double want)
{
	double got = -1;

	assert_int_equal(bi_utied_ways(memory, groups, n1, twice_u, &got), 0);
	/* Exact up to 20 values, and almost beyond. */
	if (n1 <= 10 ? got != want : !(fabs(got - want) <= 1e-12 * want))
		fail_msg("%zu groups, n1 = %zu, 2U <= %zu: %.17g ways, "
			 "want %.17g", groups->n, n1, twice_u, got, want);
}

/* {a, a, b}: a single value gives U = 1/2 in two ways and U = 2 in one. */
static void small_samples_by_hand(void **state)
{
	const struct bi_utied_groups groups = {2, {2, 1}};
	struct bi_utied memory = {0};

	(void)state;
	check(&memory, &groups, 1, 0, 0);
	check(&memory, &groups, 1, 1, 2);
	check(&memory, &groups, 1, 3, 2);
	check(&memory, &groups, 1, 4, 3);
	/* Two of the three: U = 0 + 0 for a, a; 1/2 + 1 for a, b. */
	check(&memory, &groups, 2, 0, 1);
	check(&memory, &groups, 2, 2, 1);
	check(&memory, &groups, 2, 3, 3);
	check(&memory, &groups, 2, 4, 3);
	bi_utied_release(&memory);
}

static void one_value_only_has_one_u(void **state)
{
	const struct bi_utied_groups groups = {1, {5}};
	struct bi_utied memory = {0};

	(void)state;
	check(&memory, &groups, 2, 5, 0);
	check(&memory, &groups, 2, 6, 10);
	check(&memory, &groups, 2, 12, 10);
	bi_utied_release(&memory);
}

static void no_values_in_a_sample_is_one_way(void **state)
{
	const struct bi_utied_groups groups = {2, {2, 1}};
	struct bi_utied memory = {0};

	(void)state;
	check(&memory, &groups, 0, 0, 1);
	check(&memory, &groups, 3, 0, 1);
	bi_utied_release(&memory);
}

static void all_ways_are_below_the_greatest_u(void **state)
{
	struct bi_utied_groups groups = {0};
	struct bi_utied memory = {0};
	size_t i;

	(void)state;
	for (i = 0; i < 2 * BI_UTIED_MAX; i++)
		groups.size[i] = 1;
	groups.n = 2 * BI_UTIED_MAX;
	check(&memory, &groups, BI_UTIED_MAX, 1, 1);
	check(&memory, &groups, BI_UTIED_MAX, 2, 2);
	check(&memory, &groups, BI_UTIED_MAX, 4, 4);
	check(&memory, &groups, BI_UTIED_MAX, 6, 7);
	groups.size[0] = 3;
	groups.n -= 2;
	check(&memory, &groups, BI_UTIED_MAX, 2 * BI_UTIED_MAX * BI_UTIED_MAX,
	      bi_choose(2 * BI_UTIED_MAX, BI_UTIED_MAX));
	bi_utied_release(&memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_samples_by_hand),
		cmocka_unit_test(one_value_only_has_one_u),
		cmocka_unit_test(no_values_in_a_sample_is_one_way),
		cmocka_unit_test(all_ways_are_below_the_greatest_u),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
