/* From grouped results to tables. */
#ifndef BI_TAB_BUILD_H
#define BI_TAB_BUILD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "fmt/collect.h"
#include "fmt/metadata.h"
#include "proc/filter.h"
#include "proc/projection.h"
#include "tab/model.h"
#include "tab/rules.h"

/* How results become tables.  All of it belongs to the caller and outlives the
 * builder. */
struct bi_layout {
	struct bi_schema *schema;
	struct bi_projection *table; /* with the unit */
	struct bi_projection *row;
	struct bi_projection *column;
	struct bi_projection *residue;
	struct bi_filter *filter; /* NULL: everything */
	double alpha;
	double confidence;
	bool compat;       /* p may exceed 1, and 0 is not shown */
	unsigned threads;  /* that may compute at once */
	enum bi_keep keep; /* the samples, in the cells of the tables */
	bool changes;      /* fill the tables' changes */
	bool spread;       /* fill the tables' spreads */
	struct bi_slice fit; /* the key of sizes in the rows' names, "/n", to
			      * fill the tables' fits; NULL: none */
	const struct bi_rules *rules; /* their limits; NULL: none */
	bool all_lines;    /* of the configuration, in every table */
};

struct bi_builder;

/* NULL when there is no memory. */
struct bi_builder *bi_builder_new(const struct bi_layout *layout);
void bi_builder_free(struct bi_builder *builder);

/* Sort the groups of COLLECTION into tables and release it; the blocks of
 * values move to the builder.  Inputs are added in their order. */
int bi_builder_add(struct bi_builder *builder, struct bi_collection *collection,
		   struct bench_error *err);

/* How many pieces of the inputs went into tables so far. */
size_t bi_builder_portion_count(const struct bi_builder *builder);

/* All results are there: put tables, rows and columns in order.  Returns 0 or
 * BENCH_ENOMEM. */
int bi_builder_finish(struct bi_builder *builder);

size_t bi_builder_table_count(const struct bi_builder *builder);

/* Compute table I (each once, in order) into *TABLE, to be released by the
 * caller.  The samples of a finished table are kept in its cells or nowhere.
 * METADATA says what is known of its unit.  Returns 0 or BENCH_ENOMEM. */
int bi_builder_table(struct bi_builder *builder, size_t i,
		     struct bi_metadata *metadata, struct bi_table *table);

#endif
