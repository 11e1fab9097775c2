/* All the results of one input, grouped: lines that differ in nothing but their
 * values are one group.
 *
 * Whatever is done with a result (filter, projection, table) depends on its
 * configuration, its name and its units, so it is done once for a group and not
 * once for a line. */
#ifndef BI_FMT_COLLECT_H
#define BI_FMT_COLLECT_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/intern.h"
#include "base/map.h"
#include "fmt/reader.h"
#include "fmt/record.h"

/* The values of some lines of a group: of each line as many as the group has
 * measures, line by line. */
struct bi_block {
	struct bi_block *next;
	uint32_t lines;
	uint32_t cap;   /* in lines */
	uint32_t width; /* values on a line */
	double values[];
};

struct bi_group {
	struct bi_record record; /* its values are NULL */
	struct bi_block *first;
	struct bi_block *last;
};

/* What the input says besides results, in its order. */
struct bi_event {
	struct bi_event *next;
	size_t line;
	const char *error; /* NULL: metadata */
	struct bi_metadata_item metadata;
};

/* BI_COLLECTION_INIT (all zero) is an empty one. */
struct bi_collection {
	struct bi_intern pool;  /* all strings */
	struct bi_arena memory; /* groups, events */
	struct bi_arena values; /* blocks */
	struct bi_map map;
	struct bi_group **groups; /* by first appearance */
	size_t count;
	size_t cap;
	struct bi_event *events;
	struct bi_event *last_event;
};

#define BI_COLLECTION_INIT                                                     \
	{BI_INTERN_INIT, BI_ARENA_INIT, BI_ARENA_INIT, BI_MAP_INIT, NULL, 0,   \
	 0,		 NULL,		NULL}

/* Read all of an input.  What was read before a failure stays in COLLECTION,
 * which is to be released in any case. */
int bi_collect(struct bi_collection *collection, const char *label,
	       bi_read *read, void *arg, struct bench_error *err);

/* Free everything but the blocks, whose arena goes to *VALUES; NULL frees them
 * too. */
void bi_collection_release(struct bi_collection *collection,
			   struct bi_arena *values);

#endif
