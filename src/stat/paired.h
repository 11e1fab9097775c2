/* Tests for differences that would be as likely with the other sign if nothing
 * had changed. */
#ifndef BI_STAT_PAIRED_H
#define BI_STAT_PAIRED_H

#include <stddef.h>
#include <stdint.h>

/* Up to this many values all sign patterns are counted; beyond, 99999 random
 * ones from a seed. */
#define BI_PAIRED_FLIP_EXACT 20

/* Two-sided p of Fisher's permutation test on the mean of N values: the share of
 * sign patterns whose sum is at least as far from 0.  1 for N = 0. */
double bi_paired_flip_p(const double *value, size_t n, uint64_t seed);

/* Up to this many values other than 0 the null distribution is exact, also with
 * ties; beyond, the normal approximation corrected for them. */
#define BI_PAIRED_RANK_EXACT 60

/* Two-sided p of Wilcoxon's signed-rank test; zeros are left out, ties get their
 * mean rank.  1 for nothing left.  0 or BENCH_ENOMEM. */
int bi_paired_rank_p(const double *value, size_t n, double *p);

#endif
