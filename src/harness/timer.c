/* A benchmark's timer: measured time, and the allocations made in it. */
#include "harness/timer.h"

#include "clock/cpu.h"

#define PS_PER_NS 1000

/* Of a calibration: short batches, of which one is left alone even on a busy
 * machine. */
#define BATCHES 20
#define STRETCHES 100

static struct bi_counts read_counts(void)
{
	struct bi_counts counts = {0};

	bi_counting_read(&counts);
	return counts;
}

/* Live bytes, now and at most since the last call. */
static int64_t read_live(int64_t *most)
{
	int64_t now;

	bi_counting_live(&now, most);
	return now;
}

static void open_peak(const struct bi_peak *peak)
{
	int64_t before;

	if (peak->watched)
		read_live(&before);
}

static void close_peak(struct bi_peak *peak)
{
	int64_t most;

	if (!peak->watched)
		return;
	read_live(&most);
	if (most - peak->base > peak->bytes)
		peak->bytes = most - peak->base;
}

static struct bi_peak reset_peak(const struct bi_peak *peak)
{
	struct bi_peak fresh = {.watched = peak->watched};
	int64_t most;

	if (peak->watched)
		fresh.base = read_live(&most);
	return fresh;
}

static void hold_peak(struct bi_peak *peak)
{
	int64_t most;

	if (peak->watched && peak->holds++ == 0)
		peak->held = read_live(&most);
}

static void release_peak(struct bi_peak *peak)
{
	int64_t most;

	if (peak->watched && --peak->holds == 0)
		peak->base += read_live(&most) - peak->held;
}

static void resume(struct bi_timer *timer)
{
	open_peak(&timer->peak);
	if (timer->usage)
		timer->used_at_start = bi_usage_now();
	timer->at_start = read_counts();
	bi_perf_start(timer->perf);
	timer->since = bi_clock_now();
	if (timer->cpu)
		timer->cpu_since = bi_cpu_thread_ns();
	timer->on = true;
}

/* Over many stretches, so that the fraction counts.  One that is shorter than
 * the pair makes up for one that was longer, but for the very first. */
static void take_off_pair(struct bi_timer *timer)
{
	timer->rest_ps += timer->pair_ps;
	timer->elapsed_ns -= timer->rest_ps / PS_PER_NS;
	timer->rest_ps %= PS_PER_NS;
	if (timer->elapsed_ns < 0)
		timer->elapsed_ns = 0;
}

static void add_usage(struct bi_timer *timer)
{
	struct bi_usage now;

	if (!timer->usage)
		return;
	now = bi_usage_now();
	bi_usage_add(&timer->used, &timer->used_at_start, &now);
}

static void suspend(struct bi_timer *timer)
{
	int64_t cpu = timer->cpu ? bi_cpu_thread_ns() : 0;
	struct bi_instant now = bi_clock_now();
	struct bi_counts counts;

	bi_perf_stop(timer->perf);
	counts = read_counts();
	add_usage(timer);
	timer->cpu_ns += timer->cpu ? cpu - timer->cpu_since : 0;
	timer->elapsed_ns += bi_clock_between(timer->since, now);
	timer->counted.allocs += counts.allocs - timer->at_start.allocs;
	timer->counted.bytes += counts.bytes - timer->at_start.bytes;
	timer->counted.frees += counts.frees - timer->at_start.frees;
	close_peak(&timer->peak);
	if (timer->paired)
		take_off_pair(timer);
	timer->paired = false;
	timer->since = now;
	timer->on = false;
}

void bi_timer_start(struct bi_timer *timer)
{
	struct bi_instant stopped = timer->since;

	if (timer->on)
		return;
	resume(timer);
	timer->paused_ns += bi_clock_between(stopped, timer->since);
	timer->pauses++;
	timer->paired = true;
}

void bi_timer_stop(struct bi_timer *timer)
{
	if (timer->on)
		suspend(timer);
}

void bi_timer_reset(struct bi_timer *timer)
{
	bool on = timer->on;

	*timer = (struct bi_timer){.cpu = timer->cpu,
				   .usage = timer->usage,
				   .pair_ps = timer->pair_ps,
				   .peak = reset_peak(&timer->peak),
				   .perf = timer->perf};
	bi_perf_reset(timer->perf);
	if (on)
		resume(timer);
	else
		timer->since = bi_clock_now();
}

void bi_timer_forgive(struct bi_timer *timer, int64_t ns)
{
	timer->since.ns += ns;
	timer->cpu_since += ns;
	if (timer->usage)
		timer->used.cpu_ns -= ns;
}

int64_t bi_timer_calibrate(bool cpu)
{
	int64_t least = INT64_MAX;
	int batch, i;

	/* What disturbs a batch makes it longer. */
	for (batch = 0; batch < BATCHES; batch++) {
		struct bi_timer timer = {.cpu = cpu};

		for (i = 0; i < STRETCHES; i++) {
			bi_timer_start(&timer);
			bi_timer_stop(&timer);
		}
		if (timer.elapsed_ns < least)
			least = timer.elapsed_ns;
	}
	return least * PS_PER_NS / STRETCHES;
}

int64_t bi_timer_elapsed(const struct bi_timer *timer)
{
	return timer->elapsed_ns + (timer->on ? bi_clock_since(timer->since) : 0);
}

bool bi_timer_hold(struct bi_timer *timer)
{
	bool was_on = timer->on;

	if (was_on)
		suspend(timer);
	hold_peak(&timer->peak);
	return was_on;
}

void bi_timer_release(struct bi_timer *timer, bool was_on)
{
	release_peak(&timer->peak);
	if (was_on)
		resume(timer);
}

struct bi_run_cost bi_timer_cost(const struct bi_timer *timer, int64_t n,
				 struct bi_instant began)
{
	struct bi_run_cost cost = {
		.n = n,
		.timed_ns = bi_timer_elapsed(timer),
		.paused_ns = timer->paused_ns,
		.pauses = timer->pauses,
	};

	cost.fixed_ns = bi_clock_since(began) - cost.timed_ns - cost.paused_ns;
	return cost;
}
