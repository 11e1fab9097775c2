// The loop of Google Benchmark, as bench/loop.c has ours.
#include <benchmark/benchmark.h>
#include <cstdint>

static void BM_Loop(benchmark::State &state)
{
	uint64_t x = 0;

	for (auto _ : state)
		benchmark::DoNotOptimize(x++);
}
BENCHMARK(BM_Loop);

BENCHMARK_MAIN();
