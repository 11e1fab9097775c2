/* Benchmarks whose every allocation is known: balance.sh looks at what
 * -benchmem=full says of them. */
#include <benchkit/bench.h>
#include <stdlib.h>

/* Sizes that glibc gives as they are asked for. */
enum { SMALL = 1032, LARGE = 32776 };

/* The compiler must not leave out what nobody uses. */
static void *take(size_t size)
{
	void *p = malloc(size);

	bench_keep(p);
	return p;
}

/* One block in a million iterations is forgotten; the rest is given back. */
static void leak_rarely(void)
{
	static int64_t turn;
	void *p = take(SMALL);

	if (++turn % 1000000 != 0)
		free(p);
}

BENCHMARK(Leak)
{
	while (bench_loop(b))
		leak_rarely();
}

BENCHMARK(LeakByN)
{
	int64_t i;

	for (i = 0; i < b->n; i++)
		leak_rarely();
}

/* Nine blocks in a hundred iterations: Go would print no allocation. */
BENCHMARK(Fraction)
{
	int64_t i = 0;

	while (bench_loop(b))
		if (i++ % 100 < 9)
			free(take(SMALL));
}

/* Three large blocks at once, two of them for a moment.  Neither what was there
 * before the loop, nor what the timer leaves out, is more. */
BENCHMARK(Peak)
{
	void *before = take(10 * LARGE), *p[3];

	while (bench_loop(b)) {
		int i;

		for (i = 0; i < 3; i++)
			p[i] = take(LARGE);
		for (i = 0; i < 3; i++)
			free(p[i]);
		bench_stop_timer(b);
		free(take(20 * LARGE));
		bench_start_timer(b);
	}
	free(before);
}

/* All blocks live until the end of the loop, and none longer. */
BENCHMARK(KeptUntilTheEnd)
{
	void **kept = NULL;
	int64_t n = 0;

	while (bench_loop(b)) {
		void **p = take(SMALL);

		*p = kept;
		kept = (void **)p;
		n++;
	}
	while (kept != NULL) {
		void **p = *kept;

		free(kept);
		kept = p;
	}
	bench_report_metric(b, (double)n, "n");
}

static void free_it(void *p)
{
	free(p);
}

/* What the harness allocates on the benchmark's behalf is none of its own. */
BENCHMARK(Harness)
{
	bench_cleanup(b, free_it, take(LARGE));
	bench_temp_dir(b);
	bench_setenv(b, "BENCH_BALANCE_TRUTH", "set");
	while (bench_loop(b)) {
		bench_logf(b, "%s", "a line of the log");
		bench_report_metric(b, 1, "one");
	}
}

static void take_and_free(bench_pb *pb, void *arg)
{
	(void)arg;
	while (bench_pb_next(pb))
		free(take(SMALL));
}

BENCHMARK(Parallel)
{
	bench_run_parallel(b, take_and_free, NULL);
}

/* Only the pass without a clock is the third call. */
BENCHMARK(FailsUnseen)
{
	static int calls;

	if (++calls == 3)
		bench_fatalf(b, "call %d", calls);
}

BENCHMARK(Reported)
{
	while (bench_loop(b))
		free(take(SMALL));
	bench_report_metric(b, 77, "frees/op");
}

BENCHMARK(Nothing)
{
	while (bench_loop(b))
		bench_clobber();
}

BENCH_MAIN();
