/* 16. Too few runs: one number has no neighbours.
 *
 * A million iterations are one run: they share a process, its layout and its
 * minute, and their average says nothing about how another run would come out.
 * With -count=1 there is one value, and benchstat says what is missing: it needs
 * 6 for an interval at 95 %, and 4 on each side to be able to call anything a
 * difference.  Take 10, before you look; to go on until the result pleases is
 * another pitfall.
 *
 * Run:  16-too-few-runs -benchtime=1000x -count=3
 * Rows: Work Work Work
 * Then: benchstat
 * Says: need >= 6 samples for confidence interval at level 0.95
 */
#include <benchkit/bench.h>

static volatile unsigned seed = 1;

BENCHMARK(Work)
{
	unsigned x = seed;

	while (bench_loop(b)) {
		x = x * 1664525 + 1013904223;
		bench_keep(x);
	}
}

BENCH_MAIN();
