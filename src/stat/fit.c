/* Least squares with one coefficient and no intercept.
 *
 * What disturbs a measurement is in proportion to it, and sizes span orders of
 * magnitude: with equal weights the greatest size alone would choose the curve.
 * So each value weighs 1 / value^2, the inverse of its variance up to a factor
 * (Aitken 1936, Proceedings of the Royal Society of Edinburgh 55, 42-48).  With
 * x = g(size) / value that is to minimise
 *
 *	sum (1 - c x)^2, hence c = sum x / sum x^2
 *
 * and the mean of the squares that are left is relative to the values. */
#include "stat/fit.h"

#include <math.h>

const char *bi_growth_name(enum bi_growth growth)
{
	switch (growth) {
	case BI_GROWTH_CONSTANT:
		return "O(1)";
	case BI_GROWTH_LOG:
		return "log n";
	case BI_GROWTH_LINEAR:
		return "n";
	case BI_GROWTH_LINEAR_LOG:
		return "n log n";
	case BI_GROWTH_SQUARE:
		return "n²";
	case BI_GROWTH_CUBE:
		return "n³";
	}
	return "";
}

static double grow(enum bi_growth growth, double n)
{
	switch (growth) {
	case BI_GROWTH_CONSTANT:
		return 1;
	case BI_GROWTH_LOG:
		return log2(n);
	case BI_GROWTH_LINEAR:
		return n;
	case BI_GROWTH_LINEAR_LOG:
		return n * log2(n);
	case BI_GROWTH_SQUARE:
		return n * n;
	case BI_GROWTH_CUBE:
		return n * n * n;
	}
	return 0;
}

static struct bi_fit_curve fit(enum bi_growth growth, const double *size,
			       const double *value, size_t n)
{
	struct bi_fit_curve curve = {.growth = growth};
	double most = 0, sum = 0, squares = 0, left = 0, c, x;
	size_t i;

	/* Relative to the greatest, no square is out of range. */
	for (i = 0; i < n; i++)
		most = fmax(most, grow(growth, size[i]) / value[i]);
	for (i = 0; i < n; i++) {
		x = grow(growth, size[i]) / value[i] / most;
		sum += x;
		squares += x * x;
	}
	c = sum / squares;
	for (i = 0; i < n; i++) {
		x = grow(growth, size[i]) / value[i] / most;
		left += (1 - c * x) * (1 - c * x);
	}
	curve.coefficient = c / most;
	curve.rms = sqrt(left / (double)n);
	if (!isfinite(curve.rms))
		curve.rms = (double)INFINITY;
	return curve;
}

void bi_fit(const double *size, const double *value, size_t n,
	    struct bi_fit_curve out[BI_GROWTHS])
{
	struct bi_fit_curve curve;
	int growth, i;

	for (growth = 0; growth < BI_GROWTHS; growth++) {
		curve = fit((enum bi_growth)growth, size, value, n);
		for (i = growth; i > 0 && curve.rms < out[i - 1].rms; i--)
			out[i] = out[i - 1];
		out[i] = curve;
	}
}
