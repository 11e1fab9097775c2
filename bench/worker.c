/* What a worker costs: from fork to its first word, ready to measure, and from
 * an order to its result. */
#include <benchkit/bench.h>
#include <stdlib.h>

#include "base/error.h"
#include "harness/guard.h"
#include "harness/nameset.h"

static char *const arguments[] = {"worker", "-benchtime=1x", NULL};

static void ignore(void *ctx, const struct bi_event *event)
{
	(void)ctx;
	(void)event;
}

/* A worker of this program's own, ready for GUARD to order. */
static void start(bench_b *b, struct bi_guard *guard)
{
	struct bench_error err = BENCH_ERROR_INIT;

	if (bi_guard_start(guard, arguments, &err) < 0)
		bench_fatalf(b, "%s", err.text);
}

static void run_nothing(bench_b *b, struct bi_guard *guard)
{
	struct bi_order order = {.kind = BI_ORDER_RUN,
				 .name = "BenchmarkNothing"};

	if (bi_guard_order(guard, &order) < 0 ||
	    bi_guard_wait(guard) != BI_GUARD_DONE)
		bench_fatalf(b, "the worker ended");
}

static void open_guard(bench_b *b, struct bi_guard *guard,
		       struct bi_progress *progress)
{
	struct bench_error err = BENCH_ERROR_INIT;

	*progress = (struct bi_progress){0};
	if (bi_guard_init(guard, (struct bi_guard_limits){0},
			  (struct bi_event_sink){ignore, NULL}, progress,
			  &err) < 0)
		bench_fatalf(b, "%s", err.text);
}

BENCHMARK(Nothing)
{
}

/* Start, the first order and its result, end. */
BENCHMARK(WorkerLife)
{
	struct bi_progress progress;
	struct bi_guard guard;

	open_guard(b, &guard, &progress);
	while (bench_loop(b)) {
		start(b, &guard);
		run_nothing(b, &guard);
		bi_guard_kill(&guard);
	}
	bi_guard_release(&guard);
}

/* The same without start and end. */
BENCHMARK(WorkerOrder)
{
	struct bi_progress progress;
	struct bi_guard guard;

	open_guard(b, &guard, &progress);
	start(b, &guard);
	while (bench_loop(b))
		run_nothing(b, &guard);
	bi_guard_release(&guard);
}

BENCH_MAIN();
