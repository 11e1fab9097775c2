#include <benchkit/bench.h>

struct block {
	char bytes[48];
};

BENCHMARK(Allocate)
{
	while (bench_loop(b)) {
		block *p = new block;

		bench_keep(p);
		delete p;
	}
}

BENCH_MAIN();
