/* Work on several threads. */
#ifndef BI_BASE_PARALLEL_H
#define BI_BASE_PARALLEL_H

#include <stddef.h>

/* What each thread runs: 0 or a negative enum bench_err. */
typedef int bi_parallel_work(void *arg);

/* Call WORK(ARG) on the calling thread and on up to THREADS - 1 others at once,
 * and wait for all.  Fewer threads, down to the caller's own, must do: WORK
 * takes pieces until none is left.  Returns 0 or one of the failures. */
int bi_parallel(unsigned threads, bi_parallel_work *work, void *arg);

/* Jobs that may be done side by side, while their results are wanted in
 * order. */
struct bi_pipeline {
	size_t count; /* of jobs */
	size_t window; /* > 0: jobs that may be done and not yet taken */
	/* Do job I, on any thread.  A failure is part of its result. */
	void (*run)(void *arg, size_t i);
	/* Take the result of job I, in order, on the calling thread.  What is
	 * not 0 ends it all. */
	int (*take)(void *arg, size_t i);
	void *arg;
};

/* Returns 0, what take() returned, or BENCH_ENOMEM.  Jobs that were begun are
 * done even if nobody takes their results. */
int bi_pipeline(const struct bi_pipeline *pipeline, unsigned threads);

#endif
