/* The null distribution of Mann and Whitney's U when no values are tied. */
#ifndef BI_STAT_UDIST_H
#define BI_STAT_UDIST_H

#include <stddef.h>

/* The largest sample whose distribution is computed. */
#define BI_UDIST_MAX 50

/* Pairs of sample sizes 1 <= n <= m <= BI_UDIST_MAX. */
#define BI_UDIST_PAIRS (BI_UDIST_MAX * (BI_UDIST_MAX + 1) / 2)

/* What was computed so far, by pair; all zero at first.  Not for two threads
 * at a time. */
struct bi_udist {
	double *pmf[BI_UDIST_PAIRS]; /* P(U = u), u = 0..nm */
	double *cdf[BI_UDIST_PAIRS]; /* P(U <= u), u below nm / 2 */
};

/* The probability that the statistic is at most U (0..N M) for samples of N and
 * M values, 1..BI_UDIST_MAX each, from one continuous distribution; into *P.
 * What is computed serves all later calls, for other sizes too: the first calls
 * take 3 ms and 8 MB in all, the others look up.  0 or BENCH_ENOMEM. */
int bi_udist_cdf(struct bi_udist *dist, size_t n, size_t m, size_t u,
		 double *p);

/* Free what was computed; DIST is empty again. */
void bi_udist_release(struct bi_udist *dist);

#endif
