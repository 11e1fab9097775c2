/* All the results of one input, grouped.
 *
 * Lines of one group mostly follow each other.  Their values wait in a stage
 * until another group comes, so that the group gets one block of exactly the
 * right size.  Groups that take turns line by line get blocks that grow. */
#include "fmt/collect.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

/* The stage is emptied when it holds this many values, to bound its size. */
#define STAGE_VALUES 4096

/* Blocks grow to this many lines; their free end is what growing costs. */
#define BLOCK_LINES 64

/* Where the values of the current group wait. */
struct stage {
	struct bi_group *group;
	double *values;
	size_t lines;
	size_t width; /* values on a line */
	size_t cap;   /* in values */
};

static bool group_equal(const void *item, const void *key)
{
	const struct bi_record *have = &((const struct bi_group *)item)->record;
	const struct bi_record *want = key;

	return have->name == want->name && have->config == want->config &&
	       have->measures == want->measures;
}

static struct bi_block *block_new(struct bi_collection *collection,
				  size_t lines, size_t width)
{
	struct bi_block *block;
	size_t size = 0;

	if (lines > UINT32_MAX || width > UINT32_MAX ||
	    __builtin_mul_overflow(lines * sizeof(double), width, &size) ||
	    __builtin_add_overflow(size, sizeof(*block), &size))
		return NULL;
	block = bi_arena_alloc(&collection->values, size);
	if (block != NULL)
		*block = (struct bi_block){NULL, 0, (uint32_t)lines,
					   (uint32_t)width};
	return block;
}

/* Move the staged lines into blocks. */
static int flush(struct bi_collection *collection, struct stage *stage)
{
	struct bi_group *group = stage->group;
	const double *value = stage->values;

	while (stage->lines > 0) {
		struct bi_block *block = group->last;
		size_t lines = stage->lines, room;

		if (block == NULL || block->lines == block->cap) {
			size_t cap = 0;

			if (block != NULL)
				cap = block->cap < BLOCK_LINES / 2
					      ? block->cap * 2
					      : BLOCK_LINES;
			block = block_new(collection, cap > lines ? cap : lines,
					  stage->width);
			if (block == NULL)
				return BENCH_ENOMEM;
			if (group->last != NULL)
				group->last->next = block;
			else
				group->first = block;
			group->last = block;
		}
		room = block->cap - block->lines;
		if (lines > room)
			lines = room;
		memcpy(block->values + block->lines * stage->width, value,
		       lines * stage->width * sizeof(*value));
		block->lines += (uint32_t)lines;
		value += lines * stage->width;
		stage->lines -= lines;
	}
	return 0;
}

static struct bi_group *group_new(struct bi_collection *collection,
				  const struct bi_record *record, uint32_t hash)
{
	struct bi_group *group, **grown = bi_grow(collection->groups, &collection->cap,
					  collection->count + 1,
					  sizeof(*grown));

	if (grown == NULL)
		return NULL;
	collection->groups = grown;
	group = bi_arena_alloc(&collection->memory, sizeof(*group));
	if (group == NULL)
		return NULL;
	*group = (struct bi_group){*record, NULL, NULL};
	group->record.values = NULL;
	if (bi_map_add(&collection->map, hash, group) < 0)
		return NULL;
	collection->groups[collection->count++] = group;
	return group;
}

static struct bi_group *group_for(struct bi_collection *collection,
				  const struct bi_record *record)
{
	/* Rotated, so that equal strings in two places do not cancel out. */
	uint32_t hash = record->name->hash ^
			(record->config->hash << 7 |
			 record->config->hash >> 25) ^
			(record->measures->hash << 19 |
			 record->measures->hash >> 13);
	struct bi_group *group =
		bi_map_find(&collection->map, hash, group_equal, record);

	return group != NULL ? group : group_new(collection, record, hash);
}

/* Make the stage ready for a line of RECORD's group. */
static int turn_to(struct bi_collection *collection, struct stage *stage,
		   const struct bi_record *record)
{
	size_t width = bi_record_measure_count(record);
	double *grown;
	int rc = flush(collection, stage);

	if (rc < 0)
		return rc;
	if (stage->group == NULL || !group_equal(stage->group, record))
		stage->group = group_for(collection, record);
	if (stage->group == NULL)
		return BENCH_ENOMEM;
	grown = bi_grow(stage->values, &stage->cap,
			width > STAGE_VALUES ? width : STAGE_VALUES,
			sizeof(*grown));
	if (grown == NULL)
		return BENCH_ENOMEM;
	stage->values = grown;
	stage->width = width;
	return 0;
}

static int add_record(struct bi_collection *collection, struct stage *stage,
		      const struct bi_record *record)
{
	size_t used;

	if (stage->group == NULL || !group_equal(stage->group, record) ||
	    stage->width > stage->cap - stage->lines * stage->width) {
		int rc = turn_to(collection, stage, record);

		if (rc < 0)
			return rc;
	}
	used = stage->lines * stage->width;
	memcpy(stage->values + used, record->values,
	       stage->width * sizeof(*record->values));
	stage->lines++;
	return 0;
}

static int add_event(struct bi_collection *collection,
		     const struct bi_item *item)
{
	struct bi_event *event =
		bi_arena_alloc(&collection->memory, sizeof(*event));

	if (event == NULL)
		return BENCH_ENOMEM;
	*event = (struct bi_event){NULL, item->line, NULL, {0}};
	if (item->kind == BI_ITEM_ERROR)
		event->error = item->text;
	else
		event->metadata = item->metadata;
	if (collection->last_event != NULL)
		collection->last_event->next = event;
	else
		collection->events = event;
	collection->last_event = event;
	return 0;
}

int bi_collect(struct bi_collection *collection, const char *label,
	       bi_read *read, void *arg, struct bench_error *err)
{
	struct bi_reader *reader;
	struct stage stage = {0};
	struct bi_item item = {0};
	int rc;

	reader = bi_reader_new(&collection->pool, label, read, arg);
	if (reader == NULL)
		return bi_error_nomem(err);
	while ((rc = bi_reader_next(reader, &item, err)) > 0) {
		if (item.kind == BI_ITEM_RESULT)
			rc = add_record(collection, &stage, &item.record);
		else
			rc = add_event(collection, &item);
		if (rc < 0)
			break;
	}
	if (rc == 0)
		rc = flush(collection, &stage);
	if (rc == BENCH_ENOMEM)
		bi_error_nomem(err);
	bi_reader_free(reader);
	free(stage.values);
	return rc;
}

void bi_collection_release(struct bi_collection *collection,
			   struct bi_arena *values)
{
	if (values != NULL)
		*values = collection->values;
	else
		bi_arena_release(&collection->values);
	free(collection->groups);
	bi_map_release(&collection->map);
	bi_arena_release(&collection->memory);
	bi_intern_release(&collection->pool);
	*collection = (struct bi_collection)BI_COLLECTION_INIT;
}
