/* From samples to statistics: fills the cells of a table. */
#ifndef BI_TAB_ANALYZE_H
#define BI_TAB_ANALYZE_H

#include <stdbool.h>
#include <stddef.h>

#include "tab/model.h"
#include "tab/samples.h"

/* TABLE with rows, columns, counts and settings in place, and the portions of
 * its cells: those of cell I begin at PORTION[START[I]] and end before
 * PORTION[START[I + 1]]. */
struct bi_analysis {
	struct bi_table *table;
	const struct bi_portion *portion;
	const size_t *start;
	bool exact; /* values of this unit are not expected to vary */
	unsigned threads; /* that may work on it */
	enum bi_keep keep; /* the samples, in the cells */
};

/* Compute all cells and the summary of each column.  Returns 0 or
 * BENCH_ENOMEM. */
int bi_analyze(const struct bi_analysis *analysis);

#endif
