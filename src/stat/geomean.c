/* Geometric mean. */
#include "stat/geomean.h"

#include <math.h>

double bi_geomean(const double *values, size_t n)
{
	double mean = 0;
	size_t i;

	if (n == 0)
		return NAN;
	/* The running mean of Welford 1962: it cannot overflow, and values a
	 * hundred decades apart keep their digits. */
	for (i = 0; i < n; i++) {
		if (values[i] <= 0)
			return NAN;
		mean += (log(values[i]) - mean) / (double)(i + 1);
	}
	return exp(mean);
}
