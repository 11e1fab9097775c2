/* A sample: an array of doubles, sorted. */
#ifndef BI_STAT_SAMPLE_H
#define BI_STAT_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

/* Sort N values ascending, NaN first; -0 and 0 are equal, and their order is
 * not kept.  O(n log n) in the worst case, O(n) for sorted input, in place. */
void bi_sample_sort(double *values, size_t n);

/* How many of N sorted values are NaN: they are the first ones. */
size_t bi_sample_nan_count(const double *sorted, size_t n);

/* Whether N sorted values are all equal: true for none and for one, false for
 * several with a NaN among them, which equals nothing. */
bool bi_sample_all_equal(const double *sorted, size_t n);

/* The value that occurs most often among N sorted ones, the smallest of them
 * when several do.  A NaN counts as occurring once.  NaN for no values. */
double bi_sample_mode(const double *sorted, size_t n);

#endif
