/* 12. The timer's cost: a clock around a nanosecond.
 *
 * Reading the clock takes 20 to 50 ns.  Wrong reads it by itself before and
 * after every call, and reports mostly the clock; it also sees no work shorter
 * than the clock's step.  Right lets bench_loop() run many iterations between
 * two readings.  Where something must be left out of each iteration, use
 * bench_stop_timer() and bench_start_timer(), as Stopped does, which is better
 * than reading the clock but still loses what the processor would have done
 * across them: do it for work of a microsecond or more.
 *
 * "readings" is how often the clock was read for it: twice an iteration, or
 * twice in all.
 *
 * Run:  12-timer-cost -benchtime=1000x
 * Rows: Wrong Stopped Right
 * Says: BenchmarkWrong.* 2000 readings
 * Says: BenchmarkStopped.* 2000 readings
 * Says: BenchmarkRight.* 2.000 readings
 */
#include <benchkit/bench.h>

#include <stdint.h>
#include <time.h>

static volatile uint64_t seed = 1;

static uint64_t step(uint64_t x)
{
	return x * 6364136223846793005 + 1442695040888963407;
}

static int64_t now_ns(void)
{
	struct timespec now;

	timespec_get(&now, TIME_UTC);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

BENCHMARK(Wrong)
{
	int64_t total_ns = 0, start_ns, readings = 0;
	uint64_t x = seed;

	while (bench_loop(b)) {
		start_ns = now_ns();
		x = step(x);
		bench_keep(x);
		total_ns += now_ns() - start_ns;
		readings += 2;
	}
	bench_report_metric(b, (double)total_ns / (double)b->n, "ns/op");
	bench_report_metric(b, (double)readings, "readings");
}

BENCHMARK(Stopped)
{
	int64_t readings = 0;
	uint64_t x = seed;

	while (bench_loop(b)) {
		bench_stop_timer(b);
		bench_keep(x);
		readings += 2;
		bench_start_timer(b);
		x = step(x);
	}
	bench_keep(x);
	bench_report_metric(b, (double)readings, "readings");
}

BENCHMARK(Right)
{
	uint64_t x = seed;

	while (bench_loop(b)) {
		x = step(x);
		bench_keep(x);
	}
	bench_report_metric(b, 2, "readings");
}

BENCH_MAIN();
