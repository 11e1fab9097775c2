/* 1. Dead code: nobody uses the result, so nobody computes it.
 *
 * poly() has no effect but its result.  Wrong drops that, and at -O2 the compiler
 * drops the call: what is left is an empty loop, some hundred times faster than
 * the work it stands for.  Right hands the result to bench_keep(), for which the
 * compiler must have computed it; that costs no instruction.
 *
 * Suspect it whenever a time is below that of a few instructions, or the same
 * for work of different size.  A benchmark of an empty loop beside the real one
 * is a yardstick: what is as fast as Empty does nothing.
 *
 * Run:  01-dead-code -benchtime=1000x
 * Rows: Empty Wrong Right
 */
#include <benchkit/bench.h>

/* Values that the compiler cannot know. */
static volatile unsigned start = 3;

static unsigned poly(unsigned x)
{
	unsigned value = 1, i;

	for (i = 0; i < 64; i++)
		value = value * x + i;
	return value;
}

BENCHMARK(Empty)
{
	while (bench_loop(b))
		;
}

BENCHMARK(Wrong)
{
	unsigned x = start;

	while (bench_loop(b))
		poly(x);
}

BENCHMARK(Right)
{
	unsigned x = start;

	while (bench_loop(b))
		bench_keep(poly(x++));
}

BENCH_MAIN();
