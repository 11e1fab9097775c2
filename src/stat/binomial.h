/* What so many successes in so many tries say of their probability. */
#ifndef BI_STAT_BINOMIAL_H
#define BI_STAT_BINOMIAL_H

#include <stddef.h>

/* The exact interval of Clopper and Pearson for the probability, from K
 * successes in N >= 1 tries, at CONFIDENCE (0 < c < 1). */
void bi_binomial_interval(size_t k, size_t n, double confidence, double *low,
			  double *high);

#endif
