/* The null distribution of Mann and Whitney's U when no values are tied.
 *
 * Of n + m values from one continuous distribution the largest belongs to the
 * first sample with probability n / (n + m), and then exceeds all m values of
 * the second; so (Mann and Whitney 1947, Annals of Mathematical Statistics 18,
 * 50-60)
 *
 *	p[n,m](u) = (n p[n-1,m](u - m) + m p[n,m-1](u)) / (n + m)
 *
 * with p[0,m](0) = p[n,0](0) = 1, and p[n,m] = p[m,n].  The smaller size comes
 * first everywhere, so that each p[n,m](u) is computed once and in one way: the
 * last digit, which may decide how three decimals are rounded, is always the
 * same. */
#include "stat/udist.h"

#include <assert.h>
#include <stdlib.h>

#include "base/error.h"

/* Where 1 <= N <= M is among the pairs. */
static size_t pair(size_t n, size_t m)
{
	return m * (m - 1) / 2 + n - 1;
}

/* The distribution for an empty sample: U is 0. */
static const double certain[] = {1};

/* What was computed for sizes N and M. */
static const double *pmf_of(const struct bi_udist *dist, size_t n, size_t m)
{
	if (n == 0 || m == 0)
		return certain;
	return n <= m ? dist->pmf[pair(n, m)] : dist->pmf[pair(m, n)];
}

/* Compute p[n,m] from its two predecessors, which are there. */
static int add_pmf(struct bi_udist *dist, size_t n, size_t m)
{
	const double *first = pmf_of(dist, n - 1, m);
	const double *second = pmf_of(dist, n, m - 1);
	size_t last = n * m, second_last = n * (m - 1);
	double from_n = (double)n, from_m = (double)m, all = from_n + from_m;
	double *p;
	size_t u;

	p = malloc((last + 1) * sizeof(*p));
	if (p == NULL)
		return BENCH_ENOMEM;
	for (u = 0; u <= last; u++) {
		double l = u < m ? 0 : from_n * first[u - m];
		double r = u > second_last ? 0 : from_m * second[u];

		p[u] = (l + r) / all;
	}
	dist->pmf[pair(n, m)] = p;
	return 0;
}

/* Have p[n,m], n <= m, and all that it is made of. */
static int need_pmf(struct bi_udist *dist, size_t n, size_t m)
{
	size_t i, j;

	for (i = 1; i <= n; i++) {
		for (j = i; j <= m; j++) {
			if (dist->pmf[pair(i, j)] == NULL &&
			    add_pmf(dist, i, j) < 0)
				return BENCH_ENOMEM;
		}
	}
	return 0;
}

/* Have the sums of p[n,m], n <= m, up to half of the way. */
static int need_cdf(struct bi_udist *dist, size_t n, size_t m)
{
	size_t half = (n * m + 1) / 2;
	const double *p;
	double *sums;
	double sum = 0;
	size_t u;

	if (dist->cdf[pair(n, m)] != NULL)
		return 0;
	if (need_pmf(dist, n, m) < 0)
		return BENCH_ENOMEM;
	sums = malloc(half * sizeof(*sums));
	if (sums == NULL)
		return BENCH_ENOMEM;
	p = pmf_of(dist, n, m);
	for (u = 0; u < half; u++) {
		sum += p[u];
		sums[u] = sum;
	}
	dist->cdf[pair(n, m)] = sums;
	return 0;
}

int bi_udist_cdf(struct bi_udist *dist, size_t n, size_t m, size_t u,
		 double *p)
{
	const double *sums;
	size_t all = n * m;

	assert(n >= 1 && n <= BI_UDIST_MAX && m >= 1 && m <= BI_UDIST_MAX);
	assert(u <= all);
	if (need_cdf(dist, n <= m ? n : m, n <= m ? m : n) < 0)
		return BENCH_ENOMEM;
	sums = dist->cdf[n <= m ? pair(n, m) : pair(m, n)];
	/* Symmetric about nm / 2: the upper half is a complement, which keeps
	 * the digits of small tails. */
	if (u < (all + 1) / 2)
		*p = sums[u];
	else
		*p = u == all ? 1 : 1 - sums[all - u - 1];
	return 0;
}

void bi_udist_release(struct bi_udist *dist)
{
	size_t i;

	for (i = 0; i < BI_UDIST_PAIRS; i++) {
		free(dist->pmf[i]);
		free(dist->cdf[i]);
	}
	*dist = (struct bi_udist){0};
}
