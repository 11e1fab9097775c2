// The loop and the allocation of Catch2, version 2, as bench/loop.c and
// bench/memory.c have ours.
#define CATCH_CONFIG_ENABLE_BENCHMARKING
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdlib>

TEST_CASE("peers")
{
	uint64_t x = 0;

	BENCHMARK("Loop")
	{
		return x++;
	};
	BENCHMARK("Malloc")
	{
		void *block = malloc(32);

		Catch::Benchmark::keep_memory(block);
		free(block);
	};
}
