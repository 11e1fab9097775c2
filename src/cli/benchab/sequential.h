/* Today's practice, for comparison: run the old one ten times, then the new one
 * ten times, and test. */
#ifndef BI_CLI_BENCHAB_SEQUENTIAL_H
#define BI_CLI_BENCHAB_SEQUENTIAL_H

#include <stddef.h>

#include "pair/run.h"

/* Do so with PLAN's sides and benchmark NAME (without "Benchmark"), each run in
 * a fresh process; add 1 to *DIFFERENT if the U test says so at 5 %.  0 or a
 * negative error. */
int sequential_compare(const struct bi_pair_plan *plan, const char *name,
		       size_t *different, struct bench_error *err);

#endif
