/* An interval for the centre of a symmetric distribution, valid at any stopping.
 *
 * Given their sizes, the deviations of symmetric values are sizes with fair
 * coins for signs, so exp(r S - r^2 V / 2) is a supermartingale for every r (de
 * la Pena 1999, Annals of Probability 27, 537-564), S their sum and V the sum of
 * their squares.  Mixed over a normal r with variance 1/h (Robbins 1970, Annals
 * of Mathematical Statistics 41, 1397-1409), it ever exceeds 1/level with
 * probability at most level (Ville), that is
 *
 *	S^2 >= (V + h) (2 ln(1/level) + ln(1 + V/h)).
 *
 * h may depend on the sizes, but not on how many there are. */
#include "stat/symmetric.h"

#include <math.h>
#include <stdbool.h>

/* h is this many times the squares of the first four deviations: the bound is
 * tightest near ten values, about where verdicts begin. */
#define FIRST 4
#define WEIGHT 2.5

/* Points between the ends at which the set is looked for, and halvings of the
 * gap that holds its edge. */
#define GRID 512
#define HALVINGS 40

struct sample {
	const double *value;
	size_t n;
	double level;
};

static bool rejects(const struct sample *sample, double centre)
{
	double sum = 0, squares = 0, h = 0;
	size_t i;

	for (i = 0; i < sample->n; i++) {
		double d = sample->value[i] - centre;

		sum += d;
		squares += d * d;
		if (i < FIRST)
			h += WEIGHT * d * d;
	}
	/* Four values that are the centre itself say nothing against it, and
	 * leave no scale. */
	if (h == 0)
		return false;
	return sum * sum >= (squares + h) * (2 * log(1 / sample->level) +
					     log1p(squares / h));
}

/* From OUTSIDE, which is rejected, inwards to the first point that is not. */
static double edge(const struct sample *sample, double outside, double inside)
{
	double step = (inside - outside) / GRID;
	double last = outside;
	int i;

	for (i = 1; i <= GRID; i++) {
		if (!rejects(sample, outside + step * i))
			break;
		last = outside + step * i;
	}
	inside = last + step;
	for (i = 0; i < HALVINGS; i++) {
		double middle = (last + inside) / 2;

		if (rejects(sample, middle))
			last = middle;
		else
			inside = middle;
	}
	return last;
}

void bi_symmetric_interval(const double *value, size_t n, double level,
			   double *low, double *high)
{
	struct sample sample = {value, n, level};
	double least = INFINITY, most = -INFINITY, width;
	size_t i;

	*low = -INFINITY;
	*high = INFINITY;
	for (i = 0; i < n; i++) {
		least = fmin(least, value[i]);
		most = fmax(most, value[i]);
	}
	if (n <= FIRST)
		return;
	/* Far outside all values the answer depends on n alone. */
	width = most - least;
	if (width == 0)
		width = fabs(most) > 0 ? fabs(most) * 1e-9 : 1e-300;
	least -= width;
	most += width;
	if (!rejects(&sample, least) || !rejects(&sample, most))
		return;
	*low = edge(&sample, least, most);
	*high = edge(&sample, most, least);
}
