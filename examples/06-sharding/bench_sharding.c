/* A tally and a counter that several threads use (-cpu=1,2,4,8), made of 1, 4,
 * 16 and 64 shards; and what it costs to ask for the total.  Linked once with
 * each variant. */
#include "sharding.h"

#include <benchkit/bench.h>
#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const size_t shard_counts[] = {1, 4, 16, 64};

/* So few that the time is that of the locks, not that of memory. */
enum { KEYS = 4096 };

/* A different sequence for each thread (Marsaglia 2003). */
static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static uint64_t new_random(void)
{
	static atomic_uint_fast64_t threads;

	return (++threads) * UINT64_C(0x9e3779b97f4a7c15);
}

/* How often threads of this process went to sleep, as who finds a lock taken
 * does. */
static long sleeps(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_nvcsw;
}

/* Measure BODY in all threads. */
static void run_parallel(bench_b *b, void (*body)(bench_pb *, void *),
			 void *arg)
{
	long before = sleeps();

	bench_run_parallel(b, body, arg);
	bench_report_metric(b, (double)(sleeps() - before) / (double)b->n,
			    "sleeps/op");
}

/* ---- Tally ---- */

struct use {
	struct tally *tally;
	unsigned reads_pct;
};

static void use_tally(bench_pb *pb, void *arg)
{
	const struct use *use = arg;
	uint64_t random = new_random();
	uint64_t key, dice;

	while (bench_pb_next(pb)) {
		dice = next_random(&random);
		key = dice >> 32 & (KEYS - 1);
		if ((dice & 0xffff) * 100 >> 16 < use->reads_pct)
			bench_keep(tally_get(use->tally, key));
		else
			tally_add(use->tally, key, 1); /* it is there */
	}
}

static void free_tally(void *tally)
{
	tally_free(tally);
}

/* With all keys in it; freed when the benchmark is over.  The benchmarks below
 * are given what they use: to fill a tally for each of their runs would take
 * longer than to measure it. */
static struct tally *new_tally(bench_b *b, size_t shards)
{
	struct tally *tally = tally_new(shards);
	uint64_t key;

	if (tally == NULL)
		bench_fatalf(b, "no tally: %s", strerror(errno));
	bench_cleanup(b, free_tally, tally);
	for (key = 0; key < KEYS; key++)
		if (tally_add(tally, key, 1) < 0)
			bench_fatalf(b, "out of memory");
	return tally;
}

static void tally_in_parallel(bench_b *b, void *arg)
{
	run_parallel(b, use_tally, arg);
}

BENCHMARK(Tally)
{
	static const unsigned reads[] = {95, 10};
	struct use use;
	size_t i, k;

	for (i = 0; i < LENGTH(reads); i++) {
		for (k = 0; k < LENGTH(shard_counts); k++) {
			use.tally = new_tally(b, shard_counts[k]);
			use.reads_pct = reads[i];
			bench_runf(b, tally_in_parallel, &use,
				   "reads=%u/shards=%zu", use.reads_pct,
				   shard_counts[k]);
		}
	}
}

/* How many keys are there, of all shards together? */
static void count_keys(bench_b *b, void *arg)
{
	while (bench_loop(b))
		bench_keep(tally_count(arg));
}

BENCHMARK(Keys)
{
	size_t i;

	for (i = 0; i < LENGTH(shard_counts); i++)
		bench_runf(b, count_keys, new_tally(b, shard_counts[i]),
			   "shards=%zu", shard_counts[i]);
}

/* ---- Counter ---- */

static void use_counter(bench_pb *pb, void *arg)
{
	struct counter *counter = arg;

	while (bench_pb_next(pb))
		counter_add(counter, 1);
}

static void free_counter(void *counter)
{
	counter_free(counter);
}

static struct counter *new_counter(bench_b *b, size_t shards)
{
	struct counter *counter = counter_new(shards);

	if (counter == NULL)
		bench_fatalf(b, "no counter: %s", strerror(errno));
	bench_cleanup(b, free_counter, counter);
	return counter;
}

static void count_in_parallel(bench_b *b, void *arg)
{
	run_parallel(b, use_counter, arg);
}

BENCHMARK(Counter)
{
	size_t i;

	for (i = 0; i < LENGTH(shard_counts); i++)
		bench_runf(b, count_in_parallel,
			   new_counter(b, shard_counts[i]), "shards=%zu",
			   shard_counts[i]);
}

static void read_counter(bench_b *b, void *arg)
{
	while (bench_loop(b))
		bench_keep(counter_read(arg));
}

BENCHMARK(Total)
{
	size_t i;

	for (i = 0; i < LENGTH(shard_counts); i++)
		bench_runf(b, read_counter, new_counter(b, shard_counts[i]),
			   "shards=%zu", shard_counts[i]);
}

/* ---- Threads that share nothing: how well anything can scale here ---- */

static void add_and_shift(bench_pb *pb, void *arg)
{
	uint64_t random = new_random();

	(void)arg;
	while (bench_pb_next(pb))
		bench_keep(next_random(&random));
}

BENCHMARK(Control)
{
	bench_run_parallel(b, add_and_shift, NULL);
}

BENCH_MAIN();
