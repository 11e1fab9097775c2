/* 14. Sequential blocks: all of the old, then all of the new.
 *
 * A machine warms up, another job starts, a laptop is unplugged.  Ten runs of Old
 * and then ten of New compare the first minute with the second, and no test
 * statistic can know: the ten agree with each other beautifully.  That is what
 * two commands, `-bench=Old -count=10` and `-bench=New -count=10`, do.  In one
 * run benchkit goes round: -count=10 is ten rounds over all benchmarks, each in
 * a fresh process, so that a drift falls on both alike.
 *
 * Two builds, which cannot be in one program, are what benchab is for: it runs
 * both in turns, and checks on the way that the old one equals itself.
 *
 * Old and New are the same code here: any difference is the machine's.
 *
 * Run:  14-sequential-blocks -benchtime=1000x -count=3
 * Rows: Old New Old New Old New
 */
#include <benchkit/bench.h>

static volatile unsigned seed = 1;

static unsigned work(unsigned x)
{
	int i;

	for (i = 0; i < 100; i++)
		x = x * 1664525 + 1013904223;
	return x;
}

BENCHMARK(Old)
{
	unsigned x = seed;

	while (bench_loop(b))
		bench_keep(work(x++));
}

BENCHMARK(New)
{
	unsigned x = seed;

	while (bench_loop(b))
		bench_keep(work(x++));
}

BENCH_MAIN();
