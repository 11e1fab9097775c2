/* src/stat/utest.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "stat/sample.h"
#include "stat/utest.h"

#define MAX 120

struct sample {
	size_t n;
	double value[MAX];
};

static struct bi_utest_result run(const struct sample *x,
				  const struct sample *y)
{
	struct bi_utest *t = bi_utest_new();
	struct bi_utest_result result = {BI_UTEST_ALL_EQUAL, NAN, NAN};
	struct sample a = *x, b = *y;

	assert_non_null(t);
	bi_sample_sort(a.value, a.n);
	bi_sample_sort(b.value, b.n);
	assert_int_equal(bi_utest_run(t, a.value, a.n, b.value, b.n, &result),
			 0);
	bi_utest_free(t);
	return result;
}

static void check(const struct sample *x, const struct sample *y,
		  struct bi_utest_result want)
{
	struct bi_utest_result got = run(x, y);

	if (got.method != want.method || got.u != want.u ||
	    !(fabs(got.p - want.p) <= 1e-15 * want.p))
		fail_msg("%zu and %zu values: method %d, u %g, p %.17g, "
			 "want %d, %g, %.17g", x->n, y->n, (int)got.method,
			 got.u, got.p, (int)want.method, want.u, want.p);
}

/* N values from FIRST on, STEP apart. */
static struct sample series(size_t n, double first, double step)
{
	struct sample s = {n, {0}};
	size_t i;

	for (i = 0; i < n; i++)
		s.value[i] = first + (double)i * step;
	return s;
}

/* 0, 0, 1, 1, ...: N values. */
static struct sample doubles(size_t n, double first)
{
	struct sample s = {n, {0}};
	size_t i;

	for (i = 0; i < n; i++)
		s.value[i] = first + (double)(i / 2);
	return s;
}

static void disjoint_samples_have_the_least_p(void **state)
{
	const struct sample low = series(4, 1, 1), high = series(4, 11, 1);

	(void)state;
	check(&low, &high,
	      (struct bi_utest_result){BI_UTEST_EXACT, 0, 2. / 70});
	check(&high, &low,
	      (struct bi_utest_result){BI_UTEST_EXACT, 16, 2. / 70});
}

static void a_single_value_proves_nothing(void **state)
{
	const struct sample one = {1, {1}}, two = {1, {2}};

	(void)state;
	check(&one, &two, (struct bi_utest_result){BI_UTEST_EXACT, 0, 1});
	check(&one, &one,
	      (struct bi_utest_result){BI_UTEST_ALL_EQUAL, 0.5, 1});
}

static void an_empty_sample_cannot_differ(void **state)
{
	const struct sample none = {0, {0}}, some = {3, {1, 1, 2}};

	(void)state;
	check(&none, &some, (struct bi_utest_result){BI_UTEST_EXACT, 0, 1});
	check(&some, &none, (struct bi_utest_result){BI_UTEST_EXACT, 0, 1});
	check(&none, &none, (struct bi_utest_result){BI_UTEST_EXACT, 0, 1});
}

static void equal_values_cannot_be_compared(void **state)
{
	const struct sample few = series(6, 5, 0), many = series(60, 5, 0);
	const struct sample zeros = {2, {0.0, -0.0}};

	(void)state;
	check(&few, &few, (struct bi_utest_result){BI_UTEST_ALL_EQUAL, 18, 1});
	check(&many, &many,
	      (struct bi_utest_result){BI_UTEST_ALL_EQUAL, 1800, 1});
	check(&zeros, &zeros,
	      (struct bi_utest_result){BI_UTEST_ALL_EQUAL, 2, 1});
}

static void equal_within_but_not_across_is_a_difference(void **state)
{
	const struct sample low = series(6, 5, 0), high = series(6, 6, 0);

	(void)state;
	check(&low, &high,
	      (struct bi_utest_result){BI_UTEST_EXACT_TIES, 0, 2. / 924});
}

static void infinities_are_ranked(void **state)
{
	const struct sample low = {3, {-INFINITY, 1, 2}};
	const struct sample high = {3, {3, 4, INFINITY}};
	const struct sample top = {2, {INFINITY, INFINITY}};

	(void)state;
	check(&low, &high, (struct bi_utest_result){BI_UTEST_EXACT, 0, 0.1});
	check(&top, &top, (struct bi_utest_result){BI_UTEST_ALL_EQUAL, 2, 1});
}

static void check_method(const struct sample *x, const struct sample *y,
			 enum bi_utest_method want)
{
	enum bi_utest_method got = run(x, y).method;

	if (got != want)
		fail_msg("%zu and %zu values: method %d, want %d", x->n, y->n,
			 (int)got, (int)want);
}

static void size_and_ties_decide_the_method(void **state)
{
	const struct sample x50 = series(50, 0, 1), x51 = series(51, 0, 1);
	const struct sample y50 = series(50, .5, 1), y10 = series(10, .5, 1);
	const struct sample t25 = doubles(25, 0), t26 = doubles(26, 0);

	(void)state;
	check_method(&x50, &y50, BI_UTEST_EXACT);
	check_method(&x51, &y10, BI_UTEST_NORMAL);
	check_method(&y10, &x51, BI_UTEST_NORMAL);
	check_method(&t25, &t25, BI_UTEST_EXACT_TIES);
	check_method(&t26, &t25, BI_UTEST_NORMAL);
	check_method(&t25, &t26, BI_UTEST_NORMAL);
	/* Ties within one sample count. */
	check_method(&t26, &y10, BI_UTEST_NORMAL);
}

static void ties_may_put_p_beyond_one(void **state)
{
	const struct sample x = {1, {2}}, y = {4, {2, 2, 2, 3}};
	const struct sample v = {3, {2, 3, 3}}, w = {1, {3}};

	(void)state;
	check(&x, &y,
	      (struct bi_utest_result){BI_UTEST_EXACT_TIES, 1.5, 1.6});
	check(&v, &w, (struct bi_utest_result){BI_UTEST_EXACT_TIES, 1, 1.5});
}

/* 0 of the ways are below the least U; with two groups of values the least is
 * counted when U is close below it. */
static void a_mirrored_u_may_be_impossible(void **state)
{
	const struct sample top = {1, {3}}, two = {1, {2}};
	const struct sample many = {5, {1, 1, 1, 2, 3}};
	const struct sample close = {4, {1, 1, 1, 2}};
	const struct sample pair = {2, {2, 2}}, ten = series(10, 1, 0);

	(void)state;
	check(&top, &many,
	      (struct bi_utest_result){BI_UTEST_EXACT_TIES, 4.5, 0});
	check(&two, &close,
	      (struct bi_utest_result){BI_UTEST_EXACT_TIES, 3.5, 1.2});
	check(&pair, &ten,
	      (struct bi_utest_result){BI_UTEST_EXACT_TIES, 20, 0});
}

static void check_bits(const struct sample *x, const struct sample *y,
		       double u, double p)
{
	struct bi_utest_result got = run(x, y);

	if (got.u != u || got.p != p)
		fail_msg("%zu and %zu values: u %g, p %a, want %g, %a", x->n,
			 y->n, got.u, got.p, u, p);
}

/* The recursions evaluated as they are published, by a program that shares no
 * code with ours: rounding is involved here, and it must be the same. */
static void exact_methods_are_exact_to_the_last_bit(void **state)
{
	const struct sample x = series(50, 0, 1), y = series(50, 7.5, 1);
	const struct sample v = doubles(25, 0), w = doubles(25, 3);
	struct sample threes = series(25, 0, 0), twos = series(25, 0, 0);
	size_t i;

	(void)state;
	for (i = 0; i < 25; i++) {
		threes.value[i] = (double)(i % 3);
		twos.value[i] = (double)(i % 2);
	}
	check_bits(&x, &y, 903, 0x1.0d84e06d316b3p-6);
	check_bits(&v, &w, 181, 0x1.420d8c7da190ap-7);
	check_bits(&threes, &twos, 410.5, 0x1.67b37b925a099p-5);
}

static void check_p(const struct sample *x, const struct sample *y, double want)
{
	double got = run(x, y).p;

	if (!(fabs(got - want) <= 1e-9 * want))
		fail_msg("%zu and %zu values: p %.17g, want %.17g", x->n, y->n,
			 got, want);
}

static void large_samples_use_the_normal_distribution(void **state)
{
	const struct sample x = series(60, 0, 1), y = series(60, 6.5, 1);
	struct sample ones = series(60, 1, 0), mixed = series(90, 1, 0);
	double tied;
	size_t i;

	(void)state;
	/* U = 1 + 2 + ... + 53, and no ties. */
	check_p(&x, &y, erfc((1800 - 1431.5) / sqrt(36300) / sqrt(2)));
	check_p(&y, &x, erfc((1800 - 1431.5) / sqrt(36300) / sqrt(2)));
	for (i = 60; i < 90; i++)
		mixed.value[i] = 2;
	/* U = 60 * 60 / 2; groups of 120 and of 30 among 150 values. */
	tied = 60. * 90 / 12 * (151 - (1727880. + 26970) / (150 * 149));
	check_p(&ones, &mixed, erfc((2700 - 1800.5) / sqrt(tied) / sqrt(2)));
}

static void only_the_lower_tail_is_never_zero(void **state)
{
	const struct sample low = series(60, 0, 1), high = series(60, 100, 1);
	struct bi_utest_result result = run(&low, &high);

	(void)state;
	assert_int_equal(result.method, BI_UTEST_NORMAL);
	assert_true(result.p > 0 && result.p < 1e-15);
	check(&high, &low, (struct bi_utest_result){BI_UTEST_NORMAL, 3600, 0});
}

static void large_equal_halves_have_p_one(void **state)
{
	const struct sample x = doubles(60, 0);

	(void)state;
	check(&x, &x, (struct bi_utest_result){BI_UTEST_NORMAL, 1800, 1});
}

static void check_need(double alpha, int want)
{
	if (bi_utest_need(alpha) != want)
		fail_msg("at %g: need %d, want %d", alpha, bi_utest_need(alpha),
			 want);
}

static void smaller_alphas_need_more_values(void **state)
{
	(void)state;
	check_need(1, 1);
	check_need(0.5, 2);
	check_need(0.1, 3);
	check_need(0.05, 4);
	check_need(0.01, 5);
	check_need(0.001, 7);
	check_need(4.2e-5, 9);
	check_need(1e-5, 0);
	check_need(0, 0);
	check_need(NAN, 0);
}

static void freeing_nothing_is_allowed(void **state)
{
	(void)state;
	bi_utest_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(disjoint_samples_have_the_least_p),
		cmocka_unit_test(a_single_value_proves_nothing),
		cmocka_unit_test(an_empty_sample_cannot_differ),
		cmocka_unit_test(equal_values_cannot_be_compared),
		cmocka_unit_test(equal_within_but_not_across_is_a_difference),
		cmocka_unit_test(infinities_are_ranked),
		cmocka_unit_test(size_and_ties_decide_the_method),
		cmocka_unit_test(ties_may_put_p_beyond_one),
		cmocka_unit_test(a_mirrored_u_may_be_impossible),
		cmocka_unit_test(exact_methods_are_exact_to_the_last_bit),
		cmocka_unit_test(large_samples_use_the_normal_distribution),
		cmocka_unit_test(only_the_lower_tail_is_never_zero),
		cmocka_unit_test(large_equal_halves_have_p_one),
		cmocka_unit_test(smaller_alphas_need_more_values),
		cmocka_unit_test(freeing_nothing_is_allowed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
