/* One table out of its samples: which rows and columns it has, what they are
 * called, and which portions of values belong to which cell. */
#include "tab/assemble.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "tab/analyze.h"
#include "tab/fit.h"
#include "unit/traits.h"

/* The work on one table. */
struct work {
	const struct bi_assembly *assembly;
	struct bi_table *table;
	struct bi_portion *portion; /* sorted; rows and columns by place */
	size_t count;
	size_t *start;   /* of each cell in PORTION, and the end */
	uint32_t *place; /* of the table's columns among all, in order */
	struct bi_buf scratch;
};

/* COUNT zeroed elements of SIZE in the table's memory; NULL: none. */
static void *table_alloc(struct bi_table *table, size_t count, size_t size)
{
	size_t bytes;
	void *data;

	if (__builtin_mul_overflow(count, size, &bytes))
		return NULL;
	data = bi_arena_alloc(&table->memory, bytes > 0 ? bytes : 1);
	if (data != NULL)
		memset(data, 0, bytes);
	return data;
}

static struct bi_slice slice_of(const struct bi_string *string)
{
	return (struct bi_slice){string->text, string->len};
}

/* The table's own lines: for the first table all there are, later those whose
 * value is new. */
static int add_lines(const struct work *work)
{
	const struct bi_assembly *assembly = work->assembly;
	const struct bi_projection *projection = assembly->layout->table;
	struct bi_table *table = work->table;
	size_t fields = bi_projection_field_count(projection), i;

	table->lines = table_alloc(table, fields, sizeof(*table->lines));
	if (table->lines == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < fields; i++) {
		struct bi_slice value = slice_of(
			bi_projection_value(projection, assembly->key, i));

		if (bi_projection_field_is_unit(projection, i)) {
			table->unit = value;
			continue;
		}
		if (assembly->previous != NULL &&
		    bi_slice_equal(value, slice_of(bi_projection_value(
						  projection,
						  assembly->previous, i))))
			continue;
		table->lines[table->line_count++] = (struct bi_header_line){
			slice_of(bi_projection_field_name(projection, i)),
			value};
	}
	table->unit_class = bi_unit_class(table->unit.text, table->unit.len);
	return 0;
}

/* Bring the portions of each cell together. */
static int sort_portions(struct work *work)
{
	const struct bi_assembly *assembly = work->assembly;
	size_t i;

	for (i = 0; i < work->count; i++) {
		struct bi_portion *portion = &work->portion[i];

		portion->row = assembly->rows->place[portion->row];
		portion->column = assembly->columns->place[portion->column];
	}
	return bi_samples_sort(assembly->samples);
}

static bool same_cell(const struct bi_portion *a, const struct bi_portion *b)
{
	return a->row == b->row && a->column == b->column;
}

static int compare_places(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Number the columns that occur, in order.  Only they are touched: there may be
 * as many tables as columns. */
static int number_columns(struct work *work)
{
	uint32_t *local = work->assembly->columns->local;
	size_t i, count = 0, cap = 0;

	for (i = 0; i < work->count; i++) {
		uint32_t column = work->portion[i].column, *grown;

		if (local[column] != BI_KEY_UNSEEN)
			continue;
		grown = bi_grow(work->place, &cap, count + 1, sizeof(*grown));
		if (grown == NULL)
			break;
		work->place = grown;
		local[column] = 0;
		work->place[count++] = column;
	}
	work->table->column_count = count;
	if (count > 0)
		qsort(work->place, count, sizeof(*work->place),
		      compare_places);
	for (; count > 0; count--)
		local[work->place[count - 1]] = (uint32_t)count - 1;
	return i < work->count ? BENCH_ENOMEM : 0;
}

/* Forget the numbers, for the next table. */
static void forget_columns(const struct work *work)
{
	size_t i;

	for (i = 0; i < work->table->column_count; i++)
		work->assembly->columns->local[work->place[i]] = BI_KEY_UNSEEN;
}

/* Give the columns their headers. */
static int add_columns(struct work *work)
{
	const struct bi_assembly *assembly = work->assembly;
	const struct bi_projection *projection = assembly->layout->column;
	struct bi_table *table = work->table;
	struct bi_slice *header;
	size_t i, level;
	int rc = number_columns(work);

	if (rc < 0)
		return rc;
	table->level_count = bi_projection_field_count(projection);
	table->header =
		table_alloc(table, table->column_count * table->level_count,
			    sizeof(*table->header));
	table->summary = table_alloc(table, table->column_count,
				     sizeof(*table->summary));
	if (table->header == NULL || table->summary == NULL)
		return BENCH_ENOMEM;
	header = table->header;
	for (level = 0; level < table->level_count; level++) {
		for (i = 0; i < table->column_count; i++) {
			const bi_key *key =
				assembly->columns->sorted[work->place[i]];

			*header++ = slice_of(
				bi_projection_value(projection, key, level));
		}
	}
	return 0;
}

static int set_label(struct work *work, const struct bi_projection *projection,
		     const bi_key *key, struct bi_slice *label)
{
	struct bi_buf *scratch = &work->scratch;

	/* The usual case costs no memory. */
	if (bi_projection_field_count(projection) == 1) {
		*label = slice_of(bi_projection_value(projection, key, 0));
		return 0;
	}
	bi_buf_reset(scratch);
	if (bi_projection_label(projection, key, scratch) < 0)
		return BENCH_ENOMEM;
	label->len = scratch->len;
	label->text = bi_arena_copy(&work->table->memory, bi_buf_str(scratch),
				    scratch->len);
	return label->text == NULL ? BENCH_ENOMEM : 0;
}

/* Note in CELL the fields in which COUNT portions of it are not alike. */
static int set_vary(struct work *work, const struct bi_portion *portion,
		    size_t count, struct bi_cell *cell)
{
	const struct bi_projection *projection =
		work->assembly->layout->residue;
	const bi_key *const *key = work->assembly->residues->key;
	size_t fields = bi_projection_field_count(projection), field, i;
	struct bi_buf *text = &work->scratch;
	int rc = 0;

	bi_buf_reset(text);
	for (field = 0; rc == 0 && field < fields; field++) {
		const struct bi_string *first = bi_projection_value(
			projection, key[portion[0].residue], field);

		for (i = 1; i < count; i++) {
			if (bi_projection_value(projection,
						key[portion[i].residue],
						field) != first)
				break;
		}
		if (i < count)
			rc = bi_buf_addf(
				text, "%s%s", text->len > 0 ? ", " : "",
				bi_projection_field_name(projection, field)
					->text);
	}
	if (rc < 0 || text->len == 0)
		return rc;
	cell->vary = bi_intern(&work->table->vary, text->data, text->len);
	if (cell->vary == NULL)
		return BENCH_ENOMEM;
	cell->warnings |= BI_WARNING_BIT(BI_WARNING_VARY);
	return 0;
}

/* Whether COUNT portions differ in what should not vary. */
static bool may_vary(const struct bi_portion *portion, size_t count)
{
	size_t i;

	for (i = 1; i < count; i++) {
		if (portion[i].residue != portion[0].residue)
			return true;
	}
	return false;
}

/* Memory for the rows and cells that the sorted portions make up. */
static int alloc_cells(struct work *work)
{
	struct bi_table *table = work->table;
	size_t i, cells = 0;

	for (i = 0; i < work->count; i++) {
		const struct bi_portion *portion = &work->portion[i];

		table->row_count += i == 0 || portion->row != portion[-1].row;
		cells += i == 0 || !same_cell(portion, portion - 1);
	}
	table->label = table_alloc(table, table->row_count,
				   sizeof(*table->label));
	table->row_start = table_alloc(table, table->row_count + 1,
				       sizeof(*table->row_start));
	table->cell = table_alloc(table, cells, sizeof(*table->cell));
	work->start = calloc(cells + 1, sizeof(*work->start));
	if (table->label == NULL || table->row_start == NULL ||
	    table->cell == NULL || work->start == NULL)
		return BENCH_ENOMEM;
	return 0;
}

/* The cell whose portions go from START to END. */
static int set_cell(struct work *work, size_t start, size_t end,
		    struct bi_cell *cell)
{
	const struct bi_portion *portion = &work->portion[start];
	size_t count = bi_portion_count(portion, end - start);

	if (count > UINT32_MAX)
		return BENCH_ENOMEM;
	cell->column = work->assembly->columns->local[portion->column];
	cell->count = (uint32_t)count;
	if (may_vary(portion, end - start))
		return set_vary(work, portion, end - start, cell);
	return 0;
}

static int add_cells(struct work *work)
{
	const bi_key **key = work->assembly->rows->sorted;
	struct bi_table *table = work->table;
	size_t i, end, row = 0, cell = 0;
	int rc = alloc_cells(work);

	for (i = 0; rc == 0 && i < work->count; i = end) {
		const struct bi_portion *portion = &work->portion[i];

		if (i == 0 || portion->row != portion[-1].row) {
			rc = set_label(work, work->assembly->layout->row,
				       key[portion->row], &table->label[row]);
			table->row_start[row++] = cell;
		}
		for (end = i + 1; end < work->count &&
				  same_cell(portion, &work->portion[end]);
		     end++)
			;
		if (rc == 0)
			rc = set_cell(work, i, end, &table->cell[cell]);
		work->start[cell++] = i;
	}
	if (rc == 0) {
		work->start[cell] = work->count;
		table->row_start[row] = cell;
	}
	return rc;
}

/* What the metadata of the unit says under KEY; "": nothing. */
static int get_metadata(const struct work *work, const char *key,
			const char **text)
{
	const struct bi_string *value;
	int rc = bi_metadata_get(work->assembly->metadata, work->table->unit,
				 key, &value);

	*text = rc == 0 && value != NULL ? value->text : "";
	return rc;
}

/* How changes of the unit are to be read.  *EXACT: nobody expects its values to
 * vary. */
static int set_traits(const struct work *work, bool *exact)
{
	struct bi_table *table = work->table;
	struct bi_slice unit = table->unit;
	const char *assume, *better;
	int rc = get_metadata(work, "assume", &assume);

	if (rc == 0)
		rc = get_metadata(work, "better", &better);
	if (rc < 0)
		return rc;
	*exact = strcmp(assume, "exact") == 0;
	if (strcmp(better, "higher") == 0)
		table->better = BI_BETTER_HIGHER;
	else if (strcmp(better, "lower") == 0)
		table->better = BI_BETTER_LOWER;
	else if (*better != '\0')
		table->better = BI_BETTER_UNCLEAR;
	else if (bi_unit_more_is_better(unit.text, unit.len))
		table->better = BI_BETTER_HIGHER;
	if (*exact || bi_unit_is_count(unit.text, unit.len))
		table->exactness = BI_EXACTNESS_EXPECTED;
	else if (!bi_unit_is_time(unit.text, unit.len))
		table->exactness = BI_EXACTNESS_CONSTANT;
	return 0;
}

/* Name the columns that the table lacks. */
static int add_absent(struct work *work)
{
	const struct bi_assembly *assembly = work->assembly;
	const struct bi_key_list *columns = assembly->columns;
	struct bi_table *table = work->table;
	size_t i;
	int rc = 0;

	table->absent = table_alloc(table, columns->count,
				    sizeof(*table->absent));
	if (table->absent == NULL)
		return BENCH_ENOMEM;
	for (i = 0; rc == 0 && i < columns->count; i++) {
		if (columns->local[i] == BI_KEY_UNSEEN)
			rc = set_label(work, assembly->layout->column,
				       columns->sorted[i],
				       &table->absent[table->absent_count++]);
	}
	return rc;
}

/* What the one who judges the table wants to know besides. */
static int prepare_changes(struct work *work)
{
	const struct bi_assembly *assembly = work->assembly;
	const struct bi_key_list *columns = assembly->columns;
	struct bi_table *table = work->table;
	const struct bi_rule *rule;

	table->change = table_alloc(table, table->row_start[table->row_count],
				    sizeof(*table->change));
	if (table->change == NULL)
		return BENCH_ENOMEM;
	table->has_baseline = columns->local[0] != BI_KEY_UNSEEN;
	if (table->has_baseline && add_absent(work) < 0)
		return BENCH_ENOMEM;
	if (assembly->layout->rules == NULL)
		return 0;
	return bi_rules_find(assembly->layout->rules, table->unit, &rule,
			     &table->limit);
}

static int prepare_spreads(struct bi_table *table)
{
	table->spread = table_alloc(table, table->row_start[table->row_count],
				    sizeof(*table->spread));
	return table->spread == NULL ? BENCH_ENOMEM : 0;
}

/* Fit the centers, which are there. */
static int add_fits(const struct work *work)
{
	const struct bi_assembly *assembly = work->assembly;
	struct bi_table *table = work->table;
	const bi_key **key = calloc(table->row_count + 1, sizeof(*key));
	struct bi_fit_rows rows = {assembly->layout->row, key,
				   assembly->layout->fit};
	size_t row;
	int rc;

	if (key == NULL)
		return BENCH_ENOMEM;
	for (row = 0; row < table->row_count; row++) {
		size_t first = work->start[table->row_start[row]];

		key[row] = assembly->rows->sorted[work->portion[first].row];
	}
	rc = bi_fits_compute(table, &rows);
	free(key);
	return rc;
}

static int analyze(struct work *work)
{
	struct bi_analysis analysis = {work->table, work->portion, work->start,
				       false, work->assembly->layout->threads,
				       work->assembly->layout->keep};
	int rc = set_traits(work, &analysis.exact);

	if (rc == 0 && work->assembly->layout->changes)
		rc = prepare_changes(work);
	if (rc == 0 && work->assembly->layout->spread)
		rc = prepare_spreads(work->table);
	if (rc == 0)
		rc = bi_analyze(&analysis);
	/* More of what is better does not grow as a cost does. */
	if (rc == 0 && work->assembly->layout->fit.text != NULL &&
	    work->table->better == BI_BETTER_LOWER)
		rc = add_fits(work);
	return rc;
}

int bi_assemble(const struct bi_assembly *assembly, struct bi_table *table)
{
	const struct bi_layout *layout = assembly->layout;
	struct work work = {.assembly = assembly, .table = table};
	int rc;

	*table = (struct bi_table){
		.alpha = layout->alpha,
		.confidence = layout->confidence,
		.interval_need = assembly->interval_need,
		.power_need = assembly->power_need,
		.compat = layout->compat,
	};
	work.portion = assembly->samples->portion;
	work.count = assembly->samples->count;
	rc = sort_portions(&work);
	work.portion = assembly->samples->portion;
	if (rc == 0)
		rc = add_lines(&work);
	if (rc == 0)
		rc = add_columns(&work);
	if (rc == 0)
		rc = add_cells(&work);
	if (rc == 0)
		rc = analyze(&work);
	free(work.start);
	forget_columns(&work);
	free(work.place);
	bi_buf_release(&work.scratch);
	return rc;
}
