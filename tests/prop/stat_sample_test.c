/* Properties of src/stat/sample.c: the sort agrees with the C library's for
 * arrays of every size and shape. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "prop/random.h"
#include "stat/sample.h"

static int compare(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	if (isnan(a) || isnan(b))
		return isnan(b) - isnan(a);
	return (a > b) - (a < b);
}

typedef double shape_fn(struct random *r, size_t i, size_t n);

static double any(struct random *r, size_t i, size_t n)
{
	(void)i;
	(void)n;
	return random_unit(r) - 0.5;
}

static double few(struct random *r, size_t i, size_t n)
{
	(void)i;
	(void)n;
	return (double)random_below(r, 4);
}

static double falling(struct random *r, size_t i, size_t n)
{
	(void)r;
	return (double)(n - i);
}

static double mountain(struct random *r, size_t i, size_t n)
{
	(void)r;
	return (double)(i < n / 2 ? i : n - i);
}

static double almost_sorted(struct random *r, size_t i, size_t n)
{
	return random_below(r, 20) == 0 ? any(r, i, n) : (double)i;
}

static double with_specials(struct random *r, size_t i, size_t n)
{
	static const double special[] = {NAN, INFINITY, -INFINITY, 0.0, -0.0};
	size_t k = random_below(r, 20);

	return k < 5 ? special[k] : any(r, i, n);
}

static void check(shape_fn *shape, size_t n, struct random *r)
{
	double *got = malloc((n + 1) * sizeof(*got));
	double *want = malloc((n + 1) * sizeof(*want));
	size_t i;

	assert_true(got != NULL && want != NULL);
	for (i = 0; i < n; i++)
		want[i] = got[i] = shape(r, i, n);
	qsort(want, n, sizeof(*want), compare);
	bi_sample_sort(got, n);
	for (i = 0; i < n; i++) {
		if (compare(&got[i], &want[i]) != 0)
			fail_msg("place %zu of %zu holds %g, want %g", i, n,
				 got[i], want[i]);
	}
	free(got);
	free(want);
}

static void sorts_as_the_library_does(void **state)
{
	shape_fn *const shapes[] = {any, few, falling, mountain,
				    almost_sorted, with_specials};
	struct random r = {1};
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		for (n = 0; n < 300; n++)
			check(shapes[i], n, &r);
		check(shapes[i], 10000, &r);
		check(shapes[i], 200000, &r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sorts_as_the_library_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
