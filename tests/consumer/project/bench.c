#include <benchkit/bench.h>
#include <stdlib.h>

BENCHMARK(Allocate)
{
	while (bench_loop(b)) {
		void *p = malloc(48);

		bench_keep(p);
		free(p);
	}
}

BENCH_MAIN();
