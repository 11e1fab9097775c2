/* Mann and Kendall's test.
 *
 * Mann 1945 (Econometrica 13, 245-259); Kendall 1975 (Rank Correlation Methods,
 * 4th edition), also for ties.  In how many orders of n values, t of which are
 * equal to one another and so on, d pairs stand the wrong way round is the
 * coefficient of q^d in
 *
 *	(1 - q) (1 - q^2) ... (1 - q^n)
 *	------------------------------------------------
 *	(1 - q) ... (1 - q^t)  for each group of equal values
 *
 * (MacMahon 1913, American Journal of Mathematics 35, 281-322).  A product or quotient by
 * 1 - q^k takes one pass over the coefficients, modulo 2^64: the numbers on the
 * way may leave the range, but the result is less than 20!, and so is exact. */
#include "stat/trend.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "stat/normal.h"

#define PAIRS_MAX (BI_TREND_EXACT * (BI_TREND_EXACT - 1) / 2)

static double pairs_of(size_t n)
{
	return (double)n * ((double)n - 1) / 2;
}

/* Merge A[0..MIDDLE) and A[MIDDLE..N), both sorted, into OUT; returns how many
 * pairs of a value of each stand the wrong way round. */
static double merge(const double *a, size_t middle, size_t n, double *out)
{
	size_t i = 0, j = middle, k;
	double wrong = 0;

	for (k = 0; k < n; k++) {
		if (i < middle && (j == n || a[i] <= a[j])) {
			out[k] = a[i++];
		} else {
			wrong += (double)(middle - i);
			out[k] = a[j++];
		}
	}
	return wrong;
}

/* Sort N values at *A, with as much room at *B; they may change places.  Returns
 * how many pairs stood the wrong way round. */
static double count_wrong(double **a, double **b, size_t n)
{
	double wrong = 0, *sorted;
	size_t width, start;

	for (width = 1; width < n; width *= 2) {
		for (start = 0; start < n; start += 2 * width) {
			size_t left = n - start;
			size_t middle = left < width ? left : width;
			size_t len = left < 2 * width ? left : 2 * width;

			wrong += merge(*a + start, middle, len, *b + start);
		}
		sorted = *b;
		*b = *a;
		*a = sorted;
	}
	return wrong;
}

/* Coefficients of a power series, up to q^MOST. */
struct series {
	uint64_t ways[PAIRS_MAX + 1];
	size_t most;
};

static void multiply(struct series *series, size_t k)
{
	size_t i;

	for (i = series->most + 1; i-- > k;)
		series->ways[i] -= series->ways[i - k];
}

static void divide(struct series *series, size_t k)
{
	size_t i;

	for (i = k; i <= series->most; i++)
		series->ways[i] += series->ways[i - k];
}

/* How many of the values from I on are equal to the first of them. */
static size_t group_size(const double *sorted, size_t n, size_t i)
{
	size_t end = i + 1;

	while (end < n && sorted[end] == sorted[i])
		end++;
	return end - i;
}

/* The probability of at most WRONG pairs the wrong way round. */
static double exact_tail(const double *sorted, size_t n, size_t wrong)
{
	struct series series = {{1}, wrong};
	uint64_t orders = 1, sum = 0;
	size_t i, j, size;

	for (i = 2; i <= n; i++)
		multiply(&series, i);
	for (i = 0; i < n; i += size) {
		size = group_size(sorted, n, i);
		for (j = 1; j <= size; j++) {
			/* The 1 - q of the numerator takes off one. */
			if (i > 0 || j > 1)
				divide(&series, j);
			orders = orders * (i + j) / j;
		}
	}
	for (i = 0; i <= wrong; i++)
		sum += series.ways[i];
	return (double)sum / (double)orders;
}

/* Variance of S, times 18. */
static double variance18(double n)
{
	return n * (n - 1) * (2 * n + 5);
}

struct bi_trend bi_trend_test(const double *values, size_t n, double *scratch)
{
	struct bi_trend trend = {0, 1};
	double *sorted = scratch, *other = scratch + n;
	double wrong, pairs = pairs_of(n), variance = variance18((double)n);
	size_t i, size;

	if (n < 2)
		return trend;
	memcpy(sorted, values, n * sizeof(*values));
	wrong = count_wrong(&sorted, &other, n);
	for (i = 0; i < n; i += size) {
		size = group_size(sorted, n, i);
		pairs -= pairs_of(size);
		variance -= variance18((double)size);
	}
	trend.s = pairs - 2 * wrong;
	if (trend.s == 0)
		return trend;
	if (n <= BI_TREND_EXACT)
		trend.p = 2 * exact_tail(sorted, n,
					 (size_t)fmin(wrong, pairs - wrong));
	else
		trend.p = 2 * bi_normal_cdf((1 - fabs(trend.s)) /
						    sqrt(variance / 18),
					    0, 1);
	return trend;
}
