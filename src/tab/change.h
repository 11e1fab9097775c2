/* From two samples to the change between them. */
#ifndef BI_TAB_CHANGE_H
#define BI_TAB_CHANGE_H

#include "stat/utest.h"
#include "tab/model.h"

/* A sorted sample, its NaNs taken off. */
struct bi_change_sample {
	const double *values;
	size_t count;
	bool whole; /* it had none */
};

/* What is used again for the next change.  All zero at first, but for UTEST,
 * which is not owned. */
struct bi_change_memory {
	struct bi_utest *utest;
	double *moved;
	size_t cap;
};

/* Fill CHANGE from BEFORE to AFTER, which TABLE says how to judge.  Returns 0 or
 * BENCH_ENOMEM. */
int bi_change_compute(struct bi_change_memory *memory,
		      const struct bi_table *table,
		      const struct bi_change_sample *before,
		      const struct bi_change_sample *after,
		      struct bi_change *change);

void bi_change_memory_release(struct bi_change_memory *memory);

#endif
