/* 2. Constant folding: the compiler knows the input, and so the answer.
 *
 * Wrong keeps its result, but digits() of a constant is a constant: the compiler
 * computes it, and the program loads a 7.  Right takes its input from where the
 * compiler cannot look: a volatile object, read in every iteration, so that the
 * work is not done once before the loop either (pitfall 3).  The load takes a
 * fraction of a nanosecond.
 *
 * Inputs from a file, from a generator with a seed, or from another translation
 * unit are as good; with link-time optimisation that last one is not.
 *
 * Run:  02-constant-folding -benchtime=1000x
 * Rows: Wrong Right
 * Says: BenchmarkWrong.* 7.000 digits
 * Says: BenchmarkRight.* 7.000 digits
 */
#include <benchkit/bench.h>

static volatile unsigned input = 1234567;

static unsigned digits(unsigned n)
{
	unsigned count = 1;

	while (n >= 10) {
		n /= 10;
		count++;
	}
	return count;
}

BENCHMARK(Wrong)
{
	unsigned n = 1234567;

	while (bench_loop(b))
		bench_keep(digits(n));
	bench_report_metric(b, digits(n), "digits");
}

BENCHMARK(Right)
{
	while (bench_loop(b))
		bench_keep(digits(input));
	bench_report_metric(b, digits(input), "digits");
}

BENCH_MAIN();
