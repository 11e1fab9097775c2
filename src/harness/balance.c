/* The extra pass of -benchmem=full: what a benchmark takes from the heap and
 * what it gives back. */
#include "harness/balance.h"

#include <stdio.h>

#include "base/error.h"
#include "harness/child.h"

/* A leak of one block in a million iterations must show, wherever in a run its
 * turn comes; what leaks more rarely than one in ten million, such as one block
 * a call, costs nobody anything. */
#define LEAK_ITERATIONS 10000000

/* What a pass left behind. */
struct rest {
	int64_t peak_bytes;
	int64_t bytes;
	int64_t blocks;
};

static void add(struct bi_bench *bench, const char *unit, double value)
{
	if (bi_metrics_offer(&bench->metrics, unit, value) < 0)
		bi_bench_complain(bench, "out of memory");
}

/* Blocks that are allocated now; only differences mean anything. */
static int64_t count_blocks(void)
{
	struct bi_counts counts = {0};

	bi_counting_read(&counts);
	return (int64_t)(counts.allocs - counts.frees);
}

/* Run BENCH's function as a benchmark that nobody sees.  True if it came to its
 * end. */
static bool run_unseen(struct bi_bench *bench, struct rest *rest)
{
	struct bi_bench unseen;
	bool passed;

	bi_bench_init_unseen(&unseen, bench);
	unseen.loop_n = bench->pub.n;
	unseen.last_n = bench->last_n;
	unseen.last_ns = bench->last_ns;
	/* As it was measured: a bench_loop() body in a run of one. */
	bi_bench_run_n(&unseen, bench->loop.state == BI_LOOP_NONE ? bench->pub.n
								  : 1);
	rest->peak_bytes = unseen.timer.peak.bytes;
	passed = !unseen.skipped && !atomic_load(&unseen.failed);
	if (atomic_load(&unseen.failed)) {
		bi_bench_fail(bench);
		bi_buf_adds(&bench->log, bi_buf_str(&unseen.log));
	}
	bi_bench_release(&unseen);
	return passed;
}

/* False: there is nothing to say about REST. */
static bool run_watched(struct bi_bench *bench, struct rest *rest)
{
	int64_t before, after, most, blocks;
	bool passed;

	if (!bi_counting_watch(true)) {
		bi_child_note(bench->run, "",
			      "peak-B and live-B/op are left out: the "
			      "allocator does not tell the size of a block");
		return false;
	}
	/* Around all that the harness itself does for the pass. */
	blocks = count_blocks();
	bi_counting_live(&before, &most);
	passed = run_unseen(bench, rest);
	bi_counting_live(&after, &most);
	rest->bytes = after - before;
	rest->blocks = count_blocks() - blocks;
	bi_counting_watch(false);
	return passed;
}

static void note_leak(const struct bi_bench *bench, const struct rest *rest)
{
	int64_t n = bench->pub.n;
	char text[512];

	if (rest->bytes < n && (rest->blocks <= 0 ||
				n / rest->blocks > LEAK_ITERATIONS))
		return;
	snprintf(text, sizeof(text),
		 "%s: a leak? %lld iterations leave %lld block%s allocated, "
		 "%lld bytes",
		 bench->name, (long long)n, (long long)rest->blocks,
		 rest->blocks == 1 ? "" : "s", (long long)rest->bytes);
	bi_child_note(bench->run, bench->name, text);
}

void bi_balance_take(struct bi_bench *bench)
{
	double n = (double)bench->pub.n;
	struct rest rest = {0};

	if (bi_counting_unavailable_reason() != NULL)
		return;
	add(bench, "mallocs/op", (double)bench->timer.counted.allocs / n);
	add(bench, "frees/op", (double)bench->timer.counted.frees / n);
	if (!run_watched(bench, &rest))
		return;
	add(bench, "peak-B", (double)rest.peak_bytes);
	add(bench, "live-B/op", (double)rest.bytes / n);
	note_leak(bench, &rest);
}
