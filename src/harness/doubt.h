/* When a time means nothing: the compiler removed what was to be timed, folded
 * it into a constant, or moved it out of the loop. */
#ifndef BI_HARNESS_DOUBT_H
#define BI_HARNESS_DOUBT_H

#include "harness/bench.h"

/* Slower than this, an iteration does something. */
#define BI_DOUBT_SLOWEST_NS 20

/* From one look to the next. */
#define BI_DOUBT_STRIKE_NS INT64_C(500000)

/* For bench_loop(), which has run N iterations in ELAPSED ns and is about to run
 * MORE: look at these.  And when they have run: what is measured so far, without
 * the looking. */
void bi_doubt_watch_loop(struct bi_bench *bench, int64_t n, int64_t elapsed,
			 int64_t more);
int64_t bi_doubt_measured(struct bi_bench *bench);

/* BENCH is measured: say what is wrong with its time, if anything is.  A
 * "for (i < b->n)" body that is fast enough to be nothing is called once more,
 * for some milliseconds; nobody sees that. */
void bi_doubt_take(struct bi_bench *bench);

#endif
