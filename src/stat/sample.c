/* A sample: an array of doubles, sorted.
 *
 * The sort is quicksort with a way out (introsort, Musser 1997): where it makes
 * no progress, heapsort takes over.  Values are compared inline and partitioned
 * without branches, since nobody can predict how a comparison ends; qsort(),
 * which calls a function for each, takes several times as long. */
#include "stat/sample.h"

#include <math.h>

/* Shorter ranges are sorted by insertion. */
#define SMALL 16

/* From here on the pivot is the median of nine values, not of three. */
#define LARGE 128

static void swap(double *a, double *b)
{
	double value = *a;

	*a = *b;
	*b = value;
}

static void insertion_sort(double *a, size_t n)
{
	size_t i, j;

	for (i = 1; i < n; i++) {
		double value = a[i];

		for (j = i; j > 0 && value < a[j - 1]; j--)
			a[j] = a[j - 1];
		a[j] = value;
	}
}

/* Let the value at ROOT sink to its place in the heap of N values. */
static void sift_down(double *a, size_t root, size_t n)
{
	double value = a[root];
	size_t child;

	while ((child = 2 * root + 1) < n) {
		if (child + 1 < n && a[child] < a[child + 1])
			child++;
		if (!(value < a[child]))
			break;
		a[root] = a[child];
		root = child;
	}
	a[root] = value;
}

static void heap_sort(double *a, size_t n)
{
	size_t i;

	for (i = n / 2; i-- > 0;)
		sift_down(a, i, n);
	for (i = n; i-- > 1;) {
		swap(&a[0], &a[i]);
		sift_down(a, 0, i);
	}
}

/* Where the median of the values at three places is. */
static double *median3(double *a, double *b, double *c)
{
	if (*b < *a) {
		double *p = a;

		a = b;
		b = p;
	}
	if (*c < *a)
		return a;
	return *c < *b ? c : b;
}

static double *pivot_place(double *a, size_t n)
{
	size_t s = n / 8;

	if (n < LARGE)
		return median3(&a[0], &a[n / 2], &a[n - 1]);
	return median3(median3(&a[0], &a[s], &a[2 * s]),
		       median3(&a[3 * s], &a[4 * s], &a[5 * s]),
		       median3(&a[6 * s], &a[7 * s], &a[n - 1]));
}

/* Move the values below PIVOT to the front; returns how many there are. */
static size_t partition_below(double *a, size_t n, double pivot)
{
	size_t i, below = 0;

	for (i = 0; i < n; i++) {
		double value = a[i];

		a[i] = a[below];
		a[below] = value;
		below += value < pivot;
	}
	return below;
}

/* Like partition_below(), but with those equal to PIVOT. */
static size_t partition_upto(double *a, size_t n, double pivot)
{
	size_t i, upto = 0;

	for (i = 0; i < n; i++) {
		double value = a[i];

		a[i] = a[upto];
		a[upto] = value;
		upto += value <= pivot;
	}
	return upto;
}

/* DEPTH more partitions of unequal size may go by before it is heapsort's. */
static void quick_sort(double *a, size_t n, unsigned depth)
{
	while (n > SMALL) {
		double pivot;
		size_t below;

		if (depth-- == 0) {
			heap_sort(a, n);
			return;
		}
		swap(&a[0], pivot_place(a, n));
		pivot = a[0];
		below = partition_below(a + 1, n - 1, pivot);
		if (below == 0) {
			/* The least value.  All its equals are in place now:
			 * samples of few distinct values stay fast. */
			below = 1 + partition_upto(a + 1, n - 1, pivot);
			a += below;
			n -= below;
			continue;
		}
		swap(&a[0], &a[below]);
		quick_sort(a, below, depth);
		a += below + 1;
		n -= below + 1;
	}
	insertion_sort(a, n);
}

/* Move the NaNs to the front; returns how many there are. */
static size_t partition_nan(double *a, size_t n)
{
	size_t i, nans = 0;

	for (i = 0; i < n; i++) {
		if (isnan(a[i]))
			swap(&a[nans++], &a[i]);
	}
	return nans;
}

static bool is_sorted(const double *a, size_t n)
{
	size_t i;

	for (i = 1; i < n; i++) {
		if (a[i] < a[i - 1])
			return false;
	}
	return true;
}

void bi_sample_sort(double *values, size_t n)
{
	size_t nans = partition_nan(values, n);
	unsigned depth = 0;
	size_t i;

	values += nans;
	n -= nans;
	if (is_sorted(values, n))
		return;
	for (i = n; i > 0; i /= 2)
		depth += 2;
	quick_sort(values, n, depth);
}

size_t bi_sample_nan_count(const double *sorted, size_t n)
{
	size_t nans = 0;

	while (nans < n && isnan(sorted[nans]))
		nans++;
	return nans;
}

bool bi_sample_all_equal(const double *sorted, size_t n)
{
	return n < 2 || sorted[0] == sorted[n - 1];
}

double bi_sample_mode(const double *sorted, size_t n)
{
	double mode = NAN;
	size_t best = 0;
	size_t i, end;

	for (i = 0; i < n; i = end) {
		end = i + 1;
		while (end < n && sorted[end] == sorted[i])
			end++;
		if (end - i > best) {
			best = end - i;
			mode = sorted[i];
		}
	}
	return mode;
}
