/* From grouped results to tables.
 *
 *	collection --> groups --> portions, by table --> cells --> statistics
 *
 * A group brings one portion of values for each of its units.  Portions are
 * sorted into their cells only when all results are there, which needs no index
 * of cells: the keys of rows and columns are numbered already. */
#include "tab/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "stat/order.h"
#include "stat/utest.h"
#include "tab/assemble.h"
#include "tab/samples.h"

/* All portions that go to one table. */
struct pile {
	const bi_key *key;
	struct bi_samples samples;
};

struct bi_builder {
	struct bi_layout layout;
	int interval_need; /* as in struct bi_table */
	int power_need;
	struct pile *pile; /* by the number of the table's key */
	size_t pile_count;
	size_t pile_cap;
	struct pile **order; /* as they are printed */
	struct bi_key_list rows;
	struct bi_key_list columns;
	struct bi_key_list residues;
	struct bi_arena *values; /* one for each input */
	size_t value_count;
	size_t portion_count;

	/* For each value on a line of the group at hand: whether the filter
	 * keeps it, and the key of its table if that is known already. */
	bool *keep;
	const bi_key **table_key;
	size_t width;
	const struct bi_string *config; /* what TABLE_KEY was found for */
	const struct bi_string *measures;
};

struct bi_builder *bi_builder_new(const struct bi_layout *layout)
{
	struct bi_builder *builder = calloc(1, sizeof(*builder));

	if (builder == NULL)
		return NULL;
	builder->layout = *layout;
	builder->interval_need = bi_order_need(layout->confidence);
	builder->power_need = bi_utest_need(layout->alpha);
	return builder;
}

void bi_builder_free(struct bi_builder *builder)
{
	size_t i;

	if (builder == NULL)
		return;
	for (i = 0; i < builder->pile_count; i++)
		bi_samples_release(&builder->pile[i].samples);
	for (i = 0; i < builder->value_count; i++)
		bi_arena_release(&builder->values[i]);
	bi_key_list_release(&builder->rows);
	bi_key_list_release(&builder->columns);
	bi_key_list_release(&builder->residues);
	free(builder->pile);
	free(builder->order);
	free(builder->values);
	free(builder->keep);
	free(builder->table_key);
	free(builder);
}

/* The pile of the table with KEY; NULL when there is no memory. */
static struct pile *pile_for(struct bi_builder *builder, const bi_key *key)
{
	struct pile *grown;

	if (key->id < builder->pile_count)
		return &builder->pile[key->id];
	grown = bi_grow(builder->pile, &builder->pile_cap,
			builder->pile_count + 1, sizeof(*grown));
	if (grown == NULL)
		return NULL;
	builder->pile = grown;
	builder->pile[builder->pile_count] =
		(struct pile){key, BI_SAMPLES_INIT};
	return &builder->pile[builder->pile_count++];
}

/* Room for WIDTH values on a line. */
static int widen(struct bi_builder *builder, size_t width)
{
	const bi_key **table_key;
	bool *keep;

	if (width <= builder->width)
		return 0;
	if (width > SIZE_MAX / sizeof(*table_key))
		return BENCH_ENOMEM;
	keep = realloc(builder->keep, width * sizeof(*keep));
	if (keep == NULL)
		return BENCH_ENOMEM;
	builder->keep = keep;
	table_key = realloc(builder->table_key, width * sizeof(*table_key));
	if (table_key == NULL)
		return BENCH_ENOMEM;
	builder->table_key = table_key;
	builder->width = width;
	builder->measures = NULL;
	return 0;
}

/* Decide which values of RECORD are kept; returns how many, or negative. */
static int filter(struct bi_builder *builder, const struct bi_record *record)
{
	size_t width = bi_record_measure_count(record), i;

	if (!bi_schema_keeps(builder->layout.schema, record))
		return 0;
	if (builder->layout.filter != NULL)
		return bi_filter_match(builder->layout.filter, record,
				       builder->keep);
	for (i = 0; i < width; i++)
		builder->keep[i] = true;
	return 1;
}

/* Forget the keys of tables that RECORD may not belong to. */
static void check_table_keys(struct bi_builder *builder,
			     const struct bi_record *record)
{
	if (builder->config == record->config &&
	    builder->measures == record->measures &&
	    bi_projection_ignores_names(builder->layout.table))
		return;
	memset(builder->table_key, 0,
	       builder->width * sizeof(*builder->table_key));
	builder->config = record->config;
	builder->measures = record->measures;
}

/* Add value MEASURE of GROUP, whose PORTION says the rest. */
static int add_portion(struct bi_builder *builder, const struct bi_group *group,
		       struct bi_portion portion, size_t measure)
{
	const bi_key **key = &builder->table_key[measure];
	struct pile *pile;

	if (*key == NULL)
		*key = bi_projection_key(builder->layout.table, &group->record,
					 measure);
	pile = *key == NULL ? NULL : pile_for(builder, *key);
	if (pile == NULL)
		return BENCH_ENOMEM;
	portion.measure = (uint32_t)measure;
	builder->portion_count++;
	return bi_samples_add(&pile->samples, portion);
}

static int add_group(struct bi_builder *builder, const struct bi_group *group)
{
	const struct bi_layout *layout = &builder->layout;
	const struct bi_record *record = &group->record;
	size_t width = bi_record_measure_count(record), i;
	const bi_key *row, *column, *residue;
	struct bi_portion portion;
	int rc = widen(builder, width);

	if (rc == 0)
		rc = filter(builder, record);
	if (rc <= 0)
		return rc;
	row = bi_projection_key(layout->row, record, 0);
	column = bi_projection_key(layout->column, record, 0);
	residue = bi_projection_key(layout->residue, record, 0);
	if (bi_key_list_add(&builder->rows, row) < 0 ||
	    bi_key_list_add(&builder->columns, column) < 0 ||
	    bi_key_list_add(&builder->residues, residue) < 0)
		return BENCH_ENOMEM;
	portion = (struct bi_portion){row->id, column->id, residue->id, 0,
				      group->first};
	check_table_keys(builder, record);
	rc = 0;
	for (i = 0; rc == 0 && i < width; i++) {
		if (builder->keep[i])
			rc = add_portion(builder, group, portion, i);
	}
	return rc;
}

int bi_builder_add(struct bi_builder *builder, struct bi_collection *collection,
		   struct bench_error *err)
{
	struct bi_arena *values =
		realloc(builder->values,
			(builder->value_count + 1) * sizeof(*values));
	size_t i;
	int rc = 0;

	if (values == NULL) {
		bi_collection_release(collection, NULL);
		return bi_error_nomem(err);
	}
	builder->values = values;
	/* The strings of another input are other pointers. */
	builder->measures = NULL;
	for (i = 0; rc == 0 && i < collection->count; i++)
		rc = add_group(builder, collection->groups[i]);
	bi_collection_release(collection, &values[builder->value_count++]);
	if (rc == BENCH_ENOMEM)
		bi_error_nomem(err);
	else if (rc < 0)
		bi_error_set(err, rc, "a pattern of -filter takes too long");
	return rc;
}

size_t bi_builder_portion_count(const struct bi_builder *builder)
{
	return builder->portion_count;
}

static int compare_piles(const void *a, const void *b, void *projection)
{
	return bi_projection_compare(projection,
				     (*(struct pile *const *)a)->key,
				     (*(struct pile *const *)b)->key);
}

int bi_builder_finish(struct bi_builder *builder)
{
	size_t i;

	builder->order = calloc(builder->pile_count + 1,
				sizeof(*builder->order));
	if (builder->order == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < builder->pile_count; i++)
		builder->order[i] = &builder->pile[i];
	qsort_r(builder->order, builder->pile_count, sizeof(*builder->order),
		compare_piles, builder->layout.table);
	if (bi_key_list_sort(&builder->rows, builder->layout.row) < 0 ||
	    bi_key_list_sort(&builder->columns, builder->layout.column) < 0)
		return BENCH_ENOMEM;
	return 0;
}

size_t bi_builder_table_count(const struct bi_builder *builder)
{
	return builder->pile_count;
}

int bi_builder_table(struct bi_builder *builder, size_t i,
		     struct bi_metadata *metadata, struct bi_table *table)
{
	struct pile *pile = builder->order[i];
	struct bi_assembly assembly = {
		.layout = &builder->layout,
		.metadata = metadata,
		.key = pile->key,
		.previous = i > 0 && !builder->layout.all_lines
				    ? builder->order[i - 1]->key
				    : NULL,
		.rows = &builder->rows,
		.columns = &builder->columns,
		.residues = &builder->residues,
		.samples = &pile->samples,
		.interval_need = builder->interval_need,
		.power_need = builder->power_need,
	};
	int rc = bi_assemble(&assembly, table);

	bi_samples_release(&pile->samples);
	return rc;
}
