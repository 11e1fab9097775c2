/* From a sample to how it is spread. */
#ifndef BI_TAB_SPREAD_H
#define BI_TAB_SPREAD_H

#include <stdbool.h>
#include <stddef.h>

#include "tab/model.h"

/* What is used again for the next sample; made by bi_spread_memory_new(). */
struct bi_spread_memory;

/* NULL when there is no memory. */
struct bi_spread_memory *bi_spread_memory_new(void);

/* MEMORY may be NULL. */
void bi_spread_memory_free(struct bi_spread_memory *memory);

/* Fill SPREAD from COUNT values in the order in which they were read; not
 * ORDERED: it is not known to be that of the runs.  Returns 0 or
 * BENCH_ENOMEM. */
int bi_spread_compute(struct bi_spread_memory *memory, const double *values,
		      size_t count, bool ordered, struct bi_spread *spread);

/* All cells of TABLE have their spreads: correct what is said about trends for
 * their number, and warn.  Returns 0 or BENCH_ENOMEM. */
int bi_spread_finish(struct bi_table *table);

#endif
