/* A map that threads read, and now and then write (-cpu=1,2,4).  Linked once with
 * each variant. */
#include "copy_on_write_map.h"

#include <benchkit/bench.h>
#include <errno.h>
#include <stdatomic.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

enum { MOST_ENTRIES = 65536 };

static const uint32_t sizes[] = {16, 1024, MOST_ENTRIES};

/* The keys are 0 to ENTRIES - 1, a power of two, and all of them stay present;
 * READS of a hundred accesses are loads, the others stores. */
struct access {
	bench_b *b;
	struct shared_map *map;
	uint32_t entries;
	uint32_t reads;
	atomic_uint threads; /* started so far: each has random numbers of its own */
};

/* Marsaglia's generator of 32 bits (2003); never 0. */
static uint32_t next_random(uint32_t x)
{
	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	return x;
}

static void access_at_random(bench_pb *pb, void *arg)
{
	struct access *access = arg;
	uint32_t x = 2463534242 + atomic_fetch_add(&access->threads, 1);
	uint64_t value, sum = 0;

	while (bench_pb_next(pb)) {
		uint64_t key = x & (access->entries - 1);

		/* The upper bits, since the lower ones chose the key. */
		if ((x >> 16) * 100 >> 16 >= access->reads) {
			if (shared_map_store(access->map, key, x) < 0)
				bench_errorf(access->b, "out of memory");
		} else if (shared_map_load(access->map, key, &value)) {
			sum += value;
		}
		x = next_random(x);
	}
	bench_keep(sum);
}

static void run_access(bench_b *b, void *arg)
{
	struct access *access = arg;

	access->b = b;
	bench_run_parallel(b, access_at_random, access);
}

static void free_map(void *map)
{
	shared_map_free(map);
}

/* A map with ENTRIES entries, freed when this run of the benchmark is over. */
static struct shared_map *new_map(bench_b *b, uint32_t entries)
{
	static struct shared_map_entry entry[MOST_ENTRIES];
	struct shared_map *map = shared_map_new();
	uint32_t i;

	if (map == NULL)
		bench_fatalf(b, "no map: %s", strerror(errno));
	bench_cleanup(b, free_map, map);
	for (i = 0; i < entries; i++)
		entry[i] = (struct shared_map_entry){i, i};
	if (shared_map_store_all(map, entry, entries) < 0)
		bench_fatalf(b, "no entries: %s", strerror(errno));
	return map;
}

BENCHMARK(Access)
{
	static const uint32_t reads[] = {100, 99, 90, 50};
	size_t i, k;

	for (k = 0; k < LENGTH(sizes); k++) {
		struct access access = {
			.map = new_map(b, sizes[k]),
			.entries = sizes[k],
		};

		for (i = 0; i < LENGTH(reads); i++) {
			access.reads = reads[i];
			bench_runf(b, run_access, &access,
				   "entries=%u/reads=%u", sizes[k], reads[i]);
		}
	}
}

/* One store in one thread: the copy, and the wait for readers, alone. */
static void store(bench_b *b, void *arg)
{
	struct access *access = arg;
	uint32_t i = 0;

	while (bench_loop(b)) {
		if (shared_map_store(access->map, i & (access->entries - 1),
				     i) < 0)
			bench_fatalf(b, "out of memory");
		i++;
	}
}

BENCHMARK(Store)
{
	size_t k;

	for (k = 0; k < LENGTH(sizes); k++) {
		struct access access = {
			.map = new_map(b, sizes[k]),
			.entries = sizes[k],
		};

		bench_runf(b, store, &access, "entries=%u", sizes[k]);
	}
}

/* Threads that share nothing: how well anything can scale on this machine. */
static void add_and_shift(bench_pb *pb, void *arg)
{
	uint32_t x = 2463534242;

	(void)arg;
	while (bench_pb_next(pb)) {
		x = next_random(x);
		bench_keep(x);
	}
}

BENCHMARK(Control)
{
	bench_run_parallel(b, add_and_shift, NULL);
}

BENCH_MAIN();
