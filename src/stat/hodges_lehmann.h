/* By what factor one sample exceeds another: Hodges and Lehmann's shift of the
 * logarithms. */
#ifndef BI_STAT_HODGES_LEHMANN_H
#define BI_STAT_HODGES_LEHMANN_H

#include <stddef.h>

/* A factor, and the interval it lies in. */
struct bi_factor {
	double estimate;
	double low;
	double high;
};

/* The factor from X to Y, sorted samples of NX and NY values >= 0 without NaN:
 * the median of all ratios y / x, and from the RANK-th smallest to the RANK-th
 * greatest of them (bi_utest_rank(); 0: from 0 to infinity).  What the interval
 * leaves out, the U test of x times that factor against y rejects.
 *
 * 0 / 0 and inf / inf say nothing: they count as the least ratio for the lower
 * end, as the greatest for the upper one, and the estimate is NaN if it depends
 * on them.  Samples in which all values are equal to one another have the
 * factor 1.  O((nx + ny) log) without memory of its own. */
struct bi_factor bi_hodges_lehmann(const double *x, size_t nx, const double *y,
				   size_t ny, size_t rank);

#endif
