/* The benchmarks of the examples in benchkit(7). */
#include <benchkit/bench.h>
#include <string.h>

static int numbers[1000];
static int copy[1000];

BENCHMARK(Sum)
{
	bench_keep(numbers);
	while (bench_loop(b)) {
		int sum = 0;

		bench_clobber();
		for (int i = 0; i < 1000; i++)
			sum += numbers[i];
		bench_keep(sum);
	}
}

BENCHMARK(Copy)
{
	bench_keep(copy);
	while (bench_loop(b)) {
		memcpy(copy, numbers, sizeof(copy));
		bench_clobber();
	}
}

BENCH_MAIN();
