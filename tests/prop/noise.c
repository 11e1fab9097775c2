/* A model of what disturbs a measurement. */
#include "prop/noise.h"

#include <math.h>

/* The tick of the timer: 250 a second, some microseconds each. */
#define TICK_RATE  250.0
#define TICK_LEAST 5e-6
#define TICK_MOST  8e-6

/* Drift is followed in steps of this much of a measurement. */
#define STEPS 8

/* Sizes are guesses from experience with shared machines; what matters is that
 * the designs that are compared on them rank the same over a wide range. */
const struct noise_scenario noise_scenario[NOISE_SCENARIOS] = {
	{.name = "quiet",
	 .drift_sd = 0.003,
	 .drift_time = 30,
	 .preempt_rate = 1,
	 .preempt_time = 0.001,
	 .white_sd = 0.01,
	 .process_sd = 0.002},
	{.name = "cloud",
	 .drift_sd = 0.015,
	 .drift_time = 20,
	 .burst_on = 3,
	 .burst_off = 27,
	 .burst_least = 0.1,
	 .burst_most = 0.3,
	 .preempt_rate = 5,
	 .preempt_time = 0.002,
	 .white_sd = 0.02,
	 .process_sd = 0.005},
	{.name = "bad",
	 .drift_sd = 0.03,
	 .drift_time = 60,
	 .burst_on = 5,
	 .burst_off = 15,
	 .burst_least = 0.1,
	 .burst_most = 0.3,
	 .preempt_rate = 20,
	 .preempt_time = 0.002,
	 .white_sd = 0.04,
	 .process_sd = 0.01},
	{.name = "cloud+layout",
	 .drift_sd = 0.015,
	 .drift_time = 20,
	 .burst_on = 3,
	 .burst_off = 27,
	 .burst_least = 0.1,
	 .burst_most = 0.3,
	 .preempt_rate = 5,
	 .preempt_time = 0.002,
	 .white_sd = 0.02,
	 .process_sd = 0.005,
	 .layout_share = 0.05,
	 .layout_sd = 0.04},
	{.name = "steal",
	 .drift_sd = 0.015,
	 .drift_time = 20,
	 .burst_on = 3,
	 .burst_off = 27,
	 .burst_most = 0.05,
	 .steal_rate = 20,
	 .steal_time = 0.01,
	 .preempt_rate = 5,
	 .preempt_time = 0.002,
	 .white_sd = 0.02,
	 .process_sd = 0.005},
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
		s->burst_least +
		(s->burst_most - s->burst_least) * random_unit(r));
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
	const struct noise_scenario *s = &noise->scenario;
	bool far = s->layout_share > 0 &&
		   random_unit(&noise->random) < s->layout_share;

	noise->process = (far ? s->layout_sd : s->process_sd) *
			 noise_normal(&noise->random);
}

/* What interference does to a stretch of time. */
struct disturbance {
	double on;     /* for how long there is some */
	double slowed; /* the same, weighted by how much it slows */
};

static void add_burst(const struct noise *noise, double seconds,
		      struct disturbance *sum)
{
	if (!noise->burst)
		return;
	sum->on += seconds;
	sum->slowed += seconds * noise->burst_slows;
}

static struct disturbance pass_bursts(struct noise *noise, double seconds)
{
	struct disturbance sum = {0, 0};

	if (noise->scenario.burst_on <= 0)
		return sum;
	while (seconds >= noise->burst_left) {
		add_burst(noise, noise->burst_left, &sum);
		seconds -= noise->burst_left;
		turn_burst(noise, !noise->burst);
	}
	noise->burst_left -= seconds;
	add_burst(noise, seconds, &sum);
	return sum;
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
	struct disturbance disturbance;
	int i, events;

	for (i = 0; i < STEPS; i++) {
		pass_drift(noise, seconds / STEPS);
		log_time += noise->drift / STEPS;
	}
	disturbance = pass_bursts(noise, seconds);
	log_time += disturbance.slowed / seconds;
	added += s->steal_time *
		 poisson(r, s->steal_rate * disturbance.on);
	log_time += s->white_sd * skewed(r) / sqrt(seconds / 1e-3);
	events = poisson(r, s->preempt_rate * seconds);
	for (i = 0; i < events; i++)
		added += exponential(r, s->preempt_time);
	events = (int)(TICK_RATE * seconds + random_unit(r));
	added += events * (TICK_LEAST + (TICK_MOST - TICK_LEAST) *
						random_unit(r));
	return exp(log_time) * (1 + added / seconds);
}
