/* Properties of src/pair/sentinel.c: on a simulated machine, how often a
 * comparison of OLD with itself errs when the machine is honest, and when it
 * favours one of two equal processes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "pair/sentinel.h"
#include "prop/launches.h"

/* Of the machine's launches, see launches_make(). */
#define POOL 20000

#define ALPHA 0.01
#define MARGIN 0.005
#define REPETITIONS 4000

enum { QUIET, CLOUD };

/* Does it err within MOST launches from START of POOL? */
static bool errs(const struct bi_judge *severe, const double *pool, double bias,
		 size_t most, struct random *random)
{
	double value[BI_SENTINEL_MOST];
	size_t start = random_below(random, POOL), n = 0, look;
	struct bi_judgement judgement;
	bool found = false;

	while (!found && (look = bi_judge_next_look(severe, n + 1)) <= most) {
		for (; n < look; n++) {
			double d = pool[(start + n) % POOL];

			value[n] = bias +
				   (random_bits(random) >> 63 ? d : -d);
		}
		assert_int_equal(bi_sentinel_look(severe, value, n, &judgement,
						  &found),
				 0);
	}
	return found;
}

static double rate(const double *pool, double bias, size_t most)
{
	struct random random = {3};
	struct bi_judge judge, severe;
	int i, found = 0;

	bi_judge_init(&judge, ALPHA, MARGIN, 1, BI_MULTIPLICITY_HOLM, false);
	bi_sentinel_init(&severe, &judge);
	for (i = 0; i < REPETITIONS; i++)
		found += errs(&severe, pool, log1p(bias), most, &random);
	return (double)found / REPETITIONS;
}

static double *make(size_t scenario)
{
	double *pool = launches_make(&noise_scenario[scenario], POOL);

	assert_non_null(pool);
	return pool;
}

static void an_honest_machine_is_not_accused(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < NOISE_SCENARIOS; i++) {
		double *pool = make(i);
		double got = rate(pool, 0, BI_SENTINEL_MOST);

		print_message("%-12s errs in %.2f%%\n", noise_scenario[i].name,
			      100 * got);
		if (got > (i == QUIET ? 0.0005 : 0.002))
			fail_msg("%s: errs in %g%%", noise_scenario[i].name,
				 100 * got);
		free(pool);
	}
}

/* At least WANT of the biased runs are noticed. */
static void check(size_t scenario, const double *pool, double bias,
		  size_t launches, double want)
{
	double got = rate(pool, bias, launches);

	print_message("%-12s %+.1f%%, %zu launches: %.1f%% noticed\n",
		      noise_scenario[scenario].name, 100 * bias, launches,
		      100 * got);
	if (got < want)
		fail_msg("%s, bias %g%%, %zu launches: %g%% noticed, want "
			 "%g%%",
			 noise_scenario[scenario].name, 100 * bias, launches,
			 100 * got, 100 * want);
}

static void a_machine_that_favours_one_is_noticed(void **state)
{
	double *quiet = make(QUIET), *cloud = make(CLOUD);

	(void)state;
	check(QUIET, quiet, 0.01, BI_SENTINEL_LEAST, 0.95);
	check(QUIET, quiet, -0.02, BI_SENTINEL_LEAST, 0.99);
	check(CLOUD, cloud, -0.01, BI_SENTINEL_MOST, 0.9);
	check(CLOUD, cloud, 0.02, BI_SENTINEL_LEAST, 0.9);
	check(CLOUD, cloud, 0.05, BI_SENTINEL_LEAST, 0.99);
	free(quiet);
	free(cloud);
}

static void a_claim_needs_as_many_launches_within_bounds(void **state)
{
	(void)state;
	assert_int_equal(bi_sentinel_goal(11), BI_SENTINEL_LEAST);
	assert_int_equal(bi_sentinel_goal(38), 38);
	assert_int_equal(bi_sentinel_goal(440), BI_SENTINEL_MOST);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_honest_machine_is_not_accused),
		cmocka_unit_test(a_machine_that_favours_one_is_noticed),
		cmocka_unit_test(a_claim_needs_as_many_launches_within_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
