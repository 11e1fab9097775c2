/* Mann and Kendall's test: do values rise or fall in the order in which they
 * came? */
#ifndef BI_STAT_TREND_H
#define BI_STAT_TREND_H

#include <stddef.h>

/* Up to this many values the null distribution is exact, also with ties; beyond,
 * the normal approximation corrected for ties and continuity, whose small p are
 * too great rather than too small. */
#define BI_TREND_EXACT 20

/* S is the number of pairs whose later value is the greater less that of those
 * whose later value is the lesser.  P is the probability, if every order of
 * these values is equally likely, of an S at least as far from 0. */
struct bi_trend {
	double s;
	double p;
};

/* Test N values in their order; infinities allowed, no NaN.  SCRATCH has room
 * for 2 N.  S 0 and P 1 for less than two values, and if all are equal.
 * O(n log n). */
struct bi_trend bi_trend_test(const double *values, size_t n, double *scratch);

#endif
