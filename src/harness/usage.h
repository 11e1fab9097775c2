/* What the process takes from the machine besides time (-cputime). */
#ifndef BI_HARNESS_USAGE_H
#define BI_HARNESS_USAGE_H

#include <stdint.h>

struct bi_bench;

/* Of all threads; only differences mean anything. */
struct bi_usage {
	int64_t cpu_ns;
	int64_t switches; /* of context, wanted or not */
	int64_t faults;   /* pages, with and without a disk */
};

/* Two system calls. */
struct bi_usage bi_usage_now(void);

/* Add what passed between FROM and TO to SUM. */
void bi_usage_add(struct bi_usage *sum, const struct bi_usage *from,
		  const struct bi_usage *to);

/* BENCH is measured: report cpu-ns/op, ctx-sw/op and faults/op of it. */
void bi_usage_report(struct bi_bench *bench);

#endif
