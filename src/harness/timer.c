/* A benchmark's timer: measured time, and the allocations made in it. */
#include "harness/timer.h"

#include "clock/cpu.h"

static struct bi_counts read_counts(void)
{
	struct bi_counts counts = {0};

	bi_counting_read(&counts);
	return counts;
}

static void resume(struct bi_timer *timer)
{
	timer->at_start = read_counts();
	timer->since = bi_clock_now();
	if (timer->cpu)
		timer->cpu_since = bi_cpu_thread_ns();
	timer->on = true;
}

static void suspend(struct bi_timer *timer)
{
	int64_t cpu = timer->cpu ? bi_cpu_thread_ns() : 0;
	struct bi_instant now = bi_clock_now();
	struct bi_counts counts = read_counts();

	timer->cpu_ns += timer->cpu ? cpu - timer->cpu_since : 0;
	timer->elapsed_ns += bi_clock_between(timer->since, now);
	timer->counted.allocs += counts.allocs - timer->at_start.allocs;
	timer->counted.bytes += counts.bytes - timer->at_start.bytes;
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
}

void bi_timer_stop(struct bi_timer *timer)
{
	if (timer->on)
		suspend(timer);
}

void bi_timer_reset(struct bi_timer *timer)
{
	bool on = timer->on;

	*timer = (struct bi_timer){.cpu = timer->cpu};
	if (on)
		resume(timer);
	else
		timer->since = bi_clock_now();
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
	return was_on;
}

void bi_timer_release(struct bi_timer *timer, bool was_on)
{
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
