/* What counting allocations costs: malloc and free as a measured program calls
 * them ("counter=on"), and those behind them ("counter=off"). */
#include <benchkit/bench.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

#include "memory/counting.h"

enum { SLOTS = 64, THREADS = 64 };

struct allocator {
	void *(*malloc)(size_t size);
	void (*free)(void *p);
};

/* A block that is freed at once. */
static void run_pair(bench_b *b, void *arg)
{
	const struct allocator *a = arg;
	void *p;

	while (bench_loop(b)) {
		p = a->malloc(32);
		bench_keep(p);
		a->free(p);
	}
}

/* Blocks of 32 to 287 bytes that live for a while. */
static void run_slots(bench_b *b, void *arg)
{
	const struct allocator *a = arg;
	void *slot[SLOTS] = {NULL};
	uint32_t x = 2463534242;
	int i;

	while (bench_loop(b)) {
		x ^= x << 13;
		x ^= x >> 17;
		x ^= x << 5;
		a->free(slot[x % SLOTS]);
		slot[x % SLOTS] = a->malloc(32 + (x >> 24));
	}
	for (i = 0; i < SLOTS; i++)
		a->free(slot[i]);
}

BENCHMARK(Malloc)
{
	struct allocator counted = {malloc, free};
	struct allocator plain = {
		(__typeof__(malloc) *)dlsym(RTLD_NEXT, "malloc"),
		(__typeof__(free) *)dlsym(RTLD_NEXT, "free"),
	};

	bench_run(b, "work=pair/counter=off", run_pair, &plain);
	bench_run(b, "work=pair/counter=on", run_pair, &counted);
	bench_run(b, "work=slots/counter=off", run_slots, &plain);
	bench_run(b, "work=slots/counter=on", run_slots, &counted);
}

static void read_counts(bench_b *b, void *arg)
{
	struct bi_counts counts = {0};

	(void)arg;
	while (bench_loop(b)) {
		bi_counting_read(&counts);
		bench_keep(counts.allocs);
	}
}

static void *malloc_and_wait(void *barrier)
{
	void *volatile p = malloc(1);

	free(p);
	pthread_barrier_wait(barrier);
	return NULL;
}

/* Each leaves its counts behind. */
static void start_and_end_threads(bench_b *b)
{
	pthread_t thread[THREADS];
	pthread_barrier_t barrier;
	int i;

	pthread_barrier_init(&barrier, NULL, THREADS);
	for (i = 0; i < THREADS; i++)
		if (pthread_create(&thread[i], NULL, malloc_and_wait,
				   &barrier) != 0)
			bench_fatalf(b, "no thread");
	for (i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	pthread_barrier_destroy(&barrier);
}

BENCHMARK(CountingRead)
{
	bench_run(b, "threads=few", read_counts, NULL);
	start_and_end_threads(b);
	bench_run(b, "threads=64", read_counts, NULL);
}

BENCH_MAIN();
