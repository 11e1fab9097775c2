/* From the rows of a table to how their values grow with a size.
 *
 * Rows that differ in the size alone are a family: "Sort/n=8" and "Sort/n=16"
 * are "Sort".  Each column of a family is fitted by itself. */
#include "tab/fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/real.h"
#include "fmt/name.h"
#include "stat/fit.h"

/* A cell whose row has a size. */
struct point {
	const struct bi_string *family;
	uint32_t column;
	size_t order; /* as in the table */
	struct bi_slice text;
	double size; /* NaN: TEXT is none */
	double value;
};

struct work {
	struct bi_table *table;
	const struct bi_fit_rows *rows;
	struct bi_intern family;
	struct bi_buf scratch;
	struct point *point;
	size_t count;
	double *size; /* of one fit, and its values */
	double *value;
};

/* Append NAME without its first part "/KEY=..." to OUT.  *SIZE is what stands
 * there, unless there is no such part. */
static int strip(struct bi_slice name, struct bi_slice key,
		 struct bi_slice *size, struct bi_buf *out)
{
	struct bi_name parts = bi_name_split(name.text, name.len);
	struct bi_slice value;
	size_t start, end;
	int rc;

	if (!bi_name_value(&parts, key.text + 1, key.len - 1, &value))
		return bi_buf_add(out, name.text, name.len);
	*size = value;
	end = (size_t)(value.text - name.text) + value.len;
	start = end - value.len - 1 - key.len;
	rc = bi_buf_add(out, name.text, start);
	return rc < 0 ? rc : bi_buf_add(out, name.text + end, name.len - end);
}

/* The family of ROW into the scratch buffer; *SIZE has no text if the row says
 * none. */
static int read_row(struct work *work, size_t row, struct bi_slice *size)
{
	const struct bi_projection *projection = work->rows->projection;
	size_t fields = bi_projection_field_count(projection), i;
	struct bi_slice key = work->rows->size;
	struct bi_buf *out = &work->scratch;
	int rc = 0;

	*size = (struct bi_slice){NULL, 0};
	bi_buf_reset(out);
	for (i = 0; rc == 0 && i < fields; i++) {
		const struct bi_string *name =
			bi_projection_field_name(projection, i);
		const struct bi_string *value = bi_projection_value(
			projection, work->rows->key[row], i);
		struct bi_slice text = {value->text, value->len};

		if (text.len == 0)
			continue;
		if (bi_slice_equal((struct bi_slice){name->text, name->len},
				   key)) {
			*size = text;
			continue;
		}
		if (out->len > 0)
			rc = bi_buf_addc(out, ' ');
		if (rc == 0 && strcmp(name->text, ".fullname") == 0)
			rc = strip(text, key, size, out);
		else if (rc == 0)
			rc = bi_buf_add(out, text.text, text.len);
	}
	return rc;
}

/* Add the cells of ROW, if it has a size. */
static int add_row(struct work *work, size_t row)
{
	const struct bi_table *table = work->table;
	struct point point = {.size = (double)NAN};
	size_t i;
	int rc = read_row(work, row, &point.text);

	if (rc < 0 || point.text.text == NULL)
		return rc;
	point.family = bi_intern(&work->family, bi_buf_str(&work->scratch),
				 work->scratch.len);
	if (point.family == NULL)
		return BENCH_ENOMEM;
	if (bi_real_parse(point.text.text, point.text.len, &point.size) < 0)
		point.size = (double)NAN;
	for (i = table->row_start[row]; i < table->row_start[row + 1]; i++) {
		point.column = table->cell[i].column;
		point.value = table->cell[i].center;
		point.order = work->count;
		work->point[work->count++] = point;
	}
	return 0;
}

static int compare(const void *a, const void *b)
{
	const struct point *x = a, *y = b;

	if (x->family != y->family)
		return x->family->id < y->family->id ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

static int compare_sizes(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* How many different ones there are; sorts them. */
static uint32_t count_sizes(double *size, size_t count)
{
	uint32_t different = 0;
	size_t i;

	qsort(size, count, sizeof(*size), compare_sizes);
	for (i = 0; i < count; i++)
		different += i == 0 || size[i] != size[i - 1];
	return different;
}

/* What is wrong with COUNT points; FIT->text is the one. */
static enum bi_fit_problem find_problem(const struct point *point,
					size_t count, struct bi_fit *fit)
{
	size_t i, zeros = 0;

	for (i = 0; i < count; i++) {
		zeros += point[i].value == 0;
		fit->text = point[i].text;
		if (!isfinite(point[i].size))
			return BI_FIT_TEXT;
		if (point[i].size < 1)
			return BI_FIT_SMALL;
	}
	if (fit->size_count < BI_FIT_LEAST)
		return BI_FIT_FEW;
	if (zeros == count)
		return BI_FIT_ZERO;
	for (i = 0; i < count; i++) {
		fit->text = point[i].text;
		/* Also a NaN. */
		if (!(point[i].value > 0 && isfinite(point[i].value)))
			return BI_FIT_VALUE;
	}
	return BI_FIT_FOUND;
}

static int add_fit(struct work *work, const struct point *point, size_t count)
{
	struct bi_table *table = work->table;
	struct bi_fit *fit = &table->fit[table->fit_count++];
	struct bi_fit_curve curve[BI_GROWTHS];
	size_t i;

	_Static_assert(BI_GROWTHS == BI_FIT_CURVES, "one of each kind");
	*fit = (struct bi_fit){.column = point->column};
	fit->label.len = point->family->len;
	fit->label.text = bi_arena_copy(&table->memory, point->family->text,
					point->family->len);
	if (fit->label.text == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < count; i++)
		work->size[i] = point[i].size;
	fit->size_count = count_sizes(work->size, count);
	fit->problem = find_problem(point, count, fit);
	if (fit->problem != BI_FIT_FOUND)
		return 0;
	for (i = 0; i < count; i++) {
		work->size[i] = point[i].size;
		work->value[i] = point[i].value;
	}
	bi_fit(work->size, work->value, count, curve);
	for (i = 0; i < BI_GROWTHS; i++) {
		fit->curve[i].name = bi_growth_name(curve[i].growth);
		fit->curve[i].coefficient = curve[i].coefficient;
		fit->curve[i].rms = curve[i].rms;
	}
	return 0;
}

static int add_fits(struct work *work)
{
	struct bi_table *table = work->table;
	size_t i, end;
	int rc = 0;

	if (work->count > SIZE_MAX / sizeof(*table->fit) - 1)
		return BENCH_ENOMEM;
	table->fit = bi_arena_alloc(&table->memory, (work->count + 1) *
							    sizeof(*table->fit));
	if (table->fit == NULL)
		return BENCH_ENOMEM;
	if (work->count > 0)
		qsort(work->point, work->count, sizeof(*work->point), compare);
	for (i = 0; rc == 0 && i < work->count; i = end) {
		const struct point *first = &work->point[i];

		for (end = i + 1; end < work->count &&
				  work->point[end].family == first->family &&
				  work->point[end].column == first->column;
		     end++)
			;
		rc = add_fit(work, first, end - i);
	}
	return rc;
}

int bi_fits_compute(struct bi_table *table, const struct bi_fit_rows *rows)
{
	size_t cells = table->row_start[table->row_count], row;
	struct work work = {.table = table, .rows = rows};
	int rc = 0;

	table->fit_key = rows->size;
	work.point = calloc(cells + 1, sizeof(*work.point));
	work.size = calloc(cells + 1, sizeof(*work.size));
	work.value = calloc(cells + 1, sizeof(*work.value));
	if (work.point == NULL || work.size == NULL || work.value == NULL)
		rc = BENCH_ENOMEM;
	for (row = 0; rc == 0 && row < table->row_count; row++)
		rc = add_row(&work, row);
	if (rc == 0)
		rc = add_fits(&work);
	free(work.point);
	free(work.size);
	free(work.value);
	bi_intern_release(&work.family);
	bi_buf_release(&work.scratch);
	return rc;
}
