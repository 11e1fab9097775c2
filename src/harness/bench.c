/* A benchmark while it runs: one run of the function, and the small calls of
 * the public interface that act on it. */
#include "harness/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "harness/doubt.h"
#include "harness/tempdir.h"

void bi_bench_init(struct bi_bench *bench, struct bi_run *run,
		   struct bi_bench *parent, const char *name)
{
	*bench = (struct bi_bench){
		.run = run,
		.parent = parent,
		.name = name,
		.procs = run->flags->cpus[0],
		.loop_n = run->flags->bench_n,
		.owner = pthread_self(),
	};
	/* A default mutex cannot fail to be made on Linux. */
	pthread_mutex_init(&bench->log_lock, NULL);
}

void bi_bench_init_unseen(struct bi_bench *bench, const struct bi_bench *seen)
{
	bi_bench_init(bench, seen->run, seen->parent, seen->name);
	bench->fn = seen->fn;
	bench->arg = seen->arg;
	bench->procs = seen->procs;
	bench->unseen = true;
}

void bi_bench_release(struct bi_bench *bench)
{
	bi_metrics_release(&bench->metrics);
	bi_buf_release(&bench->log);
	pthread_mutex_destroy(&bench->log_lock);
}

void bi_bench_fail(struct bi_bench *bench)
{
	for (; bench != NULL; bench = bench->parent)
		atomic_store(&bench->failed, true);
}

void bi_bench_leave(struct bi_bench *bench)
{
	if (!pthread_equal(pthread_self(), bench->owner)) {
		fprintf(stderr,
			"%s: only the benchmark's own thread can leave it; "
			"use bench_errorf in the others\n",
			bench->name);
		abort();
	}
	longjmp(*bench->leave, 1);
}

/* Call FN, which may leave by longjmp.  True if it returned by itself.  Its name
 * is BI_LASTWORDS_BOUNDARY. */
static __attribute__((noinline)) bool
call_guarded(struct bi_bench *bench, void (*fn)(void *), void *arg)
{
	jmp_buf leave;
	jmp_buf *outer = bench->leave;
	bool returned = false;

	bench->leave = &leave;
	if (setjmp(leave) == 0) {
		fn(arg);
		returned = true;
	}
	bench->leave = outer;
	return returned;
}

int bi_bench_cleanup(struct bi_bench *bench, void (*fn)(void *arg), void *arg)
{
	struct bi_cleanup *cleanup = malloc(sizeof(*cleanup));

	if (cleanup == NULL)
		return BENCH_ENOMEM;
	*cleanup = (struct bi_cleanup){bench->cleanups, fn, arg};
	bench->cleanups = cleanup;
	return 0;
}

static void call_function(void *arg)
{
	struct bi_bench *bench = arg;

	bench->fn(&bench->pub, bench->arg);
}

/* Last registered first.  One may register another, or leave by bench_fatalf:
 * the rest still run. */
static void run_cleanups(struct bi_bench *bench)
{
	struct bi_cleanup *cleanup;

	while ((cleanup = bench->cleanups) != NULL) {
		bench->cleanups = cleanup->next;
		call_guarded(bench, cleanup->fn, cleanup->arg);
		free(cleanup);
	}
}

void bi_bench_run_n(struct bi_bench *bench, int64_t n)
{
	unsigned before = bi_profiling_enter(bench->run->profiling,
					     bench->name);
	bool returned;

	bench->pub = (bench_b){0, n};
	bench->loop = (struct bi_loop){0};
	bench->parallelism = 1;
	bench->in_threads = false;
	bench->idle = (struct bi_idle){0};
	bench->probing = !bench->probed && !bench->unseen;
	bench->probed = true;
	bench->began = bi_clock_now();
	bi_metrics_reset(&bench->metrics);
	bench->timer = (struct bi_timer){.on = true,
					 .usage = bench->run->flags->cputime,
					 .pair_ps = bench->run->pair_ps,
					 .cpu = bench->run->session != NULL,
					 .peak.watched = bench->unseen,
					 .perf = bench->run->perf};
	bi_timer_reset(&bench->timer);
	if (bench->watched)
		bi_idle_begin(&bench->idle, &bench->pub, sizeof(bench->pub),
			      BI_DOUBT_STRIKE_NS);
	returned = call_guarded(bench, call_function, bench);
	bi_timer_stop(&bench->timer);
	bi_idle_end(&bench->idle);
	if (returned && bench->loop.state != BI_LOOP_NONE &&
	    bench->loop.state != BI_LOOP_DONE && !atomic_load(&bench->failed))
		bi_bench_complain(
			bench, "the benchmark returned before bench_loop() was "
			       "false (break or return in the loop?)");
	bench->last_n = bench->pub.n;
	bench->last_ns = bench->timer.elapsed_ns;
	run_cleanups(bench);
	bi_tempdir_remove(bench);
	bi_profiling_leave(bench->run->profiling, before);
}

struct bench_result bi_bench_result(const struct bi_bench *bench)
{
	return (struct bench_result){
		.n = bench->pub.n,
		.elapsed_ns = bench->timer.elapsed_ns,
		.bytes = bench->bytes,
		.counted = bi_counting_unavailable_reason() == NULL,
		.mallocs = (int64_t)bench->timer.counted.allocs,
		.malloc_bytes = (int64_t)bench->timer.counted.bytes,
		.metrics = bench->metrics.list,
		.metric_count = bench->metrics.count,
	};
}

void bi_bench_emit(const struct bi_bench *bench, enum bi_event_kind kind,
		   int procs, bool flag)
{
	struct bi_event event = {
		.kind = kind,
		.name = bench->name,
		.procs = procs,
		.flag = flag,
		.text = bi_buf_str(&bench->log),
		.text_len = bench->log.len,
	};

	if (kind == BI_EVENT_RESULT)
		event.result = bi_bench_result(bench);
	bench->run->sink.take(bench->run->sink.ctx, &event);
}

/* ---- Public ---- */

/* Most benchmarks never stop their timer: what that costs is found out by the
 * first that does. */
static void calibrate(struct bi_bench *bench)
{
	struct bi_run *run = bench->run;

	if (!run->calibrated)
		run->pair_ps = bi_timer_calibrate(run->session != NULL);
	run->calibrated = true;
	bench->timer.pair_ps = run->pair_ps;
}

void bench_start_timer(bench_b *b)
{
	struct bi_bench *bench = bi_bench_of(b);

	if (!bench->run->calibrated && !bench->timer.on)
		calibrate(bench);
	if (bench->loop.state == BI_LOOP_STOPPED) {
		bench->loop.state = BI_LOOP_RUNNING;
		b->left = bench->loop.left_stopped;
	}
	bi_timer_start(&bench->timer);
}

void bench_stop_timer(bench_b *b)
{
	struct bi_bench *bench = bi_bench_of(b);

	bi_timer_stop(&bench->timer);
	/* With nothing left, the next bench_loop() takes the slow path and
	 * notices a timer that was not started again. */
	if (bench->loop.state == BI_LOOP_RUNNING) {
		bench->loop.state = BI_LOOP_STOPPED;
		bench->loop.left_stopped = b->left;
		b->left = 0;
	}
}

void bench_reset_timer(bench_b *b)
{
	struct bi_bench *bench = bi_bench_of(b);

	bi_metrics_reset(&bench->metrics);
	bi_timer_reset(&bench->timer);
	bench->idle.looks = 0; /* what came before was set-up */
}

int64_t bench_elapsed_ns(const bench_b *b)
{
	return bi_timer_elapsed(&bi_bench_of_const(b)->timer);
}

void bench_set_bytes(bench_b *b, int64_t nbytes)
{
	bi_bench_of(b)->bytes = nbytes;
}

void bench_report_allocs(bench_b *b)
{
	bi_bench_of(b)->report_allocs = true;
}

void bench_report_metric(bench_b *b, double value, const char *unit)
{
	struct bi_bench *bench = bi_bench_of(b);
	bool on = bi_timer_hold(&bench->timer);
	int rc = bi_metrics_set(&bench->metrics, unit, value);

	if (rc < 0) {
		bi_bench_complain(bench, rc == BENCH_ENOMEM
						 ? "out of memory"
						 : "a metric's unit is one word");
		bi_bench_leave(bench);
	}
	bi_timer_release(&bench->timer, on);
}

void bench_set_parallelism(bench_b *b, int p)
{
	if (p >= 1)
		bi_bench_of(b)->parallelism = p;
}

void bench_fail(bench_b *b)
{
	bi_bench_fail(bi_bench_of(b));
}

void bench_fail_now(bench_b *b)
{
	bi_bench_fail(bi_bench_of(b));
	bi_bench_leave(bi_bench_of(b));
}

void bench_skip_now(bench_b *b)
{
	bi_bench_of(b)->skipped = true;
	bi_bench_leave(bi_bench_of(b));
}

bool bench_failed(const bench_b *b)
{
	return atomic_load(&bi_bench_of_const(b)->failed);
}

const char *bench_name(const bench_b *b)
{
	return bi_bench_of_const(b)->name;
}

void bench_cleanup(bench_b *b, void (*fn)(void *arg), void *arg)
{
	struct bi_bench *bench = bi_bench_of(b);
	bool on = bi_timer_hold(&bench->timer);

	if (bi_bench_cleanup(bench, fn, arg) < 0) {
		bi_bench_complain(bench, "out of memory");
		bi_bench_leave(bench);
	}
	bi_timer_release(&bench->timer, on);
}
