/* Clopper and Pearson 1934, Biometrika 26, 404-413: the probabilities at which
 * K successes or more, or K or fewer, are just not too unlikely. */
#include "stat/binomial.h"

#include <math.h>

#define HALVINGS 60

/* P(at most K successes) with probability P, 0 < P < 1. */
static double at_most(size_t k, size_t n, double p)
{
	double all = (double)n, sum = 0;
	size_t i;

	for (i = 0; i <= k; i++) {
		double x = (double)i;

		sum += exp(lgamma(all + 1) - lgamma(x + 1) -
			   lgamma(all - x + 1) + x * log(p) +
			   (all - x) * log1p(-p));
	}
	return sum;
}

/* The P with which at most K successes have probability TAIL. */
static double solve(size_t k, size_t n, double tail)
{
	double low = 0, high = 1;
	int i;

	for (i = 0; i < HALVINGS; i++) {
		double middle = (low + high) / 2;

		if (at_most(k, n, middle) > tail)
			low = middle;
		else
			high = middle;
	}
	return (low + high) / 2;
}

void bi_binomial_interval(size_t k, size_t n, double confidence, double *low,
			  double *high)
{
	double tail = (1 - confidence) / 2;

	*low = k == 0 ? 0 : solve(k - 1, n, 1 - tail);
	*high = k == n ? 1 : solve(k, n, tail);
}
