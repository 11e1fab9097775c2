/* Which part of a finished table is shown, and in which order. */
#include "tab/view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

/* A row, and what it is sorted by. */
struct ranked {
	size_t row;
	double rank; /* the least first */
	struct bi_slice label;
};

static bool counts(const struct bi_cell *cell, const struct bi_cell *baseline)
{
	return cell->comparison != BI_COMPARISON_NONE && cell->significant &&
	       cell->center != baseline->center;
}

static bool has_changed(const struct bi_table *table, size_t row)
{
	const struct bi_cell *baseline = bi_table_baseline(table, row);
	size_t i;

	/* Also what came or went. */
	if (table->row_start[row + 1] - table->row_start[row] <
	    table->column_count)
		return true;
	for (i = table->row_start[row]; i < table->row_start[row + 1]; i++) {
		if (counts(&table->cell[i], baseline))
			return true;
	}
	return false;
}

/* How much worse CELL is than BASELINE, on the logarithmic scale; -INFINITY if
 * there is nothing to tell. */
static double worsening(const struct bi_table *table,
			const struct bi_cell *cell,
			const struct bi_cell *baseline)
{
	double change;

	if (!counts(cell, baseline))
		return -INFINITY;
	change = log(cell->center / baseline->center);
	if (isnan(change))
		return -INFINITY;
	return table->better == BI_BETTER_HIGHER ? -change : change;
}

/* What ROW is sorted by: of several columns, the one that comes first. */
static double rank(const struct bi_table *table, size_t row,
		   enum bi_view_sort sort)
{
	const struct bi_cell *baseline = bi_table_baseline(table, row);
	double least = INFINITY;
	size_t i;

	for (i = table->row_start[row]; i < table->row_start[row + 1]; i++) {
		const struct bi_cell *cell = &table->cell[i];

		if (cell->comparison == BI_COMPARISON_NONE)
			continue;
		switch (sort) {
		case BI_VIEW_DELTA:
			least = fmin(least,
				     -worsening(table, cell, baseline));
			break;
		case BI_VIEW_P:
			/* By value: as sure as can be, if it differs. */
			least = fmin(least,
				     cell->comparison == BI_COMPARISON_TESTED
					     ? cell->p
					     : counts(cell, baseline) ? 0 : 1);
			break;
		case BI_VIEW_AS_IS:
		case BI_VIEW_NAME:
			break;
		}
	}
	return least;
}

static int compare_labels(struct bi_slice a, struct bi_slice b)
{
	int order = memcmp(a.text, b.text, a.len < b.len ? a.len : b.len);

	return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_ranks(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

static int compare_names(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	int order = compare_labels(x->label, y->label);

	return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static void sort_rows(enum bi_view_sort sort, struct ranked *rows, size_t count)
{
	switch (sort) {
	case BI_VIEW_AS_IS:
		break;
	case BI_VIEW_NAME:
		qsort(rows, count, sizeof(*rows), compare_names);
		break;
	case BI_VIEW_DELTA:
	case BI_VIEW_P:
		qsort(rows, count, sizeof(*rows), compare_ranks);
		break;
	}
}

/* Copies of the table's arrays, to fill them anew. */
struct copy {
	struct bi_cell *cell;
	struct bi_change *change;
	struct bi_spread *spread;
	size_t *row_start;
	size_t *row_number;
	struct bi_slice *label;
};

/* COUNT elements of SIZE from FROM; also none from NULL. */
static void *copy_of(const void *from, size_t count, size_t size)
{
	void *to = calloc(count + 1, size);

	if (to != NULL && from != NULL)
		memcpy(to, from, count * size);
	return to;
}

/* Fill TABLE with COUNT of the rows of FROM. */
static void fill(struct bi_table *table, const struct copy *from,
		 const struct ranked *rows, size_t count)
{
	size_t i, used = 0;

	for (i = 0; i < count; i++) {
		size_t row = rows[i].row, start = from->row_start[row];
		size_t cells = from->row_start[row + 1] - start;

		memcpy(table->cell + used, from->cell + start,
		       cells * sizeof(*table->cell));
		if (table->change != NULL)
			memcpy(table->change + used, from->change + start,
			       cells * sizeof(*table->change));
		if (table->spread != NULL)
			memcpy(table->spread + used, from->spread + start,
			       cells * sizeof(*table->spread));
		table->label[i] = from->label[row];
		table->row_number[i] = row;
		table->row_start[i] = used;
		used += cells;
	}
	table->row_start[count] = used;
	table->hidden_count = table->row_count - count;
	table->row_count = count;
}

static int rearrange(struct bi_table *table, const struct ranked *rows,
		     size_t count)
{
	size_t cells = table->row_start[table->row_count];
	struct copy from = {
		copy_of(table->cell, cells, sizeof(*from.cell)),
		copy_of(table->change, table->change != NULL ? cells : 0,
			sizeof(*from.change)),
		copy_of(table->spread, table->spread != NULL ? cells : 0,
			sizeof(*from.spread)),
		copy_of(table->row_start, table->row_count + 1,
			sizeof(*from.row_start)),
		bi_arena_alloc(&table->memory,
			       (count + 1) * sizeof(*from.row_number)),
		copy_of(table->label, table->row_count, sizeof(*from.label))};
	int rc = BENCH_ENOMEM;

	if (from.cell != NULL && from.change != NULL &&
	    from.spread != NULL && from.row_start != NULL && from.row_number != NULL &&
	    from.label != NULL) {
		table->row_number = from.row_number;
		fill(table, &from, rows, count);
		rc = 0;
	}
	free(from.cell);
	free(from.change);
	free(from.spread);
	free(from.row_start);
	free(from.label);
	return rc;
}

int bi_view_apply(const struct bi_view *view, struct bi_table *table)
{
	size_t cells = table->row_start[table->row_count], i, count = 0;
	struct ranked *rows;
	int rc;

	table->no_geomean = view->no_geomean;
	table->no_compare = view->no_compare;
	table->show_effect = view->effect;
	for (i = 0; view->no_compare && i < cells; i++)
		table->cell[i].comparison = BI_COMPARISON_NONE;
	if (!view->only_changed && view->sort == BI_VIEW_AS_IS)
		return 0;
	rows = calloc(table->row_count + 1, sizeof(*rows));
	if (rows == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < table->row_count; i++) {
		if (view->only_changed && !has_changed(table, i))
			continue;
		rows[count++] = (struct ranked){i, rank(table, i, view->sort),
						table->label[i]};
	}
	sort_rows(view->sort, rows, count);
	rc = rearrange(table, rows, count);
	free(rows);
	return rc;
}
