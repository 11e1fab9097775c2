/* Benchmarks that can be told apart in a profile. */
#include <benchkit/bench.h>
#include <stdlib.h>

static volatile uint64_t sink;

__attribute__((noinline)) static void first_work(void)
{
	for (uint64_t i = 0; i < 1000; i++)
		sink += i;
}

__attribute__((noinline)) static void second_work(void)
{
	for (uint64_t i = 0; i < 2000; i++)
		sink += i;
}

BENCHMARK(First)
{
	while (bench_loop(b))
		first_work();
}

static void run_sub(bench_b *b, void *arg)
{
	(void)arg;
	while (bench_loop(b))
		second_work();
}

BENCHMARK(Group)
{
	bench_run(b, "n=2", run_sub, NULL);
	if (getenv("CRASH") != NULL)
		abort();
}

static void run_parallel(bench_pb *pb, void *arg)
{
	(void)arg;
	while (bench_pb_next(pb))
		second_work();
}

__attribute__((noinline)) static void make_block(void)
{
	void *p = malloc(1024);

	bench_keep(p);
	free(p);
}

BENCHMARK(Blocks)
{
	while (bench_loop(b))
		make_block();
}

BENCHMARK(Threads)
{
	bench_run_parallel(b, run_parallel, NULL);
}

BENCH_MAIN();
