/* From the rows of a table to how their values grow with a size. */
#ifndef BI_TAB_FIT_H
#define BI_TAB_FIT_H

#include "base/slice.h"
#include "proc/projection.h"
#include "tab/model.h"

/* What the rows of a table are called. */
struct bi_fit_rows {
	const struct bi_projection *projection;
	const bi_key *const *key; /* of each row */
	struct bi_slice size; /* "/n": the part of the name with the size */
};

/* Fill TABLE's fits from its centers.  Returns 0 or BENCH_ENOMEM. */
int bi_fits_compute(struct bi_table *table, const struct bi_fit_rows *rows);

#endif
