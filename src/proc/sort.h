/* How two values of a field compare. */
#ifndef BI_PROC_SORT_H
#define BI_PROC_SORT_H

#include <stddef.h>

#include "base/slice.h"

enum bi_sort {
	BI_SORT_FIRST, /* by first appearance */
	BI_SORT_ALPHA, /* by bytes */
	BI_SORT_NUM,   /* by the number in the text */
	BI_SORT_FIXED  /* by a list, which also says what is let through */
};

/* The order named TEXT (LEN bytes): 0, or BENCH_EINPUT. */
int bi_sort_named(const char *text, size_t len, enum bi_sort *sort);

/* Below, equal to or above 0, as A stands before, with or behind B. */
int bi_sort_alpha(struct bi_slice a, struct bi_slice b);

/* Like bi_sort_alpha, but numbers come first, by size, and 0 means only that
 * neither is before the other.  "10", "1e3", "4KiB" and "n=8" are numbers. */
int bi_sort_num(struct bi_slice a, struct bi_slice b);

#endif
