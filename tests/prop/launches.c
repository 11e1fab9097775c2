/* Launches on a simulated machine, measured as src/pair/launch.c does. */
#include "prop/launches.h"

#include <math.h>
#include <stdlib.h>

#include "pair/sample.h"

#define SLICE_SEC 0.0003
#define SWITCH_SEC 0.00003
#define START_SEC 0.004
#define QUADS 10

static void add_slice(struct noise *noise, double process,
		      struct bi_sample *sample)
{
	struct bi_event event = {.kind = BI_EVENT_SLICE};
	double time;

	noise->process = process;
	time = noise_measure(noise, SLICE_SEC);
	event.result.n = 1;
	event.result.elapsed_ns = llround(time * SLICE_SEC * 1e9 * 1000);
	event.cost.cpu_ns = event.result.elapsed_ns;
	bi_sample_add(sample, &event);
	noise_wait(noise, SWITCH_SEC);
}

/* The log ratio of one launch of two builds that are alike. */
static double launch(struct noise *noise)
{
	struct bi_sample sample[2];
	double process[2];
	int side, i, k;

	noise_wait(noise, START_SEC);
	for (side = 0; side < 2; side++) {
		noise_exec(noise);
		process[side] = noise->process;
		bi_sample_reset(&sample[side]);
	}
	for (i = 0; i < QUADS; i++) {
		int first = (int)(random_bits(&noise->random) >> 63);

		for (k = 0; k < 4; k++) {
			side = k == 1 || k == 2 ? 1 - first : first;
			add_slice(noise, process[side], &sample[side]);
		}
	}
	return log(bi_sample_fast(&sample[1], BI_PAIR_CPU) /
		   bi_sample_fast(&sample[0], BI_PAIR_CPU));
}

double *launches_make(const struct noise_scenario *scenario, size_t count)
{
	struct noise noise = noise_start(scenario, 1);
	double *pool = calloc(count, sizeof(*pool));
	size_t i;

	for (i = 0; pool != NULL && i < count; i++)
		pool[i] = launch(&noise);
	return pool;
}
