/* Flags and registry become the ordered list of what is to run. */
#ifndef BI_HARNESS_PLAN_H
#define BI_HARNESS_PLAN_H

#include "harness/flags.h"
#include "harness/pattern.h"
#include "harness/registry.h"

struct bi_plan {
	struct bi_flags flags;
	struct bi_registry registry; /* all there is */
	struct bi_pattern *bench;      /* NULL: all */
	struct bi_pattern *skip;       /* NULL: none */
	struct bi_pattern *list;       /* NULL: run */

	/* Top-level benchmarks that -bench and -skip do not rule out, in the
	 * order of the present round. */
	const struct bi_entry **order;
	size_t count;
};

/* The plan of this command line.  BENCH_EINPUT with the line to print in ERR,
 * BENCH_ENOMEM.  Release PLAN in either case. */
int bi_plan_make(struct bi_plan *plan, int argc, char *const *argv,
		 struct bench_error *err);

/* Put ORDER into that of round ROUND (from 0): as registered, or shuffled from
 * the seed of -shuffle and the round. */
void bi_plan_order(struct bi_plan *plan, int64_t round);

void bi_plan_release(struct bi_plan *plan);

#endif
