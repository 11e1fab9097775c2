/* Text in aligned columns.  Knows nothing of what the text means. */
#ifndef BI_TAB_GRID_H
#define BI_TAB_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/sink.h"
#include "base/slice.h"

enum bi_grid_align { BI_GRID_LEFT, BI_GRID_RIGHT, BI_GRID_CENTER };

/* How a terminal shows it.  Takes no room. */
enum bi_grid_style { BI_GRID_PLAIN, BI_GRID_GREEN, BI_GRID_RED, BI_GRID_DIM };

/* A cell to be added. */
struct bi_grid_cell {
	size_t column;
	size_t span; /* columns it covers; 0 means 1 */
	enum bi_grid_align align;
	enum bi_grid_style style;
	const char *margin; /* stands to its left; NULL: one space, or nothing
			     * in column 0 and for an empty text */
	struct bi_slice text;
};

#define BI_GRID_MARGINS 8

/* BI_GRID_INIT (all zero) has no cells. */
struct bi_grid {
	struct bi_grid_entry *cell;
	size_t cell_count;
	size_t cell_cap;
	size_t *row_end; /* number of cells up to the end of each row */
	size_t row_count;
	size_t row_cap;
	struct bi_buf text; /* of all cells, in order */
	const char *margin[BI_GRID_MARGINS];
	size_t margin_count;
	bool *shrink; /* by column */
	size_t shrink_cap;
	size_t column_count;
};

/* Add a cell to the last row, to the right of all its cells so far.  The text
 * is copied; the margin is not, and there are at most BI_GRID_MARGINS different
 * ones.  Returns 0 or BENCH_ENOMEM. */
int bi_grid_add(struct bi_grid *grid, const struct bi_grid_cell *cell);

/* The next cell begins a new row. */
int bi_grid_end_row(struct bi_grid *grid);

/* Column COLUMN does not grow to make room for a cell that spans it. */
int bi_grid_shrink(struct bi_grid *grid, size_t column);

/* Write the rows, each with a newline and without blanks at its end. */
int bi_grid_write(const struct bi_grid *grid, const struct bi_sink *sink);

void bi_grid_release(struct bi_grid *grid);

#endif
