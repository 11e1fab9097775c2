/* The null distribution of Mann and Whitney's U when values are tied. */
#ifndef BI_STAT_UTIED_H
#define BI_STAT_UTIED_H

#include <stddef.h>

/* The largest sample whose distribution is computed. */
#define BI_UTIED_MAX 25

/* The values of both samples together, in ascending order: SIZE[i] of them are
 * equal to one another and differ from all others.  1 <= n. */
struct bi_utied_groups {
	size_t n;
	size_t size[2 * BI_UTIED_MAX];
};

/* Scratch memory, kept from call to call; all zero at first.  Not for two
 * threads at a time. */
struct bi_utied {
	double *rows;
	size_t cap;
};

/* In how many of the C(n1 + n2, n1) ways to choose the N1 values of the first
 * sample from GROUPS is 2U <= TWICE_U (which is at most 2 n1 n2)?  Into *WAYS,
 * with the rounding errors of bi_choose() once there are more than 20 values.
 * Neither sample has more than BI_UTIED_MAX.  0 or BENCH_ENOMEM. */
int bi_utied_ways(struct bi_utied *memory, const struct bi_utied_groups *groups,
		  size_t n1, size_t twice_u, double *ways);

void bi_utied_release(struct bi_utied *memory);

#endif
