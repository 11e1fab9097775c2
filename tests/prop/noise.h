/* A model of what disturbs a measurement, for tests of what is made of
 * measurements: on the logarithmic scale and in continuous time,
 *
 *	drift (an Ornstein-Uhlenbeck process: the clock, the temperature),
 *	interference that comes and goes and slows everything for a while, or
 *	takes the machine away in slots,
 *	preemptions, which add a delay,
 *	white noise, skewed to the right, the less the longer one measures,
 *	the timer's tick,
 *	and what a process draws once when it starts (its layout), some of them
 *	far off.
 *
 * One machine has one course of disturbances, whatever is measured on it. */
#ifndef TESTS_PROP_NOISE_H
#define TESTS_PROP_NOISE_H

#include <stdbool.h>

#include "prop/random.h"

/* Fractions are of the time measured; times are in seconds. */
struct noise_scenario {
	const char *name;
	double drift_sd;
	double drift_time;   /* after which it has forgotten two thirds */
	double burst_on;     /* mean length of interference; 0: none */
	double burst_off;
	double burst_least;  /* by how much it slows: from here */
	double burst_most;   /* to here */
	double steal_rate;   /* while it lasts: slots per second */
	double steal_time;   /* of a slot */
	double preempt_rate; /* per second */
	double preempt_time; /* mean */
	double white_sd;     /* of a millisecond */
	double process_sd;
	double layout_share; /* of processes that are far off */
	double layout_sd;    /* of these */
};

#define NOISE_SCENARIOS 5

/* Quiet, cloud, bad, cloud+layout, steal. */
extern const struct noise_scenario noise_scenario[NOISE_SCENARIOS];

struct noise {
	struct noise_scenario scenario;
	struct random random;
	double drift;
	bool burst;
	double burst_left;  /* until it begins or ends */
	double burst_slows; /* log */
	double process;     /* log */
};

/* A machine in the middle of its life. */
struct noise noise_start(const struct noise_scenario *scenario, uint64_t seed);

/* What runs from now on is a new process. */
void noise_exec(struct noise *noise);

/* Nothing is measured for SECONDS. */
void noise_wait(struct noise *noise, double seconds);

/* How long, relatively, it takes to do what takes SECONDS undisturbed; time goes
 * on by that. */
double noise_measure(struct noise *noise, double seconds);

/* Standard normal. */
double noise_normal(struct random *r);

#endif
