/* Order statistics: the median, and intervals for it whose level holds whatever
 * the distribution is.  Needs libm only. */
#ifndef BI_STAT_ORDER_H
#define BI_STAT_ORDER_H

#include <stddef.h>

/* The median of N >= 1 sorted values: the middle one, or halfway between the
 * two middle ones.  Infinite neighbours of the middle make it NaN (inf - inf,
 * 0 * inf); NaNs come first in a sample and count as its smallest values. */
double bi_order_median(const double *sorted, size_t n);

/* Two order statistics by rank: 1 is the smallest of n values, n the largest,
 * 0 stands for -inf and n + 1 for +inf. */
struct bi_order_interval {
	size_t low;
	size_t high;
};

/* The ranks between which the median of the distribution lies with probability
 * CONFIDENCE (not negative), from N values: the sign test turned round.  Up to
 * N = 30 the binomial distribution decides and the probability is at least
 * CONFIDENCE; beyond, its normal approximation, which is 0.002 below at most.
 * Where the level asks for more than N values can say, one or both ends are
 * infinite; both are for N = 0 and for CONFIDENCE >= 1 or NaN.  Need not be
 * symmetric: of two equally likely values the lower is taken. */
struct bi_order_interval bi_order_interval(size_t n, double confidence);

/* The value at RANK (0..N+1) of N sorted ones; -inf and +inf at the ends. */
double bi_order_at(const double *sorted, size_t n, size_t rank);

/* The smallest n in 2..50 whose interval at CONFIDENCE is finite; 0 when none
 * is.  Computes up to 49 intervals: ask once. */
int bi_order_need(double confidence);

#endif
