/* 10. False sharing: two counters, one cache line.
 *
 * Each thread adds to a counter of its own; nothing is shared, says the code.
 * In Wrong the counters are neighbours, and a processor that writes one takes
 * the line with all of them away from the others.  In Right they are 128 bytes
 * apart: the line of 64, and its neighbour, which Intel's processors fetch with
 * it.  The results of a thread of a parallel benchmark are such counters, too.
 *
 * The difference shows only where threads run at the same time: with -cpu 1, or
 * on a machine with one processor, both are the same.  "apart" is the distance
 * of two neighbours in bytes.
 *
 * Run:  10-false-sharing -cpu 2 -benchtime=1000x
 * Rows: Wrong Right
 * Says: BenchmarkWrong.* 8.000 apart
 * Says: BenchmarkRight.* 128.0 apart
 */
#include <benchkit/bench.h>

#include <stdatomic.h>

#define THREADS 256
#define APART	128

struct near {
	atomic_ulong count;
};

struct far {
	_Alignas(APART) atomic_ulong count;
};

/* One array serves both: only the distance differs. */
static struct far counters[THREADS];

struct share {
	atomic_uint next; /* thread */
	size_t apart;
};

static void add(bench_pb *pb, void *arg)
{
	struct share *share = arg;
	size_t mine = atomic_fetch_add(&share->next, 1) % THREADS;
	struct near *counter =
		(struct near *)((char *)counters + mine * share->apart);

	while (bench_pb_next(pb))
		atomic_fetch_add_explicit(&counter->count, 1,
					  memory_order_relaxed);
}

static void measure(bench_b *b, size_t apart)
{
	struct share share = {.apart = apart};

	bench_run_parallel(b, add, &share);
	bench_report_metric(b, (double)apart, "apart");
}

BENCHMARK(Wrong)
{
	measure(b, sizeof(struct near));
}

BENCHMARK(Right)
{
	measure(b, sizeof(struct far));
}

BENCH_MAIN();
