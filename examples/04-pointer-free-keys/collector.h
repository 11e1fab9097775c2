/* The Boehm-Demers-Weiser collector, and what it does, told as Go tells it. */
#ifndef COLLECTOR_H
#define COLLECTOR_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "pointer_free_keys.h"

/* Start the collector, in the main thread, the only one that may use it.  If
 * TRACE is not NULL, each collection writes a line there:
 *
 *	gc 4 @0.605s 10%: 0.40+40.73+0.11 ms clock, 40.07 ms cpu, 94->94 MB, 96 MB heap, 1 P (forced) */
void collector_start(FILE *trace);

/* Is gctrace=1 in the comma-separated list of the environment's BENCH_DEBUG? */
bool collector_trace_wanted(void);

/* Collect now.  Returns how long that took, in ns. */
int64_t collector_collect(void);

/* Blocks that stay as long as something points to them. */
extern const struct name_memory collector_memory;

#endif
