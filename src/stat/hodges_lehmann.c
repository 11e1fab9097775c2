/* By what factor one sample exceeds another.
 *
 * On logarithms a factor is a shift, and the median of all differences is the
 * estimate of Hodges and Lehmann (1963, Annals of Mathematical Statistics 34,
 * 598-611); order statistics of the differences are the ends of the interval
 * that turns the U test round (Lehmann 1975, Nonparametrics, 2.6; Hollander,
 * Wolfe and Chicken 2014, 4.3).  Order is kept by the logarithm, so ratios
 * serve as well, and no logarithm is rounded.
 *
 * The nx ny ratios are never written down.  Ratios are doubles, doubles that are
 * not negative have the order of their bits, and how many ratios are at most a
 * given one is found in one walk over both samples: 63 bisections find any order
 * statistic to the last bit. */
#include "stat/hodges_lehmann.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "stat/sample.h"

struct pairs {
	const double *x;
	const double *y;
	size_t nx;
	size_t ny;
	double unknown; /* what 0 / 0 and inf / inf stand for */
};

static double ratio(const struct pairs *pairs, size_t i, size_t j)
{
	double r = pairs->y[j] / pairs->x[i];

	return isnan(r) ? pairs->unknown : r;
}

/* How many ratios are at most LIMIT.  They fall with x and grow with y, also
 * when rounded, but for the unknown ones, which are counted apart. */
static size_t count_upto(const struct pairs *pairs, double limit)
{
	size_t i, j = 0, count = 0;

	for (i = 0; i < pairs->nx; i++) {
		/* y / x <= limit for the first j values of y. */
		while (j < pairs->ny && ratio(pairs, i, j) <= limit)
			j++;
		count += j;
	}
	return count;
}

static double from_bits(uint64_t bits)
{
	double value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

/* The K-th smallest ratio, K = 1 .. nx ny. */
static double ratio_at(const struct pairs *pairs, size_t k)
{
	uint64_t low = 0, high = UINT64_C(0x7ff) << 52; /* 0 .. infinity */

	while (low < high) {
		uint64_t middle = low + (high - low) / 2;

		if (count_upto(pairs, from_bits(middle)) >= k)
			high = middle;
		else
			low = middle + 1;
	}
	return from_bits(low);
}

/* The K-th smallest ratio if it is that whatever the unknown ones are, or NaN. */
static double sure_ratio_at(struct pairs pairs, size_t k)
{
	double low, high;

	pairs.unknown = 0;
	low = ratio_at(&pairs, k);
	pairs.unknown = (double)INFINITY;
	high = ratio_at(&pairs, k);
	return low == high ? low : (double)NAN;
}

/* Between the two middle ratios, halfway on the logarithmic scale. */
static double median(const struct pairs *pairs)
{
	size_t all = pairs->nx * pairs->ny;
	double low = sure_ratio_at(*pairs, (all + 1) / 2), high;

	if (all % 2 == 1)
		return low;
	high = sure_ratio_at(*pairs, all / 2 + 1);
	return low == high ? low : sqrt(low) * sqrt(high);
}

struct bi_factor bi_hodges_lehmann(const double *x, size_t nx, const double *y,
				   size_t ny, size_t rank)
{
	struct bi_factor factor = {(double)NAN, 0, (double)INFINITY};
	struct pairs pairs = {x, y, nx, ny, 0};
	size_t all = nx * ny;

	if (nx == 0 || ny == 0)
		return factor;
	assert(x[0] >= 0 && y[0] >= 0 && rank <= (all + 1) / 2);
	if (x[0] == y[0] && bi_sample_all_equal(x, nx) &&
	    bi_sample_all_equal(y, ny)) {
		factor.estimate = 1;
		if (rank > 0)
			factor.low = factor.high = 1;
		return factor;
	}
	factor.estimate = median(&pairs);
	if (rank == 0)
		return factor;
	factor.low = ratio_at(&pairs, rank);
	pairs.unknown = (double)INFINITY;
	factor.high = ratio_at(&pairs, all + 1 - rank);
	return factor;
}
