/* One benchmark measured by slices, as many and as long as they are ordered.
 *
 * A bench_loop() body waits for its slices inside the loop, so that its set-up
 * runs once; a "for (i < b->n)" body is called again for each. */
#ifndef BI_HARNESS_SESSION_H
#define BI_HARNESS_SESSION_H

#include "harness/bench.h"

/* What is counted for a thread; differences are a slice's. */
struct bi_counters {
	int64_t others_ns; /* CPU of the process's other threads */
	int64_t waited_ns; /* ready to run and not running; -1: not known */
	int64_t sleeps;    /* times that it gave up its CPU by itself */
	int64_t switches;  /* and that it was taken away */
	int64_t faults;
};

struct bi_session {
	struct bi_frame_stream *orders;
	char *leaf; /* the benchmark's full name */
	int procs;  /* P */

	/* Of the slice that runs. */
	bool slicing;
	int64_t n;
	struct bi_counters began; /* at its start */

	/* Of a bench_loop() body, over all slices. */
	struct bi_timer total;
};

/* Is NAME the leaf (*IS_LEAF), or a group above it? */
bool bi_session_wants(const struct bi_session *session, const char *name,
		      bool *is_leaf);

/* Measure BENCH, which is the leaf, until the session is closed; then report
 * what is reported once.  Without the other side the process ends. */
void bi_session_serve(struct bi_session *session, struct bi_bench *bench);

/* For bench_loop(): the slice that ran is over, if one did; wait for the next
 * and start it.  Its number of iterations, or 0: the session is closed. */
int64_t bi_session_next(struct bi_session *session, struct bi_bench *bench);

#endif
