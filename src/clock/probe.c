/* What the clock is like on this machine. */
#include "clock/probe.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "clock/clock.h"

#define BATCHES 100
#define READINGS 1000
#define TRIES 5

/* Less than this is no suspend, but the time from one clock to the next. */
#define SUSPEND_LEAST_NS 1000000

/* A date that is kept right by degrees runs 0.05 % fast or slow at most
 * (adjtimex(2)); what goes beyond this is a step. */
#define STEP_LEAST_NS 10000000
#define SLEW_PARTS 2000

#define NS_PER_SEC 1000000000

static void read_source(char *out, int size)
{
	FILE *f = fopen("/sys/devices/system/clocksource/clocksource0/"
			"current_clocksource",
			"re");

	if (f == NULL)
		return;
	if (fgets(out, size, f) == NULL)
		*out = '\0';
	out[strcspn(out, "\n")] = '\0';
	fclose(f);
}

/* The whole batch; what disturbs one makes it longer, so that the shortest of
 * them is the clock's own. */
static int64_t read_batch(struct bi_clock_facts *facts)
{
	struct bi_instant first = bi_clock_now(), last = first;
	int i;

	for (i = 0; i < READINGS; i++) {
		struct bi_instant now = bi_clock_now();
		int64_t step = bi_clock_between(last, now);

		facts->backwards += step < 0;
		if (step > 0 && step < facts->resolution_ns)
			facts->resolution_ns = step;
		last = now;
	}
	facts->readings += READINGS;
	return bi_clock_between(first, last);
}

void bi_clock_probe(struct bi_clock_facts *facts)
{
	int64_t least = INT64_MAX;
	int i;

	*facts = (struct bi_clock_facts){.resolution_ns = INT64_MAX};
	read_source(facts->source, sizeof(facts->source));
	for (i = 0; i < BATCHES; i++) {
		int64_t ns = read_batch(facts);

		if (ns < least)
			least = ns;
	}
	facts->cost_ns = (double)least / READINGS;
}

static int64_t now_of(clockid_t clock)
{
	struct timespec ts = {0};

	clock_gettime(clock, &ts);
	return (int64_t)ts.tv_sec * NS_PER_SEC + ts.tv_nsec;
}

/* The closest together of several readings: whoever loses the CPU between two
 * clocks would see a step in it. */
struct bi_clock_drift bi_clock_drift_now(void)
{
	struct bi_clock_drift best = {0};
	int64_t least = INT64_MAX;
	int i;

	for (i = 0; i < TRIES; i++) {
		struct bi_clock_drift drift = {.at_ns = bi_clock_now().ns};
		int64_t took;

		drift.boot_ns = now_of(CLOCK_BOOTTIME);
		drift.date_ns = now_of(CLOCK_REALTIME);
		took = bi_clock_now().ns - drift.at_ns;
		if (took < least) {
			least = took;
			best = drift;
		}
	}
	return best;
}

static int64_t beyond(int64_t ns, int64_t limit)
{
	return ns > limit || ns < -limit ? ns : 0;
}

int64_t bi_clock_suspended(const struct bi_clock_drift *from,
			   const struct bi_clock_drift *to)
{
	return beyond(to->boot_ns - from->boot_ns - (to->at_ns - from->at_ns),
		      SUSPEND_LEAST_NS);
}

int64_t bi_clock_stepped(const struct bi_clock_drift *from,
			 const struct bi_clock_drift *to)
{
	int64_t ran = to->at_ns - from->at_ns;
	int64_t slept = bi_clock_suspended(from, to);

	return beyond(to->date_ns - from->date_ns - ran - slept,
		      STEP_LEAST_NS + ran / SLEW_PARTS);
}
