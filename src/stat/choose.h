/* Binomial coefficients as doubles. */
#ifndef BI_STAT_CHOOSE_H
#define BI_STAT_CHOOSE_H

#include <stddef.h>

/* The largest n that bi_choose() takes. */
#define BI_CHOOSE_MAX 50

/* The number of ways to take K out of N <= BI_CHOOSE_MAX things; 0 for K > N.
 * Exact up to N = 20; beyond, the value has a relative error of up to 1e-13
 * that is the same everywhere, and need not be that of N - K. */
double bi_choose(size_t n, size_t k);

#endif
