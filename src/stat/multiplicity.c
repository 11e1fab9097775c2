/* Many tests at once.
 *
 * Holm 1979 (Scandinavian Journal of Statistics 6, 65-70): the i-th smallest of
 * n p times n - i + 1, and never less than one before it.  Benjamini and Hochberg
 * 1995 (Journal of the Royal Statistical Society B 57, 289-300): times n / i, and
 * never more than one behind it. */
#include "stat/multiplicity.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"

static int compare(const void *a, const void *b)
{
	double x = **(double *const *)a, y = **(double *const *)b;

	return (x > y) - (x < y);
}

static void holm(double **sorted, size_t n)
{
	double least = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		least = fmax(least, *sorted[i] * (double)(n - i));
		*sorted[i] = fmin(least, 1);
	}
}

static void benjamini_hochberg(double **sorted, size_t n)
{
	double most = 1;
	size_t i;

	for (i = n; i-- > 0;) {
		most = fmin(most, *sorted[i] * (double)n / (double)(i + 1));
		*sorted[i] = most;
	}
}

int bi_multiplicity_adjust(enum bi_multiplicity method, double *p, size_t n)
{
	double **sorted;
	size_t i;

	if (method == BI_MULTIPLICITY_NONE || n == 0)
		return 0;
	sorted = calloc(n, sizeof(*sorted));
	if (sorted == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < n; i++)
		sorted[i] = &p[i];
	qsort(sorted, n, sizeof(*sorted), compare);
	switch (method) {
	case BI_MULTIPLICITY_HOLM:
		holm(sorted, n);
		break;
	case BI_MULTIPLICITY_BH:
		benjamini_hochberg(sorted, n);
		break;
	case BI_MULTIPLICITY_NONE:
		break;
	}
	free(sorted);
	return 0;
}
