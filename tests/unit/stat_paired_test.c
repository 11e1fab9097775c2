/* src/stat/paired.c against published examples, tables and enumeration. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "base/random.h"
#include "stat/paired.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static void check(const char *what, double got, double want, double error)
{
	if (!(fabs(got - want) <= error))
		fail_msg("%s: p is %.10g, want %.10g", what, got, want);
}

/* Darwin's fifteen pairs of maize, in eighths of an inch: Fisher counts 863 of
 * 32768 patterns with a sum of at least 314 on one side. */
static const double darwin[] = {49, -67, 8,  16, 6,  23, 28, 41,
				14, 29,  56, 24, 75, 60, -48};

static void fishers_example(void **state)
{
	(void)state;
	check("Darwin's maize",
	      bi_paired_flip_p(darwin, LENGTH(darwin), 1), 2 * 863 / 32768.0, 0);
}

static void few_values(void **state)
{
	static const double alike[] = {3, 3, 3, 3};
	static const double zeros[] = {0, 0, 0};

	(void)state;
	check("nothing", bi_paired_flip_p(NULL, 0, 1), 1, 0);
	check("one", bi_paired_flip_p(alike, 1, 1), 1, 0);
	check("four alike", bi_paired_flip_p(alike, 4, 1), 0.125, 0);
	check("zeros", bi_paired_flip_p(zeros, 3, 1), 1, 0);
}

/* The sampled p is near the exact one of the same data: 20 values are counted,
 * and a 21st that is 0 only doubles the number of patterns. */
static void sampling_comes_near_the_count(void **state)
{
	struct bi_random random = {7};
	double value[21];
	double exact, sampled;
	int round, i;

	(void)state;
	for (round = 0; round < 5; round++) {
		for (i = 0; i < 20; i++)
			value[i] = bi_random_unit(&random) - 0.4;
		value[20] = 0;
		exact = bi_paired_flip_p(value, 20, 1);
		sampled = bi_paired_flip_p(value, 21, 1);
		check("sampled", sampled, exact,
		      5 * sqrt(exact * (1 - exact) / 99999) + 2e-5);
	}
}

/* Values 1..N of which those in NEGATIVE are so: the lesser rank sum is W. */
static double rank_p(size_t n, size_t w)
{
	double value[128], p = NAN;
	size_t i;

	for (i = n; i > 0; i--) {
		value[i - 1] = (double)i;
		if (w >= i) {
			value[i - 1] = -value[i - 1];
			w -= i;
		}
	}
	assert_int_equal(bi_paired_rank_p(value, n, &p), 0);
	return p;
}

/* Hollander, Wolfe and Chicken 2014, Nonparametric Statistical Methods, table
 * of the signed rank statistic, one-sided to three decimals. */
static void wilcoxons_table(void **state)
{
	(void)state;
	check("n 5, W 0", rank_p(5, 0) / 2, 0.031, 5e-4);
	check("n 6, W 2", rank_p(6, 2) / 2, 0.047, 5e-4);
	check("n 8, W 3", rank_p(8, 3) / 2, 0.020, 5e-4);
	check("n 10, W 8", rank_p(10, 8) / 2, 0.024, 5e-4);
	check("n 10, W 10", rank_p(10, 10) / 2, 0.042, 5e-4);
	check("n 15, W 25", rank_p(15, 25) / 2, 0.024, 5e-4);
	check("n 15, W 30", rank_p(15, 30) / 2, 0.047, 5e-4);
}

/* P by all sign patterns of the mid-ranks. */
static double enumerated(const double *rank2, size_t n, double sum)
{
	double all = 0, lesser;
	uint32_t pattern, count = 0;
	size_t i;

	for (i = 0; i < n; i++)
		all += rank2[i];
	lesser = fmin(sum, all - sum);
	for (pattern = 0; pattern < UINT32_C(1) << n; pattern++) {
		double s = 0;

		for (i = 0; i < n; i++)
			s += pattern >> i & 1 ? rank2[i] : 0;
		count += s <= lesser;
	}
	return fmin(1, 2 * ldexp(count, -(int)n));
}

static void ties_and_zeros(void **state)
{
	static const double value[] = {0, 1, -1, 1, 2, 2, -3, 0, 4, 4, 4};
	/* Doubled ranks of those that are not 0: 1 1 1 | 2 2 | 3 | 4 4 4. */
	static const double rank2[] = {4, 4, 4, 9, 9, 12, 16, 16, 16};
	double p = NAN;

	(void)state;
	assert_int_equal(bi_paired_rank_p(value, LENGTH(value), &p), 0);
	check("ties", p, enumerated(rank2, LENGTH(rank2), 16), 1e-14);
	assert_int_equal(bi_paired_rank_p(value, 1, &p), 0);
	check("zeros alone", p, 1, 0);
	assert_int_equal(bi_paired_rank_p(NULL, 0, &p), 0);
	check("nothing", p, 1, 0);
}

/* Just below the limit the count is what the approximation just above it would
 * say, mean n (n + 1) / 4 and variance n (n + 1) (2 n + 1) / 24. */
static void the_approximation_takes_over_smoothly(void **state)
{
	size_t n;

	(void)state;
	for (n = BI_PAIRED_RANK_EXACT - 1; n <= BI_PAIRED_RANK_EXACT + 2; n++) {
		double count = (double)n;
		double mean = count * (count + 1) / 4;
		double sd = sqrt(count * (count + 1) * (2 * count + 1) / 24);
		size_t w = (size_t)(mean - 2 * sd);
		double z = ((double)w + 0.5 - mean) / sd;

		check("near the limit", rank_p(n, w), erfc(-z / sqrt(2)), 8e-4);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fishers_example),
		cmocka_unit_test(few_values),
		cmocka_unit_test(sampling_comes_near_the_count),
		cmocka_unit_test(wilcoxons_table),
		cmocka_unit_test(ties_and_zeros),
		cmocka_unit_test(the_approximation_takes_over_smoothly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
