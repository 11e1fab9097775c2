/* What counting allocations costs: malloc and free as a measured program calls
 * them ("counter=on"), the same while live bytes are watched ("counter=full"),
 * and those behind them ("counter=off").  All are called through a pointer; a
 * program that does not count calls through its PLT, which costs more.
 * memory.sh runs it with other allocators. */
#include <benchkit/bench.h>
#include <benchkit/memstats.h>
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

/* The pair, in each thread of -cpu. */
static void pair_in_thread(bench_pb *pb, void *arg)
{
	const struct allocator *a = arg;
	void *p;

	while (bench_pb_next(pb)) {
		p = a->malloc(32);
		bench_keep(p);
		a->free(p);
	}
}

static void run_threads(bench_b *b, void *arg)
{
	bench_run_parallel(b, pair_in_thread, arg);
}

static void read_stats(bench_b *b, void *arg)
{
	struct bench_mem_stats stats;

	while (bench_loop(b)) {
		bench_read_mem_stats(&stats, *(const unsigned *)arg);
		bench_keep(stats.mallocs);
	}
}

BENCHMARK(Malloc)
{
	struct allocator counted = {malloc, free};
	struct allocator plain = {
		(__typeof__(malloc) *)dlsym(RTLD_NEXT, "malloc"),
		(__typeof__(free) *)dlsym(RTLD_NEXT, "free"),
	};

	struct allocator *const allocators[] = {&plain, &counted};
	static const char *const counters[] = {"off", "on"};
	int i;

	for (i = 0; i < 2; i++) {
		bench_runf(b, run_pair, allocators[i], "work=pair/counter=%s",
			   counters[i]);
		bench_runf(b, run_slots, allocators[i], "work=slots/counter=%s",
			   counters[i]);
		bench_runf(b, run_threads, allocators[i],
			   "work=threads/counter=%s", counters[i]);
	}
	if (!bi_counting_watch(true))
		return;
	bench_run(b, "work=pair/counter=full", run_pair, &counted);
	bench_run(b, "work=slots/counter=full", run_slots, &counted);
	bench_run(b, "work=threads/counter=full", run_threads, &counted);
	bi_counting_watch(false);
}

BENCHMARK(MemStats)
{
	unsigned counts = BENCH_MEM_COUNTS, process = BENCH_MEM_PROCESS;
	unsigned heap = BENCH_MEM_HEAP;

	bench_run(b, "part=counts", read_stats, &counts);
	bench_run(b, "part=process", read_stats, &process);
	bench_run(b, "part=heap", read_stats, &heap);
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
