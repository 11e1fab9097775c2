/* src/stat/choose.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "stat/choose.h"

static void check(size_t n, size_t k, double want, double tolerance)
{
	double got = bi_choose(n, k);

	if (!(fabs(got - want) <= tolerance * want))
		fail_msg("C(%zu, %zu) is %.17g, want %.17g", n, k, got, want);
}

static void they_are_pascals_triangle(void **state)
{
	uint64_t row[BI_CHOOSE_MAX + 2] = {1};
	size_t n, k;

	(void)state;
	for (n = 0; n <= BI_CHOOSE_MAX; n++) {
		for (k = 0; k <= n; k++)
			check(n, k, (double)row[k], n <= 20 ? 0 : 1e-13);
		for (k = n + 1; k > 0; k--)
			row[k] += row[k - 1];
	}
}

static void more_than_all_cannot_be_chosen(void **state)
{
	(void)state;
	check(0, 1, 0, 0);
	check(30, 31, 0, 0);
	check(30, SIZE_MAX, 0, 0);
}

/* The rounding of exp and lgamma is part of the value. */
static void the_last_digits_come_from_the_gamma_function(void **state)
{
	(void)state;
	check(21, 1, 0x1.5000000000027p+4, 0);
	check(24, 7, 0x1.51fdfffffffc5p+18, 0);
	check(24, 17, 0x1.51fdfffffffd0p+18, 0);
	check(50, 25, 0x1.cbe10d2b95d4fp+46, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_are_pascals_triangle),
		cmocka_unit_test(more_than_all_cannot_be_chosen),
		cmocka_unit_test(the_last_digits_come_from_the_gamma_function),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
