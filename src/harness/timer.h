/* A benchmark's timer: measured time, and the allocations made in it. */
#ifndef BI_HARNESS_TIMER_H
#define BI_HARNESS_TIMER_H

#include <stdbool.h>
#include <stdint.h>

#include "clock/clock.h"
#include "harness/predict.h"
#include "harness/usage.h"
#include "memory/counting.h"
#include "perf/perf.h"

/* The most live bytes of the timed part, in a run in which they are watched. */
struct bi_peak {
	bool watched;
	int64_t bytes; /* above base, in finished stretches */
	int64_t base;  /* live at the last reset, and what the harness took */
	int64_t held;  /* live when the harness took over */
	int holds;     /* it does so within what it does */
};

struct bi_timer {
	bool on;
	bool cpu;                  /* read the CPU clock, too */
	bool usage;                /* and what the process takes */
	struct bi_usage used;      /* in finished stretches */
	struct bi_usage used_at_start; /* of the present stretch */
	struct bi_instant since;   /* of the last start or stop */
	int64_t cpu_since;         /* of the present stretch */
	int64_t cpu_ns;            /* this thread's, of finished stretches */
	int64_t elapsed_ns;        /* of finished stretches */
	struct bi_counts at_start; /* of the present stretch */
	struct bi_counts counted;  /* of finished stretches */
	int64_t paused_ns;         /* since the last reset */
	int64_t pauses;
	int64_t pair_ps; /* what a stretch of nothing measures */
	int64_t rest_ps; /* of it, not taken off yet */
	bool paired;     /* the stretch began with bi_timer_start() */
	struct bi_peak peak;
	struct bi_perf *perf; /* goes with it; NULL: none */
};

/* All of them: on or off already is no error.  start reads the counters, then
 * the clock; stop the clock, then the counters: counting is not timed.  From each
 * stretch that start began, pair_ps are taken off. */
void bi_timer_start(struct bi_timer *timer);
void bi_timer_stop(struct bi_timer *timer);

/* What a stretch from start to stop with nothing in it measures, in thousandths
 * of a nanosecond.  A fraction of a millisecond. */
int64_t bi_timer_calibrate(bool cpu);

/* Zero; keeps pair_ps, on or off, CPU, usage, watched,
 * and PERF. */
void bi_timer_reset(struct bi_timer *timer);

/* Leave NS out of the stretch that runs. */
void bi_timer_forgive(struct bi_timer *timer, int64_t ns);

int64_t bi_timer_elapsed(const struct bi_timer *timer);

/* Around what the harness does on its own account within the benchmark: like
 * stop and start, but no pause of the user's, and what is allocated is none of
 * the user's either.  hold answers whether the timer was on, and release takes
 * that answer. */
bool bi_timer_hold(struct bi_timer *timer);
void bi_timer_release(struct bi_timer *timer, bool was_on);

/* The cost of the run that began at BEGAN with N iterations, up to now. */
struct bi_run_cost bi_timer_cost(const struct bi_timer *timer, int64_t n,
				 struct bi_instant began);

#endif
