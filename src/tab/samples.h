/* The samples of a table's cells, where the reader left them. */
#ifndef BI_TAB_SAMPLES_H
#define BI_TAB_SAMPLES_H

#include <stddef.h>
#include <stdint.h>

#include "fmt/collect.h"

/* The values of one group of results in one unit, and the cell they belong
 * to. */
struct bi_portion {
	uint32_t row;     /* first the key's number, later the table's */
	uint32_t column;  /* likewise */
	uint32_t residue; /* number of the key of what should not vary */
	uint32_t measure; /* which of the values of a line */
	const struct bi_block *first;
};

/* Portions of one table, in the order of the results. */
struct bi_samples {
	struct bi_portion *portion;
	size_t count;
	size_t cap;
};

#define BI_SAMPLES_INIT {NULL, 0, 0}

/* BENCH_ENOMEM leaves SAMPLES as it was. */
int bi_samples_add(struct bi_samples *samples, struct bi_portion portion);

/* Bring the portions of each cell together: by row, then column, then as they
 * came.  Fast if they come in few ascending runs, as inputs do.  BENCH_ENOMEM
 * leaves them in any order. */
int bi_samples_sort(struct bi_samples *samples);

/* How many values COUNT portions hold. */
size_t bi_portion_count(const struct bi_portion *portion, size_t count);

/* Copy them to OUT, in order. */
void bi_portion_load(const struct bi_portion *portion, size_t count,
		     double *out);

void bi_samples_release(struct bi_samples *samples);

#endif
