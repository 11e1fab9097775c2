/* Properties of src/pair/judge.c and sample.c: launches on a simulated machine,
 * measured as src/pair/launch.c does, and how often what is said of them is
 * wrong.
 *
 * An argument is the number of repetitions.  With the few that every build makes
 * a rate is refused only when it could not be the allowed one by chance; 4000
 * are held to the rates themselves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "pair/judge.h"
#include "prop/launches.h"

#define ALPHA 0.01
#define MARGIN 0.005

/* Repetitions for every build, and for the rates themselves. */
#define FEW 400
#define MANY 4000

/* One in so many cells may be refused for nothing, of the few repetitions. */
#define CHANCE 1e-6

static int repetitions = FEW;

/* As many launches as the last look needs. */
#define LAUNCHES_MOST 440

/* Of the machine's launches, see launches_make(). */
#define POOL_FEW 4000
#define POOL_MANY 20000

static size_t pool_size(void)
{
	return repetitions >= MANY ? POOL_MANY : POOL_FEW;
}

struct outcome {
	int verdict[BI_VERDICT_UNDECIDED + 1];
	int left_out; /* an interval at a look leaves out the truth */
	long launches;
};

static void try_once(const struct bi_judge *judge, const double *pool,
		     double truth, struct random *random,
		     struct outcome *outcome)
{
	double value[LAUNCHES_MOST], change = log1p(truth);
	size_t start = random_below(random, pool_size()), n = 0, look;
	struct bi_judgement judgement = {.settled = false};
	bool left_out = false;

	while (!judgement.settled &&
	       (look = bi_judge_next_look(judge, n + 1)) != 0 &&
	       look <= LAUNCHES_MOST) {
		for (; n < look; n++) {
			double d = pool[(start + n) % pool_size()];

			value[n] = change +
				   (random_bits(random) >> 63 ? d : -d);
		}
		assert_int_equal(bi_judge_look(judge, value, n, &judgement),
				 0);
		left_out = left_out || judgement.low > change ||
			   judgement.high < change;
	}
	outcome->verdict[judgement.verdict]++;
	outcome->left_out += left_out;
	outcome->launches += (long)n;
}

static struct outcome repeat(const double *pool, double truth, bool exact)
{
	struct bi_judge judge;
	struct random random = {2};
	struct outcome outcome = {.launches = 0};
	int i;

	bi_judge_init(&judge, ALPHA, MARGIN, 1, BI_MULTIPLICITY_HOLM, exact);
	for (i = 0; i < repetitions; i++)
		try_once(&judge, pool, truth, &random, &outcome);
	return outcome;
}

/* The most of N that a chance of P each lets happen, but with CHANCE. */
static int most_by_chance(int n, double p)
{
	double term = pow(1 - p, n), sum = term;
	int k = 0;

	while (sum < 1 - CHANCE && k < n) {
		term *= (double)(n - k) / (k + 1) * p / (1 - p);
		sum += term;
		k++;
	}
	return k;
}

static void check_at_most(const struct noise_scenario *scenario, double truth,
			  const char *what, int got, double most)
{
	int limit = repetitions >= MANY ? (int)(most * repetitions)
					: most_by_chance(repetitions, most);

	if (got > limit)
		fail_msg("%s, true change %+g%%: %s in %d of %d, at most %d",
			 scenario->name, 100 * truth, what, got,
			 repetitions, limit);
}

static void show(const struct noise_scenario *scenario, double truth,
		 const struct outcome *o)
{
	print_message("%-12s %+5.1f%%: REGRESSION %4d IMPROVEMENT %d "
		      "EQUIVALENT %4d slower %d faster %d UNDECIDED %d; left "
		      "out %d; %.0f launches\n",
		      scenario->name, 100 * truth,
		      o->verdict[BI_VERDICT_REGRESSION],
		      o->verdict[BI_VERDICT_IMPROVEMENT],
		      o->verdict[BI_VERDICT_EQUIVALENT],
		      o->verdict[BI_VERDICT_SLOWER],
		      o->verdict[BI_VERDICT_FASTER],
		      o->verdict[BI_VERDICT_UNDECIDED], o->left_out,
		      (double)o->launches / repetitions);
}

/* At the margin itself no word is right but those of unsettled size. */
static void check_at_margin(const struct noise_scenario *scenario, const double *pool)
{
	struct outcome o = repeat(pool, MARGIN, false);

	show(scenario, MARGIN, &o);
	check_at_most(scenario, MARGIN, "truth left out", o.left_out,
		      1.5 * ALPHA);
	check_at_most(scenario, MARGIN, "a settled size",
		      o.verdict[BI_VERDICT_REGRESSION] +
			      o.verdict[BI_VERDICT_EQUIVALENT],
		      1.5 * ALPHA);
}

/* The interval for any stopping, looked at all the time. */
static void check_exact(const struct noise_scenario *scenario, const double *pool)
{
	static const double truths[] = {0, 0.02};
	size_t i;

	for (i = 0; i < sizeof(truths) / sizeof(truths[0]); i++) {
		struct outcome o = repeat(pool, truths[i], true);

		show(scenario, truths[i], &o);
		check_at_most(scenario, truths[i], "-exact: truth left out",
			      o.left_out, ALPHA);
		check_at_most(scenario, truths[i], "-exact: false alarm",
			      o.verdict[BI_VERDICT_IMPROVEMENT] +
				      (truths[i] > 0
					       ? 0
					       : o.verdict[BI_VERDICT_REGRESSION]),
			      0.001);
	}
}

static void check_scenario(const struct noise_scenario *scenario)
{
	static const double truths[] = {0, 0.01, 0.02, -0.02, 0.05};
	double *pool = launches_make(scenario, pool_size());
	size_t i;

	assert_non_null(pool);
	for (i = 0; i < sizeof(truths) / sizeof(truths[0]); i++) {
		double truth = truths[i];
		struct outcome o = repeat(pool, truth, false);
		int *verdict = o.verdict;

		show(scenario, truth, &o);
		check_at_most(scenario, truth, "truth left out", o.left_out,
			      1.5 * ALPHA);
		check_at_most(scenario, truth, "wrong sign",
			      truth < 0 ? verdict[BI_VERDICT_REGRESSION] +
						  verdict[BI_VERDICT_SLOWER]
			      : truth > 0
				      ? verdict[BI_VERDICT_IMPROVEMENT] +
						verdict[BI_VERDICT_FASTER]
				      : 0,
			      0);
		check_at_most(scenario, truth, "false EQUIVALENT",
			      truth == 0 ? 0 : verdict[BI_VERDICT_EQUIVALENT],
			      0.001);
		check_at_most(scenario, truth, "false alarm",
			      truth != 0 ? 0
					 : verdict[BI_VERDICT_REGRESSION] +
						   verdict[BI_VERDICT_IMPROVEMENT],
			      0.001);
		if (truth == 0.05 &&
		    verdict[BI_VERDICT_REGRESSION] < 0.99 * repetitions)
			fail_msg("%s: +5%% is found only %d times",
				 scenario->name,
				 verdict[BI_VERDICT_REGRESSION]);
	}
	/* These take their time: one machine is enough for every build. */
	if (repetitions >= MANY || scenario == &noise_scenario[1]) {
		check_at_margin(scenario, pool);
		check_exact(scenario, pool);
	}
	free(pool);
}

static void what_is_said_is_true(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < NOISE_SCENARIOS; i++)
		check_scenario(&noise_scenario[i]);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_said_is_true),
	};

	if (argc > 1)
		repetitions = (int)strtol(argv[1], NULL, 10);
	if (repetitions < 1)
		return 2;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
