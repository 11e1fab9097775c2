/* Geometric mean. */
#ifndef BI_STAT_GEOMEAN_H
#define BI_STAT_GEOMEAN_H

#include <stddef.h>

/* exp of the mean logarithm of the N VALUES.  NaN when there are none, and when
 * one is NaN or <= 0: a single zero would make all others count for nothing.
 * An infinite value makes it +inf, or NaN when others follow. */
double bi_geomean(const double *values, size_t n);

#endif
