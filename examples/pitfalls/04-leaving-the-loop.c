/* 4. Leaving the loop: a time divided by iterations that never ran.
 *
 * Wrong stops when it has found what it looks for.  The time of three iterations
 * divided by a thousand would be a fine number; benchkit fails the benchmark and
 * says why.  Right lets bench_loop() end the loop, and looks inside.
 *
 * Of a plain "for (i = 0; i < b->n; i++)" nobody can tell whether it ran to its
 * end: prefer bench_loop().
 *
 * Run:  04-leaving-the-loop -benchtime=1000x
 * Rows: Right
 * Says: FAIL: BenchmarkWrong
 * Says: returned before bench_loop\(\) was false
 * Exit: 1
 */
#include <benchkit/bench.h>

static volatile int wanted = 3;

BENCHMARK(Wrong)
{
	int i = 0, end = wanted;

	while (bench_loop(b)) {
		if (++i == end)
			break;
	}
	bench_keep(i);
}

BENCHMARK(Right)
{
	int i, end = wanted;

	while (bench_loop(b)) {
		for (i = 0; i < end; i++)
			bench_keep(i);
	}
}

BENCH_MAIN();
