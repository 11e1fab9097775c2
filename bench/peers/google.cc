// The loop and the allocation of Google Benchmark, as bench/loop.c and
// bench/memory.c have ours.
#include <benchmark/benchmark.h>
#include <cstdint>
#include <cstdlib>

static void BM_Loop(benchmark::State &state)
{
	uint64_t x = 0;

	for (auto _ : state)
		benchmark::DoNotOptimize(x++);
}
BENCHMARK(BM_Loop);

static void BM_Malloc(benchmark::State &state)
{
	for (auto _ : state) {
		void *block = malloc(32);

		benchmark::DoNotOptimize(block);
		free(block);
	}
}
BENCHMARK(BM_Malloc);

BENCHMARK_MAIN();
