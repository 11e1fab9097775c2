/* Binomial coefficients, looked up.
 *
 * The table keeps the rounding with which benchstat's intervals and tied tests
 * were always computed: an exact integer would be no better statistics and
 * another answer in the few cases where that rounding breaks a tie. */
#include "stat/choose.h"

#include <assert.h>

#include "stat/choose_table.h"

_Static_assert(CHOOSE_MAX == BI_CHOOSE_MAX, "the table ends where we say");
_Static_assert(sizeof(choose) / sizeof(choose[0]) ==
	       (CHOOSE_MAX + 1) * (CHOOSE_MAX + 2) / 2, "the table is whole");

double bi_choose(size_t n, size_t k)
{
	assert(n <= BI_CHOOSE_MAX);
	return k > n ? 0 : choose[n * (n + 1) / 2 + k];
}
