/* Looking at a growing sample several times, at one level for all looks.
 *
 * Repeated confidence intervals: Jennison and Turnbull 1984, Controlled Clinical
 * Trials 5, 33-45; here for the sign test, whose boundary crossing is computed
 * by following the binomial distribution from look to look and taking out what
 * has crossed (Armitage, McPherson and Rowe 1969, JRSS A 132, 235-244). */
#include "stat/walk.h"

#include <assert.h>
#include <math.h>

size_t bi_walk_rank(size_t n, double p_each)
{
	double pmf = ldexp(1, -(int)n), below = 0;
	size_t k;

	for (k = 0; 2 * k < n; k++) {
		below += pmf;
		if (2 * below > p_each)
			break;
		pmf *= (double)(n - k) / (double)(k + 1);
	}
	return k;
}

/* One more value: it lies below the median or does not. */
static void step(double *below, size_t n)
{
	size_t k;

	below[n] = 0;
	for (k = n; k > 0; k--)
		below[k] = (below[k] + below[k - 1]) / 2;
	below[0] /= 2;
}

/* Take out the paths that a test at N rejects: what they weigh. */
static double absorb(double *below, size_t n, size_t rank)
{
	double gone = 0;
	size_t k;

	for (k = 0; k < rank; k++) {
		gone += below[k] + below[n - k];
		below[k] = below[n - k] = 0;
	}
	return gone;
}

double bi_walk_level(const struct bi_walk *walk, double p_each)
{
	double below[BI_WALK_MOST + 1] = {1};
	double level = 0;
	size_t n = 0, i;

	for (i = 0; i < walk->count; i++) {
		assert(walk->looks[i] <= BI_WALK_MOST);
		while (n < walk->looks[i])
			step(below, ++n);
		level += absorb(below, n, bi_walk_rank(n, p_each));
	}
	return level;
}

double bi_walk_each(const struct bi_walk *walk, double level)
{
	double low = 0, high = level;
	int i;

	/* A single look has the level itself; more have less each.  The level is
	 * a step function of p: stop when no double is left in between. */
	if (bi_walk_level(walk, high) <= level)
		return high;
	for (i = 0; i < 64 && low < high; i++) {
		double middle = low + (high - low) / 2;

		if (middle <= low || middle >= high)
			break;
		if (bi_walk_level(walk, middle) <= level)
			low = middle;
		else
			high = middle;
	}
	return low;
}

double bi_walk_p(const struct bi_walk *walk, size_t n, size_t outside)
{
	double pmf = ldexp(1, -(int)n), below = 0;
	size_t k;

	if (2 * outside >= n)
		return 1;
	for (k = 0; k <= outside; k++) {
		below += pmf;
		pmf *= (double)(n - k) / (double)(k + 1);
	}
	/* A hair more, lest rounding keep this very look from rejecting. */
	return fmin(1, bi_walk_level(walk, 2 * below * (1 + 1e-12)));
}
