/* Order statistics.
 *
 * The number of values below the median of a continuous distribution is
 * binomial(n, 1/2), so the l-th and the r-th smallest value enclose the median
 * with probability P(l <= B < r) (David and Nagaraja 2003, Order Statistics,
 * 7.1; Conover 1999, Practical Nonparametric Statistics, 3.2).  The interval
 * grows from the middle outwards, the likelier side first. */
#include "stat/order.h"

#include <assert.h>
#include <math.h>

#include "stat/choose.h"
#include "stat/normal.h"

/* Beyond this many values the normal approximation is good enough. */
#define EXACT_MAX 30

/* The largest sample that bi_order_need() considers. */
#define NEED_MAX 50

double bi_order_median(const double *sorted, size_t n)
{
	/* Quantile definition 8 of Hyndman and Fan 1996, median-unbiased, at
	 * p = 1/2: the place is 1/3 + p (n + 1/3), here counted from 1. */
	double place = 1.0 / 3 + 0.5 * ((double)n + 1.0 / 3);
	double whole = floor(place);
	size_t k = (size_t)whole;

	if (k >= n)
		return sorted[n - 1];
	return sorted[k - 1] + (place - whole) * (sorted[k] - sorted[k - 1]);
}

/* P(B = K) of binomial(N, 1/2); 0 for a K that wrapped below zero. */
static double probability(size_t n, size_t k)
{
	return ldexp(bi_choose(n, k), -(int)n);
}

static struct bi_order_interval exact(size_t n, double confidence)
{
	size_t low = (n + 2) / 2 - 1; /* ceil((n + 1) / 2) - 1 */
	size_t high = low + 1;
	double covered = probability(n, low);

	while (covered < confidence) {
		double below = probability(n, low - 1);
		double above = probability(n, high);

		if (below == 0 && above == 0)
			break;
		if (below >= above) {
			covered += below;
			low--;
		} else {
			covered += above;
			high++;
		}
	}
	return (struct bi_order_interval){low, high};
}

static struct bi_order_interval approximate(size_t n, double confidence)
{
	double mean = (double)n / 2;
	double sd = sqrt((double)n * 0.5 * 0.5);
	double left = bi_normal_quantile((1 - confidence) / 2, mean, sd);
	double right = 2 * mean - left;
	/* Ranks whose halves, the correction for continuity, lie outside. */
	double low = floor(left - 0.5) + 1;
	double high = ceil(right - 0.5) + 1;
	double below_low = bi_normal_cdf(low - 0.5, mean, sd);
	double covered = bi_normal_cdf(high - 0.5, mean, sd) - below_low;
	double shorter = bi_normal_cdf(high - 1.5, mean, sd) - below_low;

	if (shorter >= confidence && shorter < covered)
		high--;
	if (low < 0)
		low = 0;
	if (high > (double)n + 1)
		high = (double)n + 1;
	return (struct bi_order_interval){(size_t)low, (size_t)high};
}

struct bi_order_interval bi_order_interval(size_t n, double confidence)
{
	assert(!(confidence < 0));
	if (n == 0 || !(confidence < 1))
		return (struct bi_order_interval){0, n + 1};
	return n <= EXACT_MAX ? exact(n, confidence)
			      : approximate(n, confidence);
}

double bi_order_at(const double *sorted, size_t n, size_t rank)
{
	if (rank == 0)
		return -INFINITY;
	return rank > n ? INFINITY : sorted[rank - 1];
}

int bi_order_need(double confidence)
{
	size_t n;

	for (n = 2; n <= NEED_MAX; n++) {
		struct bi_order_interval ranks =
			bi_order_interval(n, confidence);

		if (ranks.low >= 1 && ranks.high <= n)
			return (int)n;
	}
	return 0;
}
