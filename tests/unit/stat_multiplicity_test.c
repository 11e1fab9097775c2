/* src/stat/multiplicity.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "stat/multiplicity.h"

#define MAX 15

static void check(enum bi_multiplicity method, size_t n, const double *p,
		  const double *want)
{
	double got[MAX];
	size_t i;

	memcpy(got, p, n * sizeof(*p));
	assert_int_equal(bi_multiplicity_adjust(method, got, n), 0);
	for (i = 0; i < n; i++) {
		if (!(fabs(got[i] - want[i]) <= 1e-12))
			fail_msg("method %d, p[%zu] = %g becomes %.15g, want "
				 "%.15g", (int)method, i, p[i], got[i], want[i]);
	}
}

/* Benjamini and Hochberg 1995, section 3.1: 15 p of a study of patients after
 * myocardial infarction. */
static const double infarction[MAX] = {
	0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
	0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};

/* The paper: at 0.05 Bonferroni rejects the first three, their procedure the
 * first four. */
static void the_published_example_rejects_what_it_did(void **state)
{
	double p[MAX];
	size_t i;

	(void)state;
	memcpy(p, infarction, sizeof(p));
	bi_multiplicity_adjust(BI_MULTIPLICITY_BH, p, MAX);
	for (i = 0; i < MAX; i++)
		assert_int_equal(p[i] <= 0.05, i < 4);
	memcpy(p, infarction, sizeof(p));
	bi_multiplicity_adjust(BI_MULTIPLICITY_HOLM, p, MAX);
	for (i = 0; i < MAX; i++)
		assert_int_equal(p[i] <= 0.05, i < 3);
}

static void holm_multiplies_by_how_many_are_left(void **state)
{
	const double p[] = {0.04, 0.01, 0.03, 0.005};
	const double want[] = {0.06, 0.03, 0.06, 0.02};

	(void)state;
	check(BI_MULTIPLICITY_HOLM, 4, p, want);
}

static void bh_divides_by_the_rank(void **state)
{
	const double p[] = {0.04, 0.01, 0.03, 0.005};
	const double want[] = {0.04, 0.02, 0.04, 0.02};

	(void)state;
	check(BI_MULTIPLICITY_BH, 4, p, want);
}

static void adjusted_p_is_at_most_1(void **state)
{
	const double p[] = {0.9, 0.8, 1};
	const double holm[] = {1, 1, 1};
	const double bh[] = {1, 1, 1};

	(void)state;
	check(BI_MULTIPLICITY_HOLM, 3, p, holm);
	check(BI_MULTIPLICITY_BH, 3, p, bh);
}

static void none_and_one_test_change_nothing(void **state)
{
	const double p[] = {0.04, 0.9};

	(void)state;
	check(BI_MULTIPLICITY_NONE, 2, p, p);
	check(BI_MULTIPLICITY_HOLM, 1, p, p);
	check(BI_MULTIPLICITY_BH, 1, p, p);
	check(BI_MULTIPLICITY_HOLM, 0, p, p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_published_example_rejects_what_it_did),
		cmocka_unit_test(holm_multiplies_by_how_many_are_left),
		cmocka_unit_test(bh_divides_by_the_rank),
		cmocka_unit_test(adjusted_p_is_at_most_1),
		cmocka_unit_test(none_and_one_test_change_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
