/* What an iteration costs that does nothing: the floor under every result. */
#include <benchkit/bench.h>

/* Set-up before the loop, clean-up after it. */
BENCHMARK(LoopWhile)
{
	while (bench_loop(b))
		;
}

/* As above, with a body that keeps a register. */
BENCHMARK(LoopWhileKeep)
{
	uint64_t x = 0;

	while (bench_loop(b))
		bench_keep(x++);
}

BENCHMARK(LoopFor)
{
	int64_t i;

	for (i = 0; i < b->n; i++)
		bench_keep(i);
}

static void take_all(bench_pb *pb, void *arg)
{
	(void)arg;
	while (bench_pb_next(pb))
		bench_clobber();
}

BENCHMARK(LoopParallel)
{
	bench_run_parallel(b, take_all, NULL);
}

BENCH_MAIN();
