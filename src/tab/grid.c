/* Text in aligned columns.
 *
 * A column is as wide as its widest cell, margin included; then cells that span
 * several columns, the narrow ones first, widen those which may grow.  A table
 * can have a million cells, so they are small: texts lie one behind the other
 * and a cell knows only the length of its own. */
#include "tab/grid.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/grow.h"
#include "base/width.h"

#define SPAN_BITS 25

struct bi_grid_entry {
	uint32_t len; /* of the text, in bytes */
	uint32_t column;
	uint32_t span : SPAN_BITS;
	uint32_t align : 2;
	uint32_t margin : 3;
	uint32_t style : 2;
};

_Static_assert(BI_GRID_MARGINS <= 1 << 3, "a margin's number fits");

/* Measures of a column. */
struct column {
	size_t offset; /* where it begins */
	size_t width;
	size_t margin; /* the longest in it */
	bool shrink;
};

/* What is known when the widths are worked out. */
struct layout {
	const struct bi_grid *grid;
	struct column *column; /* one more than there are: the end */
	size_t count;
	size_t margin[BI_GRID_MARGINS]; /* widths */
};

/* A cell that spans columns. */
struct spanner {
	const struct bi_grid_entry *cell;
	size_t need;
	size_t order;
};

static uint32_t margin_number(struct bi_grid *grid, const char *margin)
{
	size_t i;

	for (i = 0; i < grid->margin_count; i++) {
		if (strcmp(grid->margin[i], margin) == 0)
			return (uint32_t)i;
	}
	assert(i < BI_GRID_MARGINS);
	grid->margin[i] = margin;
	grid->margin_count++;
	return (uint32_t)i;
}

int bi_grid_add(struct bi_grid *grid, const struct bi_grid_cell *cell)
{
	const char *margin = cell->margin;
	size_t span = cell->span > 0 ? cell->span : 1;
	struct bi_grid_entry *grown;

	if (margin == NULL)
		margin = cell->column == 0 || cell->text.len == 0 ? "" : " ";
	grown = bi_grow(grid->cell, &grid->cell_cap, grid->cell_count + 1,
			sizeof(*grown));
	if (grown == NULL)
		return BENCH_ENOMEM;
	grid->cell = grown;
	if (cell->text.len > UINT32_MAX || cell->column > UINT32_MAX ||
	    span >= 1u << SPAN_BITS ||
	    bi_buf_add(&grid->text, cell->text.text, cell->text.len) < 0)
		return BENCH_ENOMEM;
	grid->cell[grid->cell_count++] = (struct bi_grid_entry){
		.len = (uint32_t)cell->text.len,
		.column = (uint32_t)cell->column,
		.span = (uint32_t)span & ((1u << SPAN_BITS) - 1),
		.align = (uint32_t)cell->align & 3,
		.margin = margin_number(grid, margin) & 7,
		.style = (uint32_t)cell->style & 3,
	};
	return 0;
}

int bi_grid_end_row(struct bi_grid *grid)
{
	size_t *grown = bi_grow(grid->row_end, &grid->row_cap,
				grid->row_count + 1, sizeof(*grown));

	if (grown == NULL)
		return BENCH_ENOMEM;
	grid->row_end = grown;
	grid->row_end[grid->row_count++] = grid->cell_count;
	return 0;
}

int bi_grid_shrink(struct bi_grid *grid, size_t column)
{
	bool *grown = bi_grow(grid->shrink, &grid->shrink_cap, column + 1,
			      sizeof(*grown));

	if (grown == NULL)
		return BENCH_ENOMEM;
	grid->shrink = grown;
	while (column >= grid->column_count)
		grid->shrink[grid->column_count++] = false;
	grid->shrink[column] = true;
	return 0;
}

/* Columns there are, margins, and the cells that span more than one. */
static size_t count_columns(struct layout *layout, size_t *spanners)
{
	const struct bi_grid *grid = layout->grid;
	size_t i, count = 0;

	*spanners = 0;
	for (i = 0; i < grid->cell_count; i++) {
		const struct bi_grid_entry *cell = &grid->cell[i];

		if (count < (size_t)cell->column + cell->span)
			count = (size_t)cell->column + cell->span;
		*spanners += cell->span > 1;
	}
	for (i = 0; i < grid->margin_count; i++)
		layout->margin[i] =
			bi_width(grid->margin[i], strlen(grid->margin[i]));
	return count;
}

/* Widths from the cells of one column; SPANNER gets the others. */
static void fit_single(struct layout *layout, struct spanner *spanner)
{
	const struct bi_grid *grid = layout->grid;
	const char *text = bi_buf_str(&grid->text);
	size_t i, order = 0;

	for (i = 0; i < grid->cell_count; i++) {
		const struct bi_grid_entry *cell = &grid->cell[i];
		struct column *column = &layout->column[cell->column];

		if (column->margin < layout->margin[cell->margin])
			column->margin = layout->margin[cell->margin];
	}
	for (i = 0; i < grid->cell_count; i++) {
		const struct bi_grid_entry *cell = &grid->cell[i];
		struct column *column = &layout->column[cell->column];
		size_t need = bi_width(text, cell->len) + column->margin;

		text += cell->len;
		if (cell->span > 1)
			spanner[order] = (struct spanner){cell, need, order},
			order++;
		else if (column->width < need)
			column->width = need;
	}
}

static int compare_spanners(const void *a, const void *b)
{
	const struct spanner *x = a, *y = b;

	if (x->cell->span != y->cell->span)
		return x->cell->span < y->cell->span ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

/* A column that may grow. */
struct growth {
	struct column *column;
	size_t order;
};

/* The widest first: it has the most room already. */
static int compare_growth(const void *a, const void *b)
{
	const struct growth *x = a, *y = b;

	if (x->column->width != y->column->width)
		return x->column->width > y->column->width ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

/* Widen the columns that SPANNER covers; GROWTH has room for all of them. */
static void fit_spanner(struct layout *layout, const struct spanner *spanner,
			struct growth *growth)
{
	const struct bi_grid_entry *cell = spanner->cell;
	size_t i, count = 0, sum = 0, rest = spanner->need;

	for (i = 0; i < cell->span; i++) {
		struct column *column = &layout->column[cell->column + i];

		sum += column->width;
		if (!column->shrink) {
			growth[count] = (struct growth){column, count};
			count++;
		}
	}
	if (sum >= spanner->need)
		return;
	qsort(growth, count, sizeof(*growth), compare_growth);
	for (i = 0; i < count; i++)
		sum -= growth[i].column->width;
	/* SUM is now what cannot grow, which is less than what is needed. */
	rest -= sum;
	for (i = 0; i < count; i++) {
		struct column *column = growth[i].column;
		size_t left = count - i, share = (rest + left - 1) / left;

		if (column->width < share)
			column->width = share;
		/* A wide column leaves less than nothing for the others. */
		rest -= column->width < rest ? column->width : rest;
	}
}

/* Work out all widths.  Returns 0 or BENCH_ENOMEM. */
static int fit(struct layout *layout)
{
	const struct bi_grid *grid = layout->grid;
	size_t i, spanners;
	struct spanner *spanner;
	struct growth *growth;
	int rc = BENCH_ENOMEM;

	layout->count = count_columns(layout, &spanners);
	layout->column = calloc(layout->count + 1, sizeof(*layout->column));
	growth = calloc(layout->count + 1, sizeof(*growth));
	spanner = calloc(spanners + 1, sizeof(*spanner));
	if (layout->column == NULL || growth == NULL || spanner == NULL)
		goto out;
	for (i = 0; i < layout->count && i < grid->column_count; i++)
		layout->column[i].shrink = grid->shrink[i];
	fit_single(layout, spanner);
	qsort(spanner, spanners, sizeof(*spanner), compare_spanners);
	for (i = 0; i < spanners; i++)
		fit_spanner(layout, &spanner[i], growth);
	for (i = 0; i < layout->count; i++)
		layout->column[i + 1].offset =
			layout->column[i].offset + layout->column[i].width;
	rc = 0;
out:
	free(growth);
	free(spanner);
	return rc;
}

/* Select Graphic Rendition of ECMA-48. */
static const char *const style_begin[] = {
	[BI_GRID_GREEN] = "\033[32m",
	[BI_GRID_RED] = "\033[31m",
	[BI_GRID_DIM] = "\033[2m",
};

/* Append CELL to the line OUT; the cell before ends at AT. */
static int put_cell(const struct layout *layout,
		    const struct bi_grid_entry *cell, const char *text,
		    struct bi_buf *out, size_t *at)
{
	const struct column *column = &layout->column[cell->column];
	const struct column *end = column + cell->span;
	const char *margin = layout->grid->margin[cell->margin];
	size_t margin_len = strlen(margin), pad = 0;
	size_t width = bi_width(text, cell->len);
	size_t inner = end->offset - column->offset - column->margin;
	size_t left = column->margin - layout->margin[cell->margin];
	int rc;

	if (bi_is_blank(text, cell->len) && bi_is_blank(margin, margin_len))
		return 0;
	/* A text too wide for columns that do not grow ("vs base" over a lone
	 * "?") moves what follows by twice the excess.  It always has, and
	 * output that is compared byte by byte keeps it. */
	left += column->offset > *at ? column->offset - *at
				     : *at - column->offset;
	if (inner > width && cell->align == BI_GRID_RIGHT)
		pad = inner - width;
	else if (inner > width && cell->align == BI_GRID_CENTER)
		pad = (inner - width) / 2;
	rc = bi_buf_fill(out, ' ', left);
	if (rc == 0)
		rc = bi_buf_add(out, margin, margin_len);
	if (rc == 0)
		rc = bi_buf_fill(out, ' ', pad);
	if (rc == 0 && cell->style != BI_GRID_PLAIN)
		rc = bi_buf_adds(out, style_begin[cell->style]);
	if (rc == 0)
		rc = bi_buf_add(out, text, cell->len);
	if (rc == 0 && cell->style != BI_GRID_PLAIN)
		rc = bi_buf_adds(out, "\033[0m");
	*at = column->offset + column->margin + pad + width;
	return rc;
}

/* Lines are handed on in pieces of about this size. */
#define PIECE ((size_t)32 * 1024)

int bi_grid_write(const struct bi_grid *grid, const struct bi_sink *sink)
{
	struct layout layout = {.grid = grid};
	struct bi_buf out = BI_BUF_INIT;
	const char *text = bi_buf_str(&grid->text);
	size_t row, i = 0, at;
	int rc = fit(&layout);

	for (row = 0; rc == 0 && row < grid->row_count; row++) {
		for (at = 0; rc == 0 && i < grid->row_end[row]; i++) {
			rc = put_cell(&layout, &grid->cell[i], text, &out, &at);
			text += grid->cell[i].len;
		}
		if (rc == 0)
			rc = bi_buf_addc(&out, '\n');
		if (rc == 0 && (out.len >= PIECE ||
				row + 1 == grid->row_count)) {
			rc = sink->write(sink->arg, out.data, out.len);
			bi_buf_reset(&out);
		}
	}
	bi_buf_release(&out);
	free(layout.column);
	return rc;
}

void bi_grid_release(struct bi_grid *grid)
{
	free(grid->cell);
	free(grid->row_end);
	free(grid->shrink);
	bi_buf_release(&grid->text);
	*grid = (struct bi_grid){0};
}
