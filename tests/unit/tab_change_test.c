/* src/tab/change.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "stat/sample.h"
#include "tab/change.h"

#define N 6

/* A table that judges by LIMIT, and not by value. */
static struct bi_table judge_by(double limit, bool relative)
{
	return (struct bi_table){.alpha = 0.05,
				 .limit = {true, relative, limit}};
}

static struct bi_change change(const struct bi_table *table, const double *x,
			       size_t nx, const double *y, size_t ny)
{
	struct bi_change_memory memory = {.utest = bi_utest_new()};
	struct bi_change_sample before = {x, nx, true}, after = {y, ny, true};
	struct bi_change result;

	assert_non_null(memory.utest);
	assert_int_equal(bi_change_compute(&memory, table, &before, &after,
					   &result), 0);
	bi_change_memory_release(&memory);
	bi_utest_free(memory.utest);
	return result;
}

static const double hundred[N] = {98, 99, 100, 101, 102, 103};
static const double more[N] = {108, 109, 110, 111, 112, 113};

static void p_is_against_the_limit(void **state)
{
	struct bi_table far = judge_by(0.2, true), near = judge_by(0.03, true);
	struct bi_change got;

	(void)state;
	got = change(&near, hundred, N, more, N);
	assert_true(got.kind == BI_CHANGE_SAMPLED && !got.odd);
	assert_true(fabs(got.p - 1. / 924) < 1e-15 && got.limit == 1.03);
	assert_true(fabs(got.least_p - got.p) < 1e-15);
	assert_true(got.low > 1.03 && got.low < got.factor &&
		    got.factor < got.high);
	assert_true(change(&far, hundred, N, more, N).p > 0.9);
}

static void less_is_worse_where_more_is_better(void **state)
{
	struct bi_table table = judge_by(0.03, true);

	(void)state;
	table.better = BI_BETTER_HIGHER;
	assert_true(change(&table, hundred, N, more, N).p == 1);
	assert_true(change(&table, more, N, hundred, N).p < 0.01);
	assert_true(change(&table, more, N, hundred, N).limit == 0.97);
}

static void an_absolute_limit_is_relative_to_the_median(void **state)
{
	static const double zero[N] = {0, 0, 0, 0, 0, 1};
	struct bi_table table = judge_by(201, false);

	(void)state;
	assert_true(change(&table, hundred, N, more, N).limit == 3);
	assert_true(isnan(change(&table, zero, N, more, N).limit));
	assert_true(change(&table, zero, N, more, N).p == 1);
}

static void a_loss_of_more_than_all_is_never_certain(void **state)
{
	static const double zero[N] = {0};
	struct bi_table table = judge_by(1, true);

	(void)state;
	table.better = BI_BETTER_HIGHER;
	assert_true(change(&table, hundred, N, zero, N).p == 1);
}

/* 103 is not worse than 100 by more than 3 %, however that is rounded. */
static void values_at_the_limit_are_ties(void **state)
{
	double x[N], y[N];
	struct bi_table table = judge_by(0.03, true);
	double unit, limit;
	size_t i;

	(void)state;
	for (unit = 1e-9; unit < 1e4; unit *= 7) {
		for (limit = 0.01; limit < 0.1; limit += 0.01) {
			table.limit.value = limit;
			for (i = 0; i < N; i++) {
				x[i] = unit * 100;
				y[i] = unit * 100 * (1 + limit);
			}
			assert_true(change(&table, x, N, y, N).p == 1);
			y[N - 1] *= 1.001;
			assert_true(change(&table, x, N, y, N).p == 0.5);
		}
	}
}

static void constants_are_exact_as_the_unit_allows(void **state)
{
	static const double three[N] = {3, 3, 3, 3, 3, 3};
	static const double mixed[N] = {3, 3, 3, 3, 3, 4};
	struct bi_table table = judge_by(0, true);
	struct bi_change got;

	(void)state;
	table.exactness = BI_EXACTNESS_NEVER;
	assert_int_equal(change(&table, three, N, three, N).kind,
			 BI_CHANGE_SAMPLED);
	table.exactness = BI_EXACTNESS_CONSTANT;
	got = change(&table, three, 4, three, N);
	assert_true(got.kind == BI_CHANGE_EXACT && got.before == 3 &&
		    got.after == 3);
	assert_int_equal(change(&table, three, 3, three, N).kind,
			 BI_CHANGE_SAMPLED);
	got = change(&table, three, N, mixed, N);
	assert_true(got.kind == BI_CHANGE_SAMPLED && !got.odd);
	table.exactness = BI_EXACTNESS_EXPECTED;
	assert_int_equal(change(&table, three, 1, three, 1).kind,
			 BI_CHANGE_EXACT);
	got = change(&table, three, N, mixed, N);
	assert_true(got.kind == BI_CHANGE_SAMPLED && got.odd);
}

static void nothing_is_known_of_what_has_no_ratio(void **state)
{
	static const double negative[N] = {-3, -2, -1, 1, 2, 3};
	struct bi_table table = judge_by(0.03, true);
	struct bi_change got = change(&table, negative, N, more, N);

	(void)state;
	assert_true(isnan(got.factor) && got.low == 0 && isinf(got.high));
	assert_true(got.p == 1);
	got = change(&table, hundred, 0, more, N);
	assert_true(isnan(got.factor) && got.p == 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(p_is_against_the_limit),
		cmocka_unit_test(less_is_worse_where_more_is_better),
		cmocka_unit_test(an_absolute_limit_is_relative_to_the_median),
		cmocka_unit_test(a_loss_of_more_than_all_is_never_certain),
		cmocka_unit_test(values_at_the_limit_are_ties),
		cmocka_unit_test(constants_are_exact_as_the_unit_allows),
		cmocka_unit_test(nothing_is_known_of_what_has_no_ratio),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
