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

BENCH_MAIN();
