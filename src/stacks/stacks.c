/* Recorded stacks. */
#include "stacks/stacks.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

/* What makes modules one: loaded elsewhere, a file keeps its size, rounded to
 * pages, and its offset. */
struct module_key {
	uint64_t size;
	uint64_t offset;
	const char *identity; /* build id; without one, file */
};

enum { PAGE = 4096 };

/* What makes places one, before their frames. */
struct place_key {
	uint64_t address; /* in the module */
	uint64_t module;
};

/* What makes traces one, before tags and places. */
struct trace_key {
	uint64_t tag_count;
	uint64_t base;
};

int64_t bi_value_add(int64_t a, int64_t b)
{
	int64_t sum;

	if (__builtin_add_overflow(a, b, &sum))
		return a < 0 ? -INT64_MAX : INT64_MAX;
	return sum == INT64_MIN ? -INT64_MAX : sum;
}

const char *bi_stacks_string(struct bi_stacks *stacks, const char *text)
{
	const struct bi_string *interned =
		bi_intern(&stacks->strings, text, strlen(text));

	return interned == NULL ? NULL : interned->text;
}

static bool same_measures(const struct bi_stacks *stacks,
			  const struct bi_measure *measures, size_t count)
{
	size_t i;

	if (count != stacks->measure_count)
		return false;
	for (i = 0; i < count; i++) {
		if (strcmp(measures[i].type, stacks->measures[i].type) != 0 ||
		    strcmp(measures[i].unit, stacks->measures[i].unit) != 0)
			return false;
	}
	return true;
}

int bi_stacks_measure(struct bi_stacks *stacks,
		      const struct bi_measure *measures, size_t count,
		      struct bench_error *err)
{
	struct bi_measure *copy;
	size_t i;

	if (count == 0)
		return bi_error_set(err, BENCH_EINPUT,
				    "a profile without types of values");
	if (stacks->measure_count > 0) {
		if (!same_measures(stacks, measures, count))
			return bi_error_set(err, BENCH_EINPUT,
					    "its values are not of the types "
					    "of the profile before");
		return 0;
	}
	copy = bi_arena_alloc(&stacks->arena, count * sizeof(*copy));
	if (copy == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < count; i++) {
		copy[i].type = bi_stacks_string(stacks, measures[i].type);
		copy[i].unit = bi_stacks_string(stacks, measures[i].unit);
		if (copy[i].type == NULL || copy[i].unit == NULL)
			return BENCH_ENOMEM;
	}
	stacks->measures = copy;
	stacks->measure_count = count;
	stacks->default_measure = count - 1;
	return 0;
}

int bi_stacks_module(struct bi_stacks *stacks, const struct bi_module *module,
		     uint32_t *out)
{
	struct bi_module copy = *module;
	const struct bi_string *interned;
	struct module_key key = {0};
	struct bi_module *grown;

	copy.file = bi_stacks_string(stacks, module->file);
	copy.build_id = bi_stacks_string(stacks, module->build_id);
	if (copy.file == NULL || copy.build_id == NULL)
		return BENCH_ENOMEM;
	key.size = (copy.limit - copy.start + PAGE - 1) / PAGE;
	key.offset = copy.offset;
	key.identity = copy.build_id[0] != '\0' ? copy.build_id : copy.file;
	grown = bi_grow(stacks->modules, &stacks->module_capacity,
			stacks->module_count + 1, sizeof(*grown));
	if (grown == NULL)
		return BENCH_ENOMEM;
	stacks->modules = grown;
	interned = bi_intern(&stacks->module_keys, &key, sizeof(key));
	if (interned == NULL)
		return BENCH_ENOMEM;
	if (interned->id == stacks->module_count)
		stacks->modules[stacks->module_count++] = copy;
	*out = interned->id + 1;
	return 0;
}

/* SIZE bytes for a key, with room for what is copied behind HEAD_SIZE. */
static char *make_key(const void *head, size_t head_size, const void *tail,
		      size_t tail_size)
{
	char *key = malloc(head_size + tail_size + 1);

	if (key != NULL) {
		memcpy(key, head, head_size);
		if (tail_size > 0)
			memcpy(key + head_size, tail, tail_size);
	}
	return key;
}

/* A new place like PLACE, as the last. */
static int add_place(struct bi_stacks *stacks, const struct bi_place *place)
{
	size_t size = place->count * sizeof(*place->frames);
	struct bi_place copy = *place;

	copy.frames = bi_arena_alloc(&stacks->arena, size + 1);
	if (copy.frames == NULL)
		return BENCH_ENOMEM;
	if (size > 0)
		memcpy(copy.frames, place->frames, size);
	stacks->places[stacks->place_count++] = copy;
	return 0;
}

int bi_stacks_place(struct bi_stacks *stacks, const struct bi_place *place,
		    const struct bi_module *from, uint32_t *out)
{
	size_t size = place->count * sizeof(*place->frames);
	struct place_key head = {place->address, place->module};
	const struct bi_string *interned;
	struct bi_place moved = *place;
	struct bi_place *grown;
	char *key;

	if (from != NULL) {
		head.address -= from->start;
		moved.address =
			head.address + stacks->modules[place->module - 1].start;
	}
	grown = bi_grow(stacks->places, &stacks->place_capacity,
			stacks->place_count + 1, sizeof(*grown));
	if (grown == NULL)
		return BENCH_ENOMEM;
	stacks->places = grown;
	key = make_key(&head, sizeof(head), place->frames, size);
	if (key == NULL)
		return BENCH_ENOMEM;
	interned = bi_intern(&stacks->place_keys, key, sizeof(head) + size);
	free(key);
	if (interned == NULL)
		return BENCH_ENOMEM;
	*out = interned->id;
	return interned->id < stacks->place_count ? 0
						  : add_place(stacks, &moved);
}

static int by_key(const void *a, const void *b)
{
	const struct bi_tag *left = a, *right = b;
	int order = strcmp(left->key, right->key);

	if (order == 0 && left->text != NULL && right->text != NULL)
		order = strcmp(left->text, right->text);
	if (order == 0)
		order = (left->text == NULL) - (right->text == NULL);
	if (order == 0)
		order = (left->number > right->number) -
			(left->number < right->number);
	return order;
}

/* TRACE's key: head, tags, places. */
static const struct bi_string *intern_trace(struct bi_stacks *stacks,
					    const struct bi_tag *tags,
					    const struct bi_trace *trace)
{
	struct trace_key head = {trace->tag_count, trace->base};
	size_t tags_size = trace->tag_count * sizeof(*tags);
	size_t places_size = trace->depth * sizeof(*trace->places);
	size_t size = sizeof(head) + tags_size + places_size;
	const struct bi_string *interned;
	char *key = malloc(size);

	if (key == NULL)
		return NULL;
	memcpy(key, &head, sizeof(head));
	if (tags_size > 0)
		memcpy(key + sizeof(head), tags, tags_size);
	if (places_size > 0)
		memcpy(key + sizeof(head) + tags_size, trace->places,
		       places_size);
	interned = bi_intern(&stacks->trace_keys, key, size);
	free(key);
	return interned;
}

/* The trace whose key is INTERNED, as the last, all values 0. */
static int add_trace(struct bi_stacks *stacks, const struct bi_trace *trace,
		     const struct bi_string *interned)
{
	const char *tags = interned->text + sizeof(struct trace_key);
	size_t i, tags_size = trace->tag_count * sizeof(struct bi_tag);
	struct bi_trace copy = *trace;

	copy.tags = (const void *)tags;
	copy.places = (const void *)(tags + tags_size);
	copy.values = bi_arena_alloc(&stacks->arena, stacks->measure_count *
							     sizeof(int64_t));
	if (copy.values == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < stacks->measure_count; i++)
		copy.values[i] = 0;
	stacks->traces[stacks->trace_count++] = copy;
	return 0;
}

int bi_stacks_trace(struct bi_stacks *stacks, struct bi_tag *tags,
		    const struct bi_trace *trace)
{
	const struct bi_string *interned;
	struct bi_trace *grown;
	size_t i;
	int rc = 0;

	if (trace->tag_count > 1)
		qsort(tags, trace->tag_count, sizeof(*tags), by_key);
	grown = bi_grow(stacks->traces, &stacks->trace_capacity,
			stacks->trace_count + 1, sizeof(*grown));
	if (grown == NULL)
		return BENCH_ENOMEM;
	stacks->traces = grown;
	interned = intern_trace(stacks, tags, trace);
	if (interned == NULL)
		return BENCH_ENOMEM;
	if (interned->id == stacks->trace_count)
		rc = add_trace(stacks, trace, interned);
	for (i = 0; rc == 0 && i < stacks->measure_count; i++) {
		int64_t *value = &stacks->traces[interned->id].values[i];

		*value = bi_value_add(*value, trace->values[i]);
	}
	return rc;
}

int bi_stacks_comment(struct bi_stacks *stacks, const char *text)
{
	const char *copy = bi_stacks_string(stacks, text);
	const char **grown;

	if (copy == NULL)
		return BENCH_ENOMEM;
	grown = bi_grow(stacks->comments, &stacks->comment_capacity,
			stacks->comment_count + 1, sizeof(*grown));
	if (grown == NULL)
		return BENCH_ENOMEM;
	stacks->comments = grown;
	stacks->comments[stacks->comment_count++] = copy;
	return 0;
}

void bi_stacks_finish(struct bi_stacks *stacks)
{
	size_t i, j, kept = 0;

	for (i = 0; i < stacks->trace_count; i++) {
		for (j = 0; j < stacks->measure_count; j++) {
			if (stacks->traces[i].values[j] != 0)
				break;
		}
		if (j < stacks->measure_count)
			stacks->traces[kept++] = stacks->traces[i];
	}
	stacks->trace_count = kept;
}

void bi_stacks_release(struct bi_stacks *stacks)
{
	free(stacks->modules);
	free(stacks->places);
	free(stacks->traces);
	free(stacks->comments);
	bi_intern_release(&stacks->strings);
	bi_intern_release(&stacks->module_keys);
	bi_intern_release(&stacks->place_keys);
	bi_intern_release(&stacks->trace_keys);
	bi_arena_release(&stacks->arena);
	*stacks = (struct bi_stacks)BI_STACKS_INIT;
}
