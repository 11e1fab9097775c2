/* 15. The minimum: the best of many is the luck of one.
 *
 * "Noise only adds, so the least time is the true one."  It is not so: turbo,
 * a lucky layout and a cache left warm take away.  And the least of n values
 * falls with n, so that more runs of the same code look like faster code, which
 * no interval can tell, since a minimum has none worth having.  The median moves
 * little, and benchstat gives it an interval that holds for any distribution.
 *
 * The times are drawn here from a fixed sequence: 100 give or take 20, the less
 * likely the farther.  Wrong reports the least of 10 and of 1000 of them, Right
 * the medians.
 *
 * Run:  15-the-minimum -benchtime=1x
 * Rows: Wrong/runs=10 Wrong/runs=1000 Right/runs=10 Right/runs=1000
 * Says: Wrong/runs=10-.* 87.10 time
 * Says: Wrong/runs=1000-.* 81.80 time
 * Says: Right/runs=10-.* 101.2 time
 * Says: Right/runs=1000-.* 99.86 time
 */
#include <benchkit/bench.h>

#include <stdlib.h>

#define MOST 1000

/* A sum of four uniform values, -5 to 5 each. */
static double draw(unsigned *state)
{
	double sum = 100;
	int i;

	for (i = 0; i < 4; i++) {
		*state = *state * 1664525 + 1013904223;
		sum += (double)(*state >> 16) / 6553.6 - 5;
	}
	return sum;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Report the value of rank RANK of RUNS times. */
static void report(bench_b *b, int runs, int rank)
{
	double time[MOST];
	unsigned state = 1;
	int i;

	for (i = 0; i < runs; i++)
		time[i] = draw(&state);
	qsort(time, (size_t)runs, sizeof(*time), compare);
	while (bench_loop(b))
		bench_keep(time[rank]);
	bench_report_metric(b, 0, "ns/op");
	bench_report_metric(b, time[rank], "time");
}

static void wrong(bench_b *b, void *arg)
{
	report(b, *(const int *)arg, 0);
}

static void right(bench_b *b, void *arg)
{
	report(b, *(const int *)arg, *(const int *)arg / 2);
}

static int counts[] = {10, MOST};

BENCHMARK(Wrong)
{
	bench_run(b, "runs=10", wrong, &counts[0]);
	bench_run(b, "runs=1000", wrong, &counts[1]);
}

BENCHMARK(Right)
{
	bench_run(b, "runs=10", right, &counts[0]);
	bench_run(b, "runs=1000", right, &counts[1]);
}

BENCH_MAIN();
