/* Tests for paired differences.
 *
 * Sign flip: Fisher 1935, The Design of Experiments, section 21; the sampled
 * form counts the observed pattern among the drawn ones (Phipson and Smyth 2010,
 * Statistical Applications in Genetics and Molecular Biology 9, 39).
 * Signed rank: Wilcoxon 1945, Biometrics Bulletin 1, 80-83; zeros and ties as in
 * Pratt and Gibbons 1981, Concepts of Nonparametric Theory, 3.7. */
#include "stat/paired.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/random.h"
#include "stat/normal.h"

#define FLIPS 99999

/* Sums that differ by less than this share of the largest are the same sum,
 * added up in another order. */
#define SAME 1e-12

/* All patterns in Gray's order: one sign changes from each to the next. */
static double flip_all(const double *value, size_t n, double sum, double limit)
{
	uint32_t patterns = UINT32_C(1) << n, i, count = 0;
	double sign[BI_PAIRED_FLIP_EXACT];
	size_t k;

	for (k = 0; k < n; k++)
		sign[k] = 1;
	for (i = 1; i <= patterns; i++) {
		count += fabs(sum) >= limit;
		k = (size_t)__builtin_ctz(i);
		if (k >= n)
			break;
		sign[k] = -sign[k];
		sum += 2 * sign[k] * value[k];
	}
	return (double)count / (double)patterns;
}

static double flip_some(const double *value, size_t n, double limit,
			uint64_t seed)
{
	struct bi_random random = {seed};
	uint32_t i, count = 0;

	for (i = 0; i < FLIPS; i++) {
		uint64_t bits = 0;
		double sum = 0;
		size_t k;

		for (k = 0; k < n; k++) {
			if (k % 64 == 0)
				bits = bi_random_bits(&random);
			sum += bits & 1 ? value[k] : -value[k];
			bits >>= 1;
		}
		count += fabs(sum) >= limit;
	}
	return (double)(count + 1) / (FLIPS + 1);
}

double bi_paired_flip_p(const double *value, size_t n, uint64_t seed)
{
	double sum = 0, size = 0, limit;
	size_t k;

	for (k = 0; k < n; k++) {
		sum += value[k];
		size += fabs(value[k]);
	}
	limit = fabs(sum) - SAME * size;
	return n <= BI_PAIRED_FLIP_EXACT ? flip_all(value, n, sum, limit)
					 : flip_some(value, n, limit, seed);
}

/* ---- Signed rank ---- */

static int by_size(const void *a, const void *b)
{
	double x = fabs(*(const double *)a), y = fabs(*(const double *)b);

	return (x > y) - (x < y);
}

/* Ranks of N sorted values, doubled so that a mean rank is whole.  Returns the
 * sum over the ties of t^3 - t. */
static double double_ranks(const double *sorted, size_t n, size_t *rank)
{
	double ties = 0;
	size_t i, j, k;

	for (i = 0; i < n; i = j) {
		double t;

		for (j = i + 1; j < n && fabs(sorted[j]) == fabs(sorted[i]);)
			j++;
		for (k = i; k < j; k++)
			rank[k] = i + j + 1;
		t = (double)(j - i);
		ties += t * t * t - t;
	}
	return ties;
}

/* P(sum of the doubled ranks with a coin each <= LIMIT). */
static int lower_tail(const size_t *rank, size_t n, size_t limit, double *out)
{
	double *pmf = calloc(limit + 1, sizeof(*pmf)), sum = 0;
	size_t i, s;

	if (pmf == NULL)
		return BENCH_ENOMEM;
	pmf[0] = 1;
	for (i = 0; i < n; i++) {
		for (s = limit + 1; s-- > 0;)
			pmf[s] = (pmf[s] +
				  (s >= rank[i] ? pmf[s - rank[i]] : 0)) / 2;
	}
	for (s = 0; s <= limit; s++)
		sum += pmf[s];
	free(pmf);
	*out = sum;
	return 0;
}

static double approximate(size_t n, size_t lesser, double ties)
{
	double count = (double)n;
	double mean = count * (count + 1) / 4;
	double variance = count * (count + 1) * (2 * count + 1) / 24 - ties / 48;

	/* A half for the continuity. */
	return 2 * bi_normal_cdf((double)lesser / 2 + 0.5, mean,
				 sqrt(variance));
}

int bi_paired_rank_p(const double *value, size_t n, double *p)
{
	double *sorted = calloc(n + 1, sizeof(*sorted)), ties;
	size_t *rank = calloc(n + 1, sizeof(*rank));
	size_t used = 0, positive = 0, all, i;
	int rc = BENCH_ENOMEM;

	if (sorted == NULL || rank == NULL)
		goto out;
	for (i = 0; i < n; i++) {
		if (value[i] != 0)
			sorted[used++] = value[i];
	}
	qsort(sorted, used, sizeof(*sorted), by_size);
	ties = double_ranks(sorted, used, rank);
	for (i = 0; i < used; i++)
		positive += sorted[i] > 0 ? rank[i] : 0;
	all = used * (used + 1);
	if (positive > all - positive)
		positive = all - positive;
	rc = 0;
	if (used > BI_PAIRED_RANK_EXACT)
		*p = approximate(used, positive, ties);
	else if ((rc = lower_tail(rank, used, positive, p)) == 0)
		*p *= 2;
	if (rc == 0 && *p > 1)
		*p = 1;
out:
	free(sorted);
	free(rank);
	return rc;
}
