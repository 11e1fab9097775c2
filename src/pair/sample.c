/* The slices of one side of a launch.
 *
 * The fastest half: what disturbs a program only ever makes it slower, so the
 * slower slices are those that say more about the machine.  A mean of the rest is
 * steadier than the minimum, which one lucky slice decides. */
#include "pair/sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of its time a CPU-bound benchmark may be blocked this share: page faults that
 * read a file, a lock now and then. */
#define BLOCKED_MOST 0.1

void bi_sample_reset(struct bi_sample *sample)
{
	*sample = (struct bi_sample){.counted = true};
}

void bi_sample_add(struct bi_sample *sample, const struct bi_event *slice)
{
	const struct bench_result *result = &slice->result;
	const struct bi_slice_cost *cost = &slice->cost;
	double n = (double)result->n, share;

	if (sample->count == BI_SAMPLE_MOST || result->n <= 0)
		return;
	sample->cpu[sample->count] = (double)cost->cpu_ns / n;
	sample->wall[sample->count] = (double)result->elapsed_ns / n;
	sample->count++;
	sample->n += result->n;
	sample->wall_ns += result->elapsed_ns;
	sample->cpu_ns += cost->cpu_ns;
	sample->others_ns += cost->others_ns;
	sample->waited_ns = cost->waited_ns < 0 || sample->waited_ns < 0
				    ? -1
				    : sample->waited_ns + cost->waited_ns;
	sample->stolen_ns = cost->stolen_ns < 0 || sample->stolen_ns < 0
				    ? -1
				    : sample->stolen_ns + cost->stolen_ns;
	sample->switches += cost->switches;
	sample->faults += cost->faults;
	sample->mallocs += result->mallocs;
	sample->malloc_bytes += result->malloc_bytes;
	sample->counted = sample->counted && result->counted;
	if (result->elapsed_ns > 0) {
		share = (double)cost->cpu_ns / (double)result->elapsed_ns;
		if (share > sample->most_cpu)
			sample->most_cpu = share;
	}
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static const double *values(const struct bi_sample *sample,
			    enum bi_pair_metric metric)
{
	return metric == BI_PAIR_WALL ? sample->wall : sample->cpu;
}

static double mean(const double *value, size_t count)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < count; i++)
		sum += value[i];
	return sum / (double)count;
}

double bi_sample_fast(const struct bi_sample *sample,
		      enum bi_pair_metric metric)
{
	double sorted[BI_SAMPLE_MOST];

	memcpy(sorted, values(sample, metric),
	       sample->count * sizeof(*sorted));
	qsort(sorted, sample->count, sizeof(*sorted), compare);
	return mean(sorted, (sample->count + 1) / 2);
}

double bi_sample_mean(const struct bi_sample *sample,
		      enum bi_pair_metric metric)
{
	return mean(values(sample, metric), sample->count);
}

bool bi_sample_is_cpu_bound(const struct bi_sample *sample)
{
	double wall = (double)sample->wall_ns, blocked;

	/* Other threads work, too. */
	if ((double)sample->others_ns > BLOCKED_MOST * (double)sample->cpu_ns)
		return false;
	/* Neither running nor waiting for a CPU is sleeping, unless the host
	 * had it. */
	if (sample->waited_ns >= 0) {
		blocked = wall - (double)sample->cpu_ns -
			  (double)sample->waited_ns -
			  fmax(0, (double)sample->stolen_ns);
		return blocked < BLOCKED_MOST * wall;
	}
	return sample->most_cpu > 1 - BLOCKED_MOST;
}
