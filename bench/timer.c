/* What the harness's own calls cost inside a benchmark. */
#include <benchkit/bench.h>

#include "clock/clock.h"

BENCHMARK(ClockNow)
{
	while (bench_loop(b))
		bench_keep(bi_clock_now().ns);
}

BENCHMARK(ElapsedNs)
{
	while (bench_loop(b))
		bench_keep(bench_elapsed_ns(b));
}

/* The timer does not see what its own pair costs: measured beside it. */
BENCHMARK(StopStart)
{
	struct bi_instant began = bi_clock_now();
	int64_t i;

	for (i = 0; i < b->n; i++) {
		bench_stop_timer(b);
		bench_start_timer(b);
	}
	bench_report_metric(b, (double)bi_clock_since(began) / (double)b->n,
			    "ns/op");
}

/* Ten nanoseconds or so of work: alone, and between start and stop in every
 * iteration.  Both should read the same, to a nanosecond. */
static void work(void)
{
	static volatile uint64_t seed = 1;
	uint64_t x = seed;
	int i;

	for (i = 0; i < 9; i++) {
		x *= UINT64_C(6364136223846793005);
		bench_keep(x);
	}
}

BENCHMARK(Work)
{
	int64_t i;

	for (i = 0; i < b->n; i++)
		work();
}

BENCHMARK(WorkPaired)
{
	int64_t i;

	bench_stop_timer(b);
	bench_reset_timer(b);
	for (i = 0; i < b->n; i++) {
		bench_start_timer(b);
		work();
		bench_stop_timer(b);
	}
}

BENCH_MAIN();
