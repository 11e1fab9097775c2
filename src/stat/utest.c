/* Mann and Whitney's U test, two-sided.
 *
 * Both samples are ranked together; the ranks of the first give U.  Where the
 * null distribution of U is not computed, it is approximated by the normal one
 * with the variance corrected for ties (Lehmann 1975, Nonparametrics, chapter
 * 1). */
#include "stat/utest.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/error.h"
#include "stat/choose.h"
#include "stat/normal.h"
#include "stat/udist.h"
#include "stat/utied.h"

/* The largest n that bi_utest_need() proposes. */
#define NEED_MAX 9

struct bi_utest {
	struct bi_udist plain;
	struct bi_utied tied;
};

/* What is left of two samples when only the order of the values counts. */
struct ranking {
	size_t nx;
	size_t ny;
	double u; /* of x */
	double mirror; /* nx ny - u, the U of y */
	bool ties;
	double tie_sum; /* of t^3 - t over groups of t equal values */
	size_t groups;
	struct bi_utied_groups first; /* complete up to 50 groups */
};

/* Rank the values of both samples together, equal ones by the average rank. */
static void rank(struct ranking *k, const double *x, const double *y)
{
	size_t nx = k->nx, ny = k->ny, i = 0, j = 0;
	double pairs = (double)nx * (double)ny;
	double rank_sum = 0;

	while (i < nx || j < ny) {
		size_t before = i + j, of_x = i, t;
		double value = j == ny || (i < nx && x[i] < y[j]) ? x[i] : y[j];

		while (i < nx && x[i] == value)
			i++;
		while (j < ny && y[j] == value)
			j++;
		of_x = i - of_x;
		t = i + j - before;
		rank_sum += (double)(2 * before + t + 1) / 2 * (double)of_x;
		if (t > 1) {
			double size = (double)t;

			k->ties = true;
			k->tie_sum += (size * size - 1) * size;
		}
		if (k->groups < 2 * BI_UTIED_MAX)
			k->first.size[k->groups] = t;
		k->groups++;
	}
	k->u = rank_sum - (double)nx * ((double)nx + 1) / 2;
	k->mirror = pairs - k->u;
}

/* The ways to get a U of at most LESSER with these ties. */
static int tied_ways(struct bi_utest *t, struct ranking *k, double lesser,
		     double *ways)
{
	size_t twice_u = (size_t)(2 * lesser);

	k->first.n = k->groups;
	if (k->groups == 2 && k->nx <= k->first.size[0]) {
		/* With two groups the ways are summed up to the quotient of
		 * 2U - LEAST by the number of values, truncated towards zero:
		 * a U just below the least possible counts the least. */
		size_t least = k->nx * (k->first.size[0] - k->nx);

		if (twice_u < least && least - twice_u < k->nx + k->ny)
			twice_u = least;
	}
	return bi_utied_ways(&t->tied, &k->first, k->nx, twice_u, ways);
}

static int exact_p(struct bi_utest *t, struct ranking *k, double *p)
{
	double lesser = fmin(k->u, k->mirror);
	double cdf, ways;

	if (k->u == k->mirror) {
		*p = 1;
		return 0;
	}
	if (k->ties) {
		if (tied_ways(t, k, lesser, &ways) < 0)
			return BENCH_ENOMEM;
		cdf = ways / bi_choose(k->nx + k->ny, k->nx);
	} else if (bi_udist_cdf(&t->plain, k->nx, k->ny, (size_t)lesser,
				&cdf) < 0) {
		return BENCH_ENOMEM;
	}
	*p = 2 * cdf;
	return 0;
}

/* U has mean nx ny / 2 and, over all N = nx + ny values, the variance
 * nx ny / 12 ((N + 1) - sum (t^3 - t) / (N (N - 1))). */
static double deviation(const struct ranking *k)
{
	double pairs = (double)k->nx * (double)k->ny;
	double all = (double)(k->nx + k->ny);
	double lost = k->tie_sum / (all * (all - 1));

	return sqrt(pairs * ((all + 1) - lost) / 12);
}

static double normal_p(const struct ranking *k)
{
	double pairs = (double)k->nx * (double)k->ny;
	double distance = k->u - pairs / 2;
	double below;

	/* Correction for continuity. */
	if (distance > 0)
		distance -= 0.5;
	else if (distance < 0)
		distance += 0.5;
	below = bi_normal_cdf(distance / deviation(k), 0, 1);
	return 2 * fmin(below, 1 - below);
}

/* P(U <= u) for these ties, not an approximation of it by the other tail. */
static int below_p(struct bi_utest *t, struct ranking *k, double *p)
{
	size_t exact_max = k->ties ? BI_UTIED_MAX : BI_UDIST_MAX;
	double ways;

	if (k->nx > exact_max || k->ny > exact_max) {
		double pairs = (double)k->nx * (double)k->ny;

		*p = bi_normal_cdf((k->u + 0.5 - pairs / 2) / deviation(k), 0,
				   1);
		return 0;
	}
	if (!k->ties)
		return bi_udist_cdf(&t->plain, k->nx, k->ny, (size_t)k->u, p);
	k->first.n = k->groups;
	if (bi_utied_ways(&t->tied, &k->first, k->nx, (size_t)(2 * k->u),
			  &ways) < 0)
		return BENCH_ENOMEM;
	/* Beyond 20 values the ways are rounded. */
	*p = fmin(ways / bi_choose(k->nx + k->ny, k->nx), 1);
	return 0;
}

struct bi_utest *bi_utest_new(void)
{
	return calloc(1, sizeof(struct bi_utest));
}

void bi_utest_free(struct bi_utest *t)
{
	if (t == NULL)
		return;
	bi_udist_release(&t->plain);
	bi_utied_release(&t->tied);
	free(t);
}

int bi_utest_run(struct bi_utest *t, const double *x, size_t nx,
		 const double *y, size_t ny, struct bi_utest_result *out)
{
	struct ranking k = {.nx = nx, .ny = ny};
	enum bi_utest_method method;
	size_t exact_max;
	double p = 1;

	assert((nx == 0 || !isnan(x[0])) && (ny == 0 || !isnan(y[0])));
	rank(&k, x, y);
	exact_max = k.ties ? BI_UTIED_MAX : BI_UDIST_MAX;
	if (nx == 0 || ny == 0) {
		method = BI_UTEST_EXACT;
	} else if (k.groups == 1) {
		method = BI_UTEST_ALL_EQUAL;
	} else if (nx <= exact_max && ny <= exact_max) {
		method = k.ties ? BI_UTEST_EXACT_TIES : BI_UTEST_EXACT;
		if (exact_p(t, &k, &p) < 0)
			return BENCH_ENOMEM;
	} else {
		method = BI_UTEST_NORMAL;
		p = normal_p(&k);
	}
	*out = (struct bi_utest_result){method, k.u, p};
	return 0;
}

int bi_utest_below(struct bi_utest *t, const double *x, size_t nx,
		   const double *y, size_t ny, double *p)
{
	struct ranking k = {.nx = nx, .ny = ny};

	*p = 1;
	if (nx == 0 || ny == 0)
		return 0;
	assert(!isnan(x[0]) && !isnan(y[0]));
	rank(&k, x, y);
	return k.groups == 1 ? 0 : below_p(t, &k, p);
}

int bi_utest_rank(struct bi_utest *t, size_t nx, size_t ny, double alpha,
		  size_t *k)
{
	size_t low = 0, high = nx * ny / 2; /* LOW fits, HIGH + 1 does not */

	*k = 0;
	if (nx == 0 || ny == 0)
		return 0;
	while (low < high) {
		size_t middle = high - (high - low) / 2;
		struct ranking untied = {.nx = nx,
					 .ny = ny,
					 .u = (double)(middle - 1)};
		double p;

		if (below_p(t, &untied, &p) < 0)
			return BENCH_ENOMEM;
		if (p <= alpha / 2)
			low = middle;
		else
			high = middle - 1;
	}
	*k = low;
	return 0;
}

int bi_utest_need(double alpha)
{
	size_t n;

	for (n = 1; n <= NEED_MAX; n++) {
		/* All of one sample below all of the other. */
		if (2 / bi_choose(2 * n, n) <= alpha)
			return (int)n;
	}
	return 0;
}
