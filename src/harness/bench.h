/* A benchmark while it runs: what stands behind a bench_b. */
#ifndef BI_HARNESS_BENCH_H
#define BI_HARNESS_BENCH_H

#include <pthread.h>
#include <setjmp.h>
#include <stdatomic.h>

#include <benchkit/bench.h>

#include "base/buf.h"
#include "harness/flags.h"
#include "harness/idle.h"
#include "harness/pattern.h"
#include "harness/metric.h"
#include "harness/nameset.h"
#include "harness/timer.h"
#include "wire/protocol.h"

struct bi_session;

/* What all benchmarks of a measuring process share. */
struct bi_run {
	const struct bi_flags *flags;
	const struct bi_pattern *bench; /* NULL: all */
	const struct bi_pattern *skip;  /* NULL: none */
	struct bi_event_sink sink;
	struct bi_nameset taken;  /* names handed out to sub-benchmarks */
	struct bi_nameset done;   /* passed earlier in this round */
	struct bi_nameset failed; /* in any round */
	bool stop;                /* -failfast has seen a failure */
	struct bi_session *session; /* measured by slices; NULL: at once */
	struct bi_profiling *profiling; /* NULL: none */
	int64_t pair_ps; /* see timer.h */
	bool calibrated; /* it is known */
	struct bi_perf *perf; /* -perf; NULL: none */
};

enum bi_loop_state {
	BI_LOOP_NONE,    /* bench_loop was not called in this run */
	BI_LOOP_RUNNING,
	BI_LOOP_STOPPED, /* the timer was stopped inside */
	BI_LOOP_DONE
};

/* bench_loop's place in its run. */
struct bi_loop {
	enum bi_loop_state state;
	int64_t target;        /* iterations granted so far */
	uint64_t left_stopped; /* what was left when the timer stopped */
	struct bi_instant began;
};

struct bi_cleanup {
	struct bi_cleanup *next;
	void (*fn)(void *arg);
	void *arg;
};

struct bi_bench {
	bench_b pub; /* first: a bench_b * is a struct bi_bench * */
	struct bi_run *run;
	struct bi_bench *parent; /* NULL: top level */
	const char *name;
	bench_fn *fn;
	void *arg;
	int procs; /* P */
	int64_t loop_n; /* iterations of bench_loop(); 0: until the time is up */
	bool unseen;    /* an extra pass, which tells nothing */
	bool watched;   /* see doubt.h: what does its loop do? */
	bool probing;   /* in its first run, which is seen */

	/* Of the present run of the function. */
	struct bi_timer timer;
	struct bi_instant began;
	struct bi_loop loop;
	struct bi_metrics metrics;
	struct bi_cleanup *cleanups;
	struct bi_temp *temp;
	int parallelism;
	bool in_threads; /* bench_run_parallel was called */
	struct bi_idle idle;
	jmp_buf *leave;  /* where fatal and skip go */
	pthread_t owner; /* the thread that may leave */

	/* Of all runs so far. */
	bool probed;
	int64_t bytes;
	bool report_allocs;
	bool has_sub;
	bool skipped;
	atomic_bool failed;
	int64_t last_n; /* of the run before this one */
	int64_t last_ns;
	unsigned temp_count;
	struct bi_buf log;
	pthread_mutex_t log_lock;
};

static inline struct bi_bench *bi_bench_of(bench_b *b)
{
	return (struct bi_bench *)b;
}

static inline const struct bi_bench *bi_bench_of_const(const bench_b *b)
{
	return (const struct bi_bench *)b;
}

/* A benchmark to run FN as NAME (which must outlive it) at P. */
void bi_bench_init(struct bi_bench *bench, struct bi_run *run,
		   struct bi_bench *parent, const char *name);

/* The same benchmark as SEEN, to run it without anybody's notice. */
void bi_bench_init_unseen(struct bi_bench *bench, const struct bi_bench *seen);

void bi_bench_release(struct bi_bench *bench);

/* Run the function once with b->n = N: timer, loop state and metrics begin
 * anew, and the cleanups are done when this returns. */
void bi_bench_run_n(struct bi_bench *bench, int64_t n);

/* Call FN with ARG when this run is over.  0 or BENCH_ENOMEM. */
int bi_bench_cleanup(struct bi_bench *bench, void (*fn)(void *arg), void *arg);

/* Mark BENCH and its parents as failed.  Any thread. */
void bi_bench_fail(struct bi_bench *bench);

/* Leave the function for good.  A thread that does not run the benchmark
 * cannot: the program ends with a message. */
BENCH_NORETURN void bi_bench_leave(struct bi_bench *bench);

/* Add a line without file and line number to the log and fail. */
void bi_bench_complain(struct bi_bench *bench, const char *fmt, ...)
	BENCH_PRINTF(2, 3);

/* The result of the present run.  Metrics are BENCH's. */
struct bench_result bi_bench_result(const struct bi_bench *bench);

/* Send an event about BENCH, with its log or without. */
void bi_bench_emit(const struct bi_bench *bench, enum bi_event_kind kind,
		   int procs, bool flag);

#endif
