/* The normal distribution, from libm alone: the harness links nothing else.
 *
 * The distribution function is the complementary error function's (Abramowitz
 * and Stegun 1964, 7.1.22 and 26.2.29).  The quantile is the rational
 * approximation of Acklam (2003, "An algorithm for computing the inverse normal
 * cumulative distribution function", relative error 1.15e-9), made exact to the
 * double by one step of Halley's method, as he proposes. */
#include "stat/normal.h"

#include <math.h>
#include <stddef.h>

/* Below this probability, and above its complement, Acklam approximates in
 * sqrt(-2 ln p); between them in p - 1/2. */
static const double tail = 0.02425;

static const double center_above[] = {
	-3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
	1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00,
};
static const double center_below[] = {
	-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
	6.680131188771972e+01, -1.328068155288572e+01, 1,
};
static const double tail_above[] = {
	-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
	-2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00,
};
static const double tail_below[] = {
	7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
	3.754408661907416e+00, 1,
};

static double polynomial(const double *coefficients, size_t n, double x)
{
	double value = coefficients[0];
	size_t i;

	for (i = 1; i < n; i++)
		value = value * x + coefficients[i];
	return value;
}

static double tail_ratio(double p)
{
	double q = sqrt(-2 * log(p));

	return polynomial(tail_above, 6, q) / polynomial(tail_below, 5, q);
}

static double approximation(double p)
{
	double q, r;

	if (p < tail)
		return tail_ratio(p);
	if (p > 1 - tail)
		return -tail_ratio(1 - p);
	q = p - 0.5;
	r = q * q;
	return polynomial(center_above, 6, r) * q /
	       polynomial(center_below, 6, r);
}

double bi_normal_cdf(double x, double mean, double sd)
{
	return erfc(-(x - mean) / (sd * M_SQRT2)) / 2;
}

double bi_normal_quantile(double p, double mean, double sd)
{
	double x, error, u;

	if (!(p >= 0 && p <= 1))
		return NAN;
	if (p == 0)
		return -INFINITY;
	if (p == 1)
		return INFINITY;
	x = approximation(p);
	error = 0.5 * erfc(-x / M_SQRT2) - p;
	u = error * sqrt(2 * M_PI) * exp(x * x / 2);
	x -= u / (1 + x * u / 2);
	return x * sd + mean;
}
