/* The model of noise is as its scenarios say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "prop/noise.h"

#define DRAWS 20000

static struct noise_scenario find(const char *name)
{
	size_t i;

	for (i = 0; i < NOISE_SCENARIOS; i++) {
		if (strcmp(noise_scenario[i].name, name) == 0)
			return noise_scenario[i];
	}
	fail_msg("no scenario %s", name);
	return noise_scenario[0];
}

/* What is left of SCENARIO when only process effects, drift or interference
 * disturb. */
static struct noise_scenario bare(struct noise_scenario scenario)
{
	scenario.white_sd = 0;
	scenario.preempt_rate = 0;
	return scenario;
}

static void check_near(const char *what, double got, double want, double room)
{
	if (!(fabs(got - want) <= room * want))
		fail_msg("%s: %g, want %g", what, got, want);
}

/* The standard deviation of logs, and the mean of factors, of measurements of a
 * second that are far apart. */
static double measure(struct noise_scenario scenario, double *mean)
{
	struct noise noise = noise_start(&scenario, 1);
	double sum = 0, square = 0, factors = 0;
	int i;

	for (i = 0; i < DRAWS; i++) {
		double factor = noise_measure(&noise, 1), x = log(factor);

		sum += x;
		square += x * x;
		factors += factor;
		noise_wait(&noise, 500);
		noise_exec(&noise);
	}
	*mean = factors / DRAWS;
	return sqrt(square / DRAWS - sum / DRAWS * (sum / DRAWS));
}

static void drift_is_as_large_as_it_says(void **state)
{
	struct noise_scenario scenario = bare(find("bad"));
	double mean;

	(void)state;
	scenario.burst_on = 0;
	scenario.process_sd = 0;
	check_near("drift", measure(scenario, &mean), scenario.drift_sd, 0.03);
}

static void interference_slows_for_its_share_of_the_time(void **state)
{
	struct noise_scenario scenario = bare(find("bad"));
	double mean;

	(void)state;
	scenario.drift_sd = scenario.process_sd = 0;
	measure(scenario, &mean);
	/* A quarter of the time by 20 % on average, and the timer's tick. */
	check_near("interference", mean - 1, 0.05 + 0.0016, 0.05);
}

static void stolen_slots_add_their_time(void **state)
{
	struct noise_scenario scenario = bare(find("steal"));
	double mean;

	(void)state;
	scenario.drift_sd = scenario.process_sd = 0;
	measure(scenario, &mean);
	/* A tenth of the time 20 slots of 10 ms a second, and 2.5 %. */
	check_near("stolen", mean - 1, 0.1 * (1.2 * 1.025 - 1) + 0.0016, 0.1);
}

static void some_processes_are_far_off(void **state)
{
	struct noise_scenario scenario = bare(find("cloud+layout"));
	double want = sqrt(0.95 * 0.005 * 0.005 + 0.05 * 0.04 * 0.04), mean;

	(void)state;
	scenario.drift_sd = 0;
	scenario.burst_on = 0;
	check_near("layout", measure(scenario, &mean), want, 0.05);
	scenario.layout_share = 0;
	check_near("layout", measure(scenario, &mean), 0.005, 0.03);
}

/* The same machine disturbs whatever is measured on it. */
static void a_seed_is_a_course(void **state)
{
	struct noise a = noise_start(&noise_scenario[1], 7), b = a;
	int i;

	(void)state;
	for (i = 0; i < 100; i++)
		assert_true(noise_measure(&a, 0.1) == noise_measure(&b, 0.1));
	b = noise_start(&noise_scenario[1], 8);
	assert_true(noise_measure(&a, 0.1) != noise_measure(&b, 0.1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(drift_is_as_large_as_it_says),
		cmocka_unit_test(interference_slows_for_its_share_of_the_time),
		cmocka_unit_test(stolen_slots_add_their_time),
		cmocka_unit_test(some_processes_are_far_off),
		cmocka_unit_test(a_seed_is_a_course),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
