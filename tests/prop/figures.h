/* All figures of all tables, each with what it is about, in an order that does
 * not depend on that of the tables: two runs can be compared. */
#ifndef TESTS_PROP_FIGURES_H
#define TESTS_PROP_FIGURES_H

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "prop/results.h"
#include "unit/tables.h"

/* A cell, or the summary of a column. */
struct figure {
	struct bi_buf about; /* table, column and row */
	struct bi_buf vary;  /* the letters of the fields' names */
	bool is_summary;
	struct bi_cell cell;
	struct bi_summary summary;
};

struct figures {
	struct figure *figure;
	size_t count;
	/* The configuration of the table at hand: "key: value", by key. */
	struct bi_buf line[8];
	size_t lines;
};

static inline int figures_compare_letters(const void *a, const void *b)
{
	return *(const char *)a - *(const char *)b;
}

/* Only the lines that change are in the table. */
static inline void figures_take_line(struct figures *figures,
				     const struct bi_header_line *line)
{
	size_t i;

	for (i = 0; i < figures->lines; i++) {
		if (strncmp(figures->line[i].data, line->key.text,
			    line->key.len) == 0)
			break;
	}
	if (i == figures->lines)
		figures->lines++;
	bi_buf_reset(&figures->line[i]);
	bi_buf_add(&figures->line[i], line->key.text, line->key.len);
	bi_buf_adds(&figures->line[i], ": ");
	bi_buf_add(&figures->line[i], line->value.text, line->value.len);
}

static inline int figures_compare_lines(const void *a, const void *b)
{
	const struct bi_buf *x = a, *y = b;

	return strcmp(x->data, y->data);
}

/* A figure of COLUMN; the caller says the row. */
static inline struct figure *figures_add(struct figures *figures,
					 const struct bi_table *table,
					 size_t column)
{
	struct figure *grown = realloc(figures->figure, (figures->count + 1) *
								sizeof(*grown));
	struct figure *figure = &grown[figures->count++];
	size_t i;

	figures->figure = grown;
	*figure = (struct figure){0};
	/* A key without value is as good as none. */
	for (i = 0; i < figures->lines; i++) {
		const struct bi_buf *line = &figures->line[i];

		if (line->data[line->len - 1] != ' ')
			bi_buf_addf(&figure->about, "%s\n", line->data);
	}
	bi_buf_add(&figure->about, table->unit.text, table->unit.len);
	for (i = 0; i < table->level_count; i++) {
		const struct bi_slice *header =
			&table->header[i * table->column_count + column];

		bi_buf_adds(&figure->about, " | ");
		bi_buf_add(&figure->about, header->text, header->len);
	}
	bi_buf_adds(&figure->about, " : ");
	return figure;
}

static inline void figures_add_cell(struct figures *figures,
				    const struct bi_table *table,
				    const struct bi_cell *cell, size_t row)
{
	struct figure *figure = figures_add(figures, table, cell->column);

	bi_buf_add(&figure->about, table->label[row].text,
		   table->label[row].len);
	figure->cell = *cell;
	if (cell->vary == NULL)
		return;
	/* The fields are listed as they came. */
	bi_buf_add(&figure->vary, cell->vary->text, cell->vary->len);
	qsort(figure->vary.data, figure->vary.len, 1, figures_compare_letters);
}

/* A bi_render_table whose output goes to a struct figures. */
static inline int figures_render(struct bi_render *render,
				 const struct bi_table *table)
{
	struct figures *figures = render->out.arg;
	size_t i, row;

	for (i = 0; i < table->line_count; i++)
		figures_take_line(figures, &table->lines[i]);
	qsort(figures->line, figures->lines, sizeof(figures->line[0]),
	      figures_compare_lines);
	for (row = 0; row < table->row_count; row++) {
		for (i = table->row_start[row]; i < table->row_start[row + 1];
		     i++)
			figures_add_cell(figures, table, &table->cell[i], row);
	}
	for (i = 0; i < table->column_count; i++) {
		struct figure *figure = figures_add(figures, table, i);

		figure->is_summary = true;
		figure->summary = table->summary[i];
	}
	return 0;
}

static inline int figures_compare(const void *a, const void *b)
{
	const struct figure *x = a, *y = b;

	if (x->is_summary != y->is_summary)
		return x->is_summary - y->is_summary;
	return strcmp(x->about.data, y->about.data);
}

static inline int figures_read(const struct tables_config *config,
			       const char *const *texts,
			       struct figures *figures)
{
	struct tables_config own = *config;
	int rc;

	*figures = (struct figures){0};
	own.render = figures_render;
	rc = tables_print(&own, texts,
			  (struct bi_render){.out = {NULL, figures}});
	if (figures->count > 0)
		qsort(figures->figure, figures->count,
		      sizeof(*figures->figure), figures_compare);
	return rc;
}

static inline void figures_release(struct figures *figures)
{
	size_t i;

	for (i = 0; i < figures->count; i++) {
		bi_buf_release(&figures->figure[i].about);
		bi_buf_release(&figures->figure[i].vary);
	}
	for (i = 0; i < LENGTH(figures->line); i++)
		bi_buf_release(&figures->line[i]);
	free(figures->figure);
}

/* Whether B is A times FACTOR, up to TOLERANCE of it. */
static inline bool figures_near(double a, double b, double factor,
				double tolerance)
{
	a *= factor;
	return a == b || (isnan(a) && isnan(b)) ||
	       fabs(a - b) <= tolerance * fabs(a);
}

/* libm's exp and log, and the order of a sum, decide on the last digits. */
#define FIGURES_LIBM 1e-12

static inline bool figures_same_cell(const struct figure *a,
				     const struct figure *b, double factor,
				     double tolerance)
{
	const struct bi_cell *x = &a->cell, *y = &b->cell;

	return x->count == y->count && x->nan == y->nan &&
	       x->warnings == y->warnings && x->comparison == y->comparison &&
	       x->significant == y->significant &&
	       figures_near(x->p, y->p, 1, 0) &&
	       figures_near(x->center, y->center, factor, tolerance) &&
	       figures_near(x->low, y->low, factor, tolerance) &&
	       figures_near(x->high, y->high, factor, tolerance) &&
	       strcmp(bi_buf_str(&a->vary), bi_buf_str(&b->vary)) == 0;
}

/* A mean of infinities depends on the order of the rows (stat/geomean.h). */
static inline bool figures_is_infinite(const struct bi_summary *summary)
{
	return isinf(summary->center) || isinf(summary->ratio);
}

static inline bool figures_same_summary(const struct bi_summary *x,
					const struct bi_summary *y,
					double factor)
{
	if (figures_is_infinite(x) || figures_is_infinite(y))
		return true;
	return x->has_center == y->has_center && x->has_ratio == y->has_ratio &&
	       x->warnings == y->warnings &&
	       (!x->has_center ||
		figures_near(x->center, y->center, factor, FIGURES_LIBM)) &&
	       (!x->has_ratio ||
		figures_near(x->ratio, y->ratio, 1, FIGURES_LIBM));
}

/* The first figure of A that is not in B, times FACTOR; NULL if all are. */
static inline const char *figures_difference(const struct figures *a,
					     const struct figures *b,
					     double factor, double tolerance)
{
	size_t i;

	if (a->count != b->count)
		return "numbers of figures";
	for (i = 0; i < a->count; i++) {
		const struct figure *x = &a->figure[i], *y = &b->figure[i];

		if (figures_compare(x, y) != 0)
			return x->about.data;
		if (x->is_summary
			    ? !figures_same_summary(&x->summary, &y->summary,
						    factor)
			    : !figures_same_cell(x, y, factor, tolerance))
			return x->about.data;
	}
	return NULL;
}

#endif
