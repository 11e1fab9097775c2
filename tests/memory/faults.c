/* Faults that a sanitizer must report although benchkit counts beside it. */
#include <benchkit/bench.h>
#include <pthread.h>
#include <stdlib.h>

BENCHMARK(Overflow)
{
	char *volatile p;

	while (bench_loop(b)) {
		p = malloc(10);
		p[10] = 1;
		free(p);
	}
}

BENCHMARK(UseAfterFree)
{
	char *volatile p;

	while (bench_loop(b)) {
		p = aligned_alloc(64, 64);
		free(p);
		p[3] = 1;
	}
}

BENCHMARK(Leak)
{
	void *volatile p;

	while (bench_loop(b))
		p = malloc(77);
	p = NULL;
	bench_keep(p);
}

static void *write_one(void *shared)
{
	*(int *)shared = 1;
	return NULL;
}

BENCHMARK(Race)
{
	pthread_t thread;
	int *shared;

	while (bench_loop(b)) {
		shared = aligned_alloc(64, 64);
		if (shared == NULL || pthread_create(&thread, NULL, write_one,
						     shared) != 0)
			bench_fatalf(b, "no memory, or no thread");
		*shared = 2;
		pthread_join(thread, NULL);
		free(shared);
	}
}

BENCH_MAIN();
