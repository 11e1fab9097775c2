/* 18. A debug build: the right program, compiled for something else.
 *
 * Without optimisation every variable lives in memory, small functions are
 * called, and what is slow is not what is slow in the program people run; a
 * sanitizer adds its own checks.  Nobody does it on purpose: it is what a build
 * directory is configured for until somebody says otherwise.
 *
 * The file is the wrong way when it is compiled with -O0, as here, and the right
 * one with -O2.  benchkit sees how the file with the benchmarks was compiled,
 * and says so on stderr; with -benchtime=1x, which times nothing, it is silent.
 *
 * Run:  18-debug-build -benchtime=1000x
 * Rows: Work
 * Says: not for timing: the program is built without optimisation
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
