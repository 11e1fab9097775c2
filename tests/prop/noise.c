/* A model of what disturbs a measurement. */
#include "prop/noise.h"

#include <math.h>

/* The tick of the timer: 250 a second, some microseconds each. */
#define TICK_RATE  250.0
#define TICK_LEAST 5e-6
#define TICK_MOST  8e-6

/* Interference slows everything by 10 to 30 %. */
#define BURST_LEAST 0.1
#define BURST_MOST  0.3

/* Drift is followed in steps of this much of a measurement. */
#define STEPS 8

/* Sizes are guesses from experience with shared machines; what matters is that
 * the designs that are compared on them rank the same over a wide range. */
const struct noise_scenario noise_scenario[NOISE_SCENARIOS] = {
	{"quiet", 0.003, 30, 0, 0, 1, 0.001, 0.01, 0.002},
	{"cloud", 0.015, 20, 3, 27, 5, 0.002, 0.02, 0.005},
	{"bad", 0.03, 60, 5, 15, 20, 0.002, 0.04, 0.01},
};

static double exponential(struct random *r, double mean)
{
	return -mean * log(1 - random_unit(r));
}

/* Box and Muller 1958. */
double noise_normal(struct random *r)
{
	double radius = sqrt(-2 * log(1 - random_unit(r)));

	return radius * cos(2 * acos(-1) * random_unit(r));
}

/* How many events of a Poisson process with this MEAN. */
static int poisson(struct random *r, double mean)
{
	double sum = exponential(r, 1);
	int n = 0;

	for (; sum < mean; n++)
		sum += exponential(r, 1);
	return n;
}

/* Mean 0, standard deviation 1, skewed to the right: a gamma variable of shape
 * 2, moved. */
static double skewed(struct random *r)
{
	return (exponential(r, 1) + exponential(r, 1) - 2) / sqrt(2);
}

static void turn_burst(struct noise *noise, bool on)
{
	const struct noise_scenario *s = &noise->scenario;
	struct random *r = &noise->random;

	noise->burst = on;
	noise->burst_left = exponential(r, on ? s->burst_on : s->burst_off);
	noise->burst_slows = log1p(
		BURST_LEAST + (BURST_MOST - BURST_LEAST) * random_unit(r));
}

struct noise noise_start(const struct noise_scenario *scenario, uint64_t seed)
{
	struct noise noise = {.scenario = *scenario, .random = {seed}};

	noise.drift = scenario->drift_sd * noise_normal(&noise.random);
	if (scenario->burst_on > 0)
		turn_burst(&noise,
			   random_unit(&noise.random) <
				   scenario->burst_on / (scenario->burst_on +
							 scenario->burst_off));
	noise_exec(&noise);
	return noise;
}

void noise_exec(struct noise *noise)
{
	noise->process = noise->scenario.process_sd *
			 noise_normal(&noise->random);
}

/* How many of SECONDS are disturbed by interference, weighted by how much. */
static double pass_bursts(struct noise *noise, double seconds)
{
	double slowed = 0;

	if (noise->scenario.burst_on <= 0)
		return 0;
	while (seconds >= noise->burst_left) {
		if (noise->burst)
			slowed += noise->burst_left * noise->burst_slows;
		seconds -= noise->burst_left;
		turn_burst(noise, !noise->burst);
	}
	noise->burst_left -= seconds;
	if (noise->burst)
		slowed += seconds * noise->burst_slows;
	return slowed;
}

static void pass_drift(struct noise *noise, double seconds)
{
	const struct noise_scenario *s = &noise->scenario;
	double kept = exp(-seconds / s->drift_time);

	noise->drift = noise->drift * kept +
		       s->drift_sd * sqrt(1 - kept * kept) *
			       noise_normal(&noise->random);
}

void noise_wait(struct noise *noise, double seconds)
{
	pass_bursts(noise, seconds);
	pass_drift(noise, seconds);
}

double noise_measure(struct noise *noise, double seconds)
{
	const struct noise_scenario *s = &noise->scenario;
	struct random *r = &noise->random;
	double log_time = noise->process, added = 0;
	int i, events;

	for (i = 0; i < STEPS; i++) {
		pass_drift(noise, seconds / STEPS);
		log_time += noise->drift / STEPS;
	}
	log_time += pass_bursts(noise, seconds) / seconds;
	log_time += s->white_sd * skewed(r) / sqrt(seconds / 1e-3);
	events = poisson(r, s->preempt_rate * seconds);
	for (i = 0; i < events; i++)
		added += exponential(r, s->preempt_time);
	events = (int)(TICK_RATE * seconds + random_unit(r));
	added += events * (TICK_LEAST + (TICK_MOST - TICK_LEAST) *
						random_unit(r));
	return exp(log_time) * (1 + added / seconds);
}
