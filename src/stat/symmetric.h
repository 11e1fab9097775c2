/* An interval for the centre of a symmetric distribution that holds at every
 * sample size at once, whatever made one stop. */
#ifndef BI_STAT_SYMMETRIC_H
#define BI_STAT_SYMMETRIC_H

#include <stddef.h>

/* The centre of N values, each symmetric about it, lies in LOW..HIGH for all N
 * together with probability 1 - LEVEL (0 < LEVEL < 1).  Nothing else is assumed:
 * the values may have different distributions.  Infinite while there are too
 * few. */
void bi_symmetric_interval(const double *value, size_t n, double level,
			   double *low, double *high);

#endif
