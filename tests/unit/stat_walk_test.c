/* src/stat/walk.c against the enumeration of all paths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdbool.h>

#include "stat/walk.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* Is the path with these signs rejected at a look? */
static bool crosses(const struct bi_walk *walk, uint32_t path, double p_each)
{
	size_t i;

	for (i = 0; i < walk->count; i++) {
		unsigned n = walk->looks[i];
		unsigned below = (unsigned)__builtin_popcount(
			path & (uint32_t)((UINT64_C(1) << n) - 1));
		size_t rank = bi_walk_rank(n, p_each);

		if (below < rank || n - below < rank)
			return true;
	}
	return false;
}

static void check_level(const struct bi_walk *walk, double p_each)
{
	unsigned steps = walk->looks[walk->count - 1];
	uint32_t path, count = 0;
	double got = bi_walk_level(walk, p_each), want;

	for (path = 0; path < UINT32_C(1) << steps; path++)
		count += crosses(walk, path, p_each);
	want = ldexp(count, -(int)steps);
	if (fabs(got - want) > 1e-13)
		fail_msg("level of %g at each of %zu looks is %.15g, want "
			 "%.15g",
			 p_each, walk->count, got, want);
}

static void the_level_is_that_of_all_paths(void **state)
{
	static const unsigned often[] = {3, 5, 6, 7, 8, 10, 13, 16};
	static const unsigned rarely[] = {6, 11, 18};
	static const double each[] = {0.5, 0.25, 0.07, 0.04, 0.01, 0.001};
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(each); i++) {
		check_level(&(struct bi_walk){often, LENGTH(often)}, each[i]);
		check_level(&(struct bi_walk){rarely, LENGTH(rarely)}, each[i]);
		check_level(&(struct bi_walk){often + 4, 1}, each[i]);
	}
}

/* Two-sided critical values of the sign test (Conover 1999, table A3 halved):
 * the rank is one more than the greatest count that rejects. */
static void ranks_are_those_of_the_sign_test(void **state)
{
	static const struct {
		size_t n;
		double level;
		size_t want;
	} row[] = {
		{5, 0.05, 0},  {6, 0.05, 1},   {8, 0.05, 1},   {9, 0.05, 2},
		{12, 0.05, 3}, {15, 0.05, 4},  {20, 0.05, 6},  {25, 0.05, 8},
		{7, 0.01, 0},  {8, 0.01, 1},   {12, 0.01, 2},  {20, 0.01, 4},
		{0, 0.05, 0},  {1, 1, 1},      {100, 0.05, 40}, {100, 0.01, 37},
	};
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(row); i++) {
		size_t got = bi_walk_rank(row[i].n, row[i].level);

		if (got != row[i].want)
			fail_msg("rank for %zu values at %g is %zu, want %zu",
				 row[i].n, row[i].level, got, row[i].want);
	}
}

static const unsigned looks[] = {11, 13,  17,  22,  29,  38,  50, 66,
				 86, 112, 150, 200, 260, 340, 440};
static const struct bi_walk ours = {looks, LENGTH(looks)};

static void the_level_is_used_up_and_not_exceeded(void **state)
{
	static const double levels[] = {0.05, 0.01, 0.001, 0.0002, 1e-5};
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(levels); i++) {
		double each = bi_walk_each(&ours, levels[i]);
		double level = bi_walk_level(&ours, each);

		if (level > levels[i] || level < 0.5 * levels[i])
			fail_msg("at %g: %g each, %g together", levels[i], each,
				 level);
	}
	assert_true(bi_walk_level(&ours, 0) == 0);
	assert_true(bi_walk_each(&(struct bi_walk){looks, 1}, 0.05) == 0.05);
}

/* Whatever level, an interval that excludes a point at a look does so by a p of
 * at most that level, and the other way round. */
static void p_and_interval_agree(void **state)
{
	static const double levels[] = {0.05, 0.01, 0.0004};
	size_t i, k, outside;

	(void)state;
	for (i = 0; i < LENGTH(levels); i++) {
		double each = bi_walk_each(&ours, levels[i]);

		for (k = 0; k < 8; k++) {
			size_t n = looks[k], rank = bi_walk_rank(n, each);

			for (outside = 0; outside <= n; outside++) {
				double p = bi_walk_p(&ours, n, outside);

				if ((p <= levels[i]) != (outside < rank))
					fail_msg("%zu of %zu: p %g, rank %zu",
						 outside, n, p, rank);
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_level_is_that_of_all_paths),
		cmocka_unit_test(ranks_are_those_of_the_sign_test),
		cmocka_unit_test(the_level_is_used_up_and_not_exceeded),
		cmocka_unit_test(p_and_interval_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
