/* What the GNU Scientific Library computes for us. */
#ifndef BI_STAT_DIST_H
#define BI_STAT_DIST_H

#include <stddef.h>

/* Once at the start of a program: GSL's own answer to a wrong argument is to
 * abort it. */
void bi_dist_start(void);

/* The most values whose scale is computed.  Of more, as many that lie evenly
 * among them stand for all: time and memory stay small, and what that changes is
 * far below what the scale itself scatters by. */
#define BI_DIST_SCALE_MOST 1001

/* Room for one computation. */
struct bi_dist_memory {
	double values[BI_DIST_SCALE_MOST];
	double work[3 * BI_DIST_SCALE_MOST];
	int ranks[5 * BI_DIST_SCALE_MOST];
};

/* Qn of N sorted values: an estimate of the standard deviation that half of the
 * values cannot spoil.  NaN for N < 2, and where a value or a difference is not
 * finite. */
double bi_dist_scale(const double *sorted, size_t n,
		     struct bi_dist_memory *memory);

/* The correlation of N values with their neighbours; NaN for N < 2, for equal
 * values and where it is not finite. */
double bi_dist_lag1(const double *values, size_t n);

#endif
