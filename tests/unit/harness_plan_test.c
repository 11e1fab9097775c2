/* src/harness/plan.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "harness/plan.h"

static void nothing(bench_b *b, void *arg)
{
	(void)b;
	(void)arg;
}

/* The order of PLAN's round as letters. */
static const char *letters(const struct bi_plan *plan)
{
	static char text[64];
	size_t i;

	for (i = 0; i < plan->count; i++)
		text[i] = plan->order[i]->name[strlen("Benchmark")];
	text[i] = '\0';
	return text;
}

static void make(struct bi_plan *plan, const char *flags)
{
	char *const argv[] = {"program", NULL};
	struct bench_error err = BENCH_ERROR_INIT;

	setenv("BENCH_FLAGS", flags, 1);
	if (bi_plan_make(plan, 1, argv, &err) < 0)
		fail_msg("%s: %s", flags, err.text);
	unsetenv("BENCH_FLAGS");
}

static void check(const char *flags, const char *want)
{
	struct bi_plan plan;

	make(&plan, flags);
	if (strcmp(letters(&plan), want) != 0)
		fail_msg("'%s' plans '%s', want '%s'", flags, letters(&plan),
			 want);
	bi_plan_release(&plan);
}

static void check_error(const char *flags, const char *want)
{
	char *const argv[] = {"program", NULL};
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_plan plan;

	setenv("BENCH_FLAGS", flags, 1);
	assert_int_equal(bi_plan_make(&plan, 1, argv, &err), BENCH_EINPUT);
	unsetenv("BENCH_FLAGS");
	assert_non_null(strstr(err.text, want));
	bi_plan_release(&plan);
}

static void the_flags_select(void **state)
{
	(void)state;
	check("", "ABCDEFGH");
	check("-bench=.", "ABCDEFGH");
	check("-bench=''", "");
	check("-bench='kB|kD'", "BD");
	check("-bench=A/x", "A");
	check("-skip=A", "BCDEFGH");
	check("-skip=A/x", "ABCDEFGH");
	check("-skip=''", "ABCDEFGH");
	check("-bench=k[A-C] -skip=kB", "AC");
	check("-bench=nope", "");
}

static void patterns_are_checked_before_anything_runs(void **state)
{
	(void)state;
	check_error("-bench=[", "of -bench (\"[\")");
	check_error("-skip=a/(", "element 1 of -skip");
	check_error("-list=[", "of -list");
	check_error("-nope", "not defined: -nope");
}

static void a_seed_gives_the_same_order_again(void **state)
{
	struct bi_plan plan, again;
	char first[16];

	(void)state;
	make(&plan, "-shuffle=7");
	make(&again, "-shuffle=7");
	assert_string_equal(strcpy(first, letters(&plan)), letters(&again));
	assert_string_not_equal(first, "ABCDEFGH");
	/* Every round has an order of its own. */
	bi_plan_order(&plan, 1);
	assert_string_not_equal(letters(&plan), first);
	bi_plan_order(&plan, 0);
	assert_string_equal(letters(&plan), first);
	bi_plan_release(&again);
	make(&again, "-shuffle=8");
	assert_string_not_equal(letters(&again), first);
	bi_plan_release(&again);
	bi_plan_release(&plan);
}

static void no_benchmark_is_lost_or_doubled(void **state)
{
	struct bi_plan plan;
	int64_t round;
	char c;

	(void)state;
	make(&plan, "-shuffle=on");
	for (round = 0; round < 50; round++) {
		bi_plan_order(&plan, round);
		assert_int_equal(plan.count, 8);
		for (c = 'A'; c <= 'H'; c++)
			assert_non_null(strchr(letters(&plan), c));
	}
	bi_plan_release(&plan);
}

/* Over many seeds each benchmark stands in each place about as often: 8000
 * draws, 1000 expected, with a standard deviation of 30; the seed is fixed. */
static void every_place_is_as_likely(void **state)
{
	int counts[8][8] = {{0}};
	struct bi_plan plan;
	int64_t round;
	int i, j;

	(void)state;
	make(&plan, "-shuffle=1");
	for (round = 0; round < 8000; round++) {
		bi_plan_order(&plan, round);
		for (i = 0; i < 8; i++)
			counts[i][letters(&plan)[i] - 'A']++;
	}
	for (i = 0; i < 8; i++) {
		for (j = 0; j < 8; j++)
			assert_in_range(counts[i][j], 1000 - 168, 1000 + 168);
	}
	bi_plan_release(&plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_flags_select),
		cmocka_unit_test(patterns_are_checked_before_anything_runs),
		cmocka_unit_test(a_seed_gives_the_same_order_again),
		cmocka_unit_test(no_benchmark_is_lost_or_doubled),
		cmocka_unit_test(every_place_is_as_likely),
	};
	static const char *const names[] = {"A", "B", "C", "D",
					    "E", "F", "G", "H"};
	size_t i;

	for (i = 0; i < 8; i++) {
		if (bench_register(names[i], nothing, NULL) < 0)
			return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
