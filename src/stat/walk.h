/* Looking at a growing sample several times, at one level for all looks.
 *
 * Each value lies below the median with probability 1/2, whatever the
 * distribution: the number below it is a walk whose every path can be counted.
 * So the probability that a sign test ever rejects the true median at one of the
 * looks is known exactly, and with it the level of the interval that the test,
 * turned round, gives at every look. */
#ifndef BI_STAT_WALK_H
#define BI_STAT_WALK_H

#include <stddef.h>

/* The largest sample size. */
#define BI_WALK_MOST 1024

/* The sample sizes at which one looks: increasing, at most BI_WALK_MOST. */
struct bi_walk {
	const unsigned *looks;
	size_t count;
};

/* The rank from both ends between which the median of N values lies unless a
 * two-sided sign test with level P_EACH rejects it; 0: nothing can be said. */
size_t bi_walk_rank(size_t n, double p_each);

/* The probability that a sign test with level P_EACH at every look of WALK
 * rejects the true median at one of them or more. */
double bi_walk_level(const struct bi_walk *walk, double p_each);

/* The greatest P_EACH with which that probability is at most LEVEL. */
double bi_walk_each(const struct bi_walk *walk, double level);

/* The least level of the whole walk at which a look at N values, of which
 * OUTSIDE lie on the lesser side of a point, says that the median is not that
 * point.  1 when no level below 1 does. */
double bi_walk_p(const struct bi_walk *walk, size_t n, size_t outside);

#endif
