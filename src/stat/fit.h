/* How a cost grows with a size: the curve that fits best. */
#ifndef BI_STAT_FIT_H
#define BI_STAT_FIT_H

#include <stddef.h>

/* From the slowest growth to the fastest. */
enum bi_growth {
	BI_GROWTH_CONSTANT,
	BI_GROWTH_LOG, /* to base 2, here and below */
	BI_GROWTH_LINEAR,
	BI_GROWTH_LINEAR_LOG,
	BI_GROWTH_SQUARE,
	BI_GROWTH_CUBE
};

#define BI_GROWTHS 6

/* One curve, as near to the values as its COEFFICIENT brings it. */
struct bi_fit_curve {
	enum bi_growth growth;
	double coefficient;
	double rms; /* of value - curve, as a fraction of the value; infinite
		     * where the curve leaves the range of numbers */
};

/* "O(1)", "log n", "n", ... */
const char *bi_growth_name(enum bi_growth growth);

/* Fit all curves to N values (finite and above 0) at SIZE (finite, at least 1,
 * not all 1; in any order); OUT has the best first, of equal ones the slower
 * growth. */
void bi_fit(const double *size, const double *value, size_t n,
	    struct bi_fit_curve out[BI_GROWTHS]);

#endif
