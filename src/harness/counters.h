/* -perf: what is counted beside time, in a measuring process. */
#ifndef BI_HARNESS_COUNTERS_H
#define BI_HARNESS_COUNTERS_H

#include "harness/bench.h"

/* Open what RUN's flags ask for, on the thread that measures; what is refused is
 * told in a note. */
void bi_counters_begin(struct bi_run *run);
void bi_counters_end(struct bi_run *run);

/* Add what the last run of BENCH counted to its metrics, per iteration; a metric
 * of the benchmark's own with that unit stays. */
void bi_counters_take(struct bi_bench *bench);

#endif
