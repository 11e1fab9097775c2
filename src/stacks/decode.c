/* A profile in pprof's format, into stacks.
 *
 * Nothing of the message is trusted: every index and every id is looked up, and
 * what does not resolve is an error.  Anything may be an id: they are sorted. */
#include "stacks/decode.h"

#include <inttypes.h>
#include <profile/profile.pb-c.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "stacks/path.h"

typedef Perftools__Profiles__Profile Profile;
typedef Perftools__Profiles__ValueType ValueType;
typedef Perftools__Profiles__Sample Sample;
typedef Perftools__Profiles__Label Label;
typedef Perftools__Profiles__Mapping Mapping;
typedef Perftools__Profiles__Location Location;
typedef Perftools__Profiles__Function Function;

/* An empty message takes two bytes and becomes a struct: what is unpacked may
 * take that many bytes for one of the file, and a little for the smallest. */
enum { MOST_GROWTH = 64 };
#define LEAST_BUDGET ((size_t)1024 * 1024)

struct by_id {
	uint64_t id;
	size_t index;
};

struct decoder {
	struct bi_stacks *to;
	struct bench_error *err;
	struct bi_intake intake;
	Profile *from;
	struct bi_arena unpacked;
	size_t budget;
	bool too_large;
	bool no_memory;

	const char **strings;
	const char **files;  /* of functions */
	uint32_t *modules;   /* of mappings */
	uint32_t *places;    /* of locations */
	struct by_id *mapping_ids;
	struct by_id *location_ids;
	struct by_id *function_ids;

	struct bi_frame *frames; /* of the location at hand */
	size_t frame_capacity;
	uint32_t *stack; /* of the sample at hand */
	size_t stack_capacity;
	struct bi_tag *tags;
	size_t tag_capacity;
	int64_t *values;
};

/* ---- Memory for what is unpacked: given back all at once ---- */

static void *unpack_alloc(void *arg, size_t size)
{
	struct decoder *d = arg;
	void *p;

	if (size > d->budget) {
		d->too_large = true;
		return NULL;
	}
	d->budget -= size;
	p = bi_arena_alloc(&d->unpacked, size);
	if (p == NULL)
		d->no_memory = true;
	return p;
}

static void unpack_free(void *arg, void *p)
{
	(void)arg;
	(void)p;
}

/* ---- Looking up ---- */

static int malformed(struct decoder *d, const char *what, uint64_t which)
{
	return bi_error_set(d->err, BENCH_EINPUT,
			    "malformed profile: %s %" PRIu64, what, which);
}

static int by_number(const void *a, const void *b)
{
	uint64_t left = ((const struct by_id *)a)->id;
	uint64_t right = ((const struct by_id *)b)->id;

	return (left > right) - (left < right);
}

/* Sort COUNT pairs; 0 is no id, and none stands there twice. */
static int sort_ids(struct decoder *d, struct by_id *ids, size_t count,
		    const char *what)
{
	size_t i;

	qsort(ids, count, sizeof(*ids), by_number);
	for (i = 0; i < count; i++) {
		if (ids[i].id == 0 || (i > 0 && ids[i].id == ids[i - 1].id))
			return malformed(d, what, ids[i].id);
	}
	return 0;
}

/* The index for ID among COUNT pairs; COUNT if there is none. */
static size_t find_id(const struct by_id *ids, size_t count, uint64_t id)
{
	struct by_id key = {id, 0};
	const struct by_id *found;

	/* As most writers count. */
	if (id > 0 && id <= count && ids[id - 1].id == id)
		return ids[id - 1].index;
	if (count == 0)
		return 0;
	found = bsearch(&key, ids, count, sizeof(*ids), by_number);
	return found == NULL ? count : found->index;
}

static int get_string(struct decoder *d, int64_t index, const char **out)
{
	if (index < 0 || (uint64_t)index >= d->from->n_string_table)
		return malformed(d, "no string", (uint64_t)index);
	*out = d->strings[index];
	return 0;
}

/* COUNT zeroed elements of SIZE bytes, and one more: none is no failure. */
static void *make(size_t count, size_t size)
{
	return calloc(count + 1, size);
}

static int make_all(struct decoder *d)
{
	const Profile *from = d->from;

	d->strings = make(from->n_string_table, sizeof(*d->strings));
	d->files = make(from->n_function, sizeof(*d->files));
	d->modules = make(from->n_mapping, sizeof(*d->modules));
	d->places = make(from->n_location, sizeof(*d->places));
	d->mapping_ids = make(from->n_mapping, sizeof(*d->mapping_ids));
	d->location_ids = make(from->n_location, sizeof(*d->location_ids));
	d->function_ids = make(from->n_function, sizeof(*d->function_ids));
	d->values = make(from->n_sample_type, sizeof(*d->values));
	if (d->strings == NULL || d->files == NULL || d->modules == NULL || d->places == NULL ||
	    d->mapping_ids == NULL || d->location_ids == NULL ||
	    d->function_ids == NULL || d->values == NULL)
		return BENCH_ENOMEM;
	return 0;
}

static int read_strings(struct decoder *d)
{
	size_t i;

	for (i = 0; i < d->from->n_string_table; i++) {
		d->strings[i] =
			bi_stacks_string(d->to, d->from->string_table[i]);
		if (d->strings[i] == NULL)
			return BENCH_ENOMEM;
	}
	if (i > 0 && d->strings[0][0] != '\0')
		return malformed(d, "a text is string", 0);
	return 0;
}

/* ---- Header ---- */

static int read_measure(struct decoder *d, const ValueType *from,
			struct bi_measure *out)
{
	int rc = get_string(d, from->type, &out->type);

	return rc < 0 ? rc : get_string(d, from->unit, &out->unit);
}

static int read_measures(struct decoder *d)
{
	size_t i, count = d->from->n_sample_type;
	struct bi_measure *measures = make(count, sizeof(*measures));
	const char *name = "";
	bool first = d->to->measure_count == 0;
	int rc = measures == NULL ? BENCH_ENOMEM : 0;

	for (i = 0; rc == 0 && i < count; i++)
		rc = read_measure(d, d->from->sample_type[i], &measures[i]);
	if (rc == 0)
		rc = bi_stacks_measure(d->to, measures, count, d->err);
	if (rc == 0 && d->from->default_sample_type != 0)
		rc = get_string(d, d->from->default_sample_type, &name);
	for (i = count; rc == 0 && first && i-- > 0;) {
		if (name[0] != '\0' && measures[i].type == name)
			d->to->default_measure = i;
	}
	free(measures);
	return rc;
}

static int read_header(struct decoder *d)
{
	struct bi_stacks *to = d->to;
	const Profile *from = d->from;
	const char *text = "";
	size_t i;
	int rc = read_measures(d);

	if (rc == 0 && from->period_type != NULL &&
	    to->period_measure.type == NULL) {
		rc = read_measure(d, from->period_type, &to->period_measure);
		to->period = from->period;
	}
	for (i = 0; rc == 0 && i < from->n_comment; i++) {
		rc = get_string(d, from->comment[i], &text);
		if (rc == 0)
			rc = bi_stacks_comment(to, text);
	}
	if (rc < 0 || d->intake.subtract)
		return rc;
	if (to->time_ns == 0 ||
	    (from->time_nanos != 0 && from->time_nanos < to->time_ns))
		to->time_ns = from->time_nanos;
	to->duration_ns = bi_value_add(to->duration_ns, from->duration_nanos);
	return 0;
}

/* ---- Mappings, functions, locations ---- */

static int read_mapping(struct decoder *d, size_t index)
{
	const Mapping *from = d->from->mapping[index];
	struct bi_module module = {.start = from->memory_start,
				   .limit = from->memory_limit,
				   .offset = from->file_offset};
	int rc = get_string(d, from->filename, &module.file);

	d->mapping_ids[index] = (struct by_id){from->id, index};
	if (rc == 0)
		rc = get_string(d, from->build_id, &module.build_id);
	if (rc == 0)
		rc = bi_stacks_module(d->to, &module, &d->modules[index]);
	return rc;
}

static int read_function(struct decoder *d, size_t index)
{
	const Function *from = d->from->function[index];
	const char *text = "";
	char *path;
	int rc = get_string(d, from->name, &text);

	d->function_ids[index] = (struct by_id){from->id, index};
	if (rc == 0)
		rc = get_string(d, from->filename, &text);
	if (rc < 0)
		return rc;
	path = bi_arena_copy(&d->unpacked, text, strlen(text));
	if (path == NULL)
		return BENCH_ENOMEM;
	bi_path_clean(path);
	d->files[index] = bi_stacks_string(d->to, path);
	return d->files[index] == NULL ? BENCH_ENOMEM : 0;
}

static int read_line(struct decoder *d, const Perftools__Profiles__Line *from,
		     struct bi_frame *out)
{
	const Function *function;
	size_t index, count = d->from->n_function;

	*out = (struct bi_frame){.function = NULL, .file = d->strings[0],
				 .line = from->line};
	if (from->function_id == 0)
		return 0;
	index = find_id(d->function_ids, count, from->function_id);
	if (index == count)
		return malformed(d, "no function", from->function_id);
	function = d->from->function[index];
	out->function = d->strings[function->name];
	out->file = d->files[index];
	out->first_line = function->start_line;
	return 0;
}

static int read_location(struct decoder *d, size_t index)
{
	const Location *from = d->from->location[index];
	struct bi_place place = {.address = from->address};
	struct bi_module module = {.start = 0};
	struct bi_frame *grown;
	size_t i, at, count = d->from->n_mapping;
	int rc = 0;

	d->location_ids[index] = (struct by_id){from->id, index};
	if (from->mapping_id != 0) {
		at = find_id(d->mapping_ids, count, from->mapping_id);
		if (at == count)
			return malformed(d, "no mapping", from->mapping_id);
		place.module = d->modules[at];
		module.start = d->from->mapping[at]->memory_start;
	}
	grown = bi_grow(d->frames, &d->frame_capacity, from->n_line + 1,
			sizeof(*grown));
	if (grown == NULL)
		return BENCH_ENOMEM;
	d->frames = grown;
	for (i = 0; rc == 0 && i < from->n_line; i++)
		rc = read_line(d, from->line[i], &d->frames[i]);
	place.frames = d->frames;
	place.count = from->n_line;
	if (rc == 0)
		rc = bi_stacks_place(d->to, &place,
				     place.module != 0 ? &module : NULL,
				     &d->places[index]);
	return rc;
}

static int read_tables(struct decoder *d)
{
	const Profile *from = d->from;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < from->n_mapping; i++)
		rc = read_mapping(d, i);
	for (i = 0; rc == 0 && i < from->n_function; i++)
		rc = read_function(d, i);
	if (rc == 0)
		rc = sort_ids(d, d->mapping_ids, from->n_mapping, "mapping id");
	if (rc == 0)
		rc = sort_ids(d, d->function_ids, from->n_function,
			      "function id");
	for (i = 0; rc == 0 && i < from->n_location; i++)
		rc = read_location(d, i);
	if (rc == 0)
		rc = sort_ids(d, d->location_ids, from->n_location,
			      "location id");
	return rc;
}

/* ---- Samples ---- */

static int read_label(struct decoder *d, const Label *from, struct bi_tag *out)
{
	int rc = get_string(d, from->key, &out->key);

	out->text = NULL;
	out->number = from->num;
	if (rc == 0 && from->str != 0)
		rc = get_string(d, from->str, &out->text);
	if (rc == 0)
		rc = get_string(d, from->num_unit, &out->unit);
	return rc;
}

static int read_stack(struct decoder *d, const Sample *from)
{
	size_t i, at, count = d->from->n_location;
	uint32_t *grown = bi_grow(d->stack, &d->stack_capacity,
				  from->n_location_id + 1, sizeof(*grown));

	if (grown == NULL)
		return BENCH_ENOMEM;
	d->stack = grown;
	for (i = 0; i < from->n_location_id; i++) {
		at = find_id(d->location_ids, count, from->location_id[i]);
		if (at == count)
			return malformed(d, "no location",
					 from->location_id[i]);
		d->stack[i] = d->places[at];
	}
	return 0;
}

static int read_labels(struct decoder *d, const Sample *from)
{
	size_t i;
	struct bi_tag *grown = bi_grow(d->tags, &d->tag_capacity,
				       from->n_label + 1, sizeof(*grown));
	int rc = 0;

	if (grown == NULL)
		return BENCH_ENOMEM;
	d->tags = grown;
	for (i = 0; rc == 0 && i < from->n_label; i++)
		rc = read_label(d, from->label[i], &d->tags[i]);
	return rc;
}

static int read_sample(struct decoder *d, size_t index)
{
	const Sample *from = d->from->sample[index];
	struct bi_trace trace = {.base = d->intake.base};
	size_t i;
	int rc;

	if (from->n_value != d->to->measure_count)
		return malformed(d, "not a value for each type in sample",
				 index);
	for (i = 0; i < from->n_value; i++) {
		int64_t value = from->value[i];

		/* There is no such value with the other sign. */
		if (value == INT64_MIN)
			value = -INT64_MAX;
		d->values[i] = d->intake.subtract ? -value : value;
	}
	rc = read_stack(d, from);
	if (rc == 0)
		rc = read_labels(d, from);
	if (rc < 0)
		return rc;
	trace.places = d->stack;
	trace.depth = from->n_location_id;
	trace.tag_count = from->n_label;
	trace.values = d->values;
	return bi_stacks_trace(d->to, d->tags, &trace);
}

static int read_profile(struct decoder *d)
{
	size_t i;
	int rc;

	/* A table may be missing where all is 0. */
	if (d->from->n_string_table == 0)
		return malformed(d, "no string", 0);
	rc = make_all(d);
	if (rc == 0)
		rc = read_strings(d);
	if (rc == 0)
		rc = read_header(d);
	if (rc == 0)
		rc = read_tables(d);
	for (i = 0; rc == 0 && i < d->from->n_sample; i++)
		rc = read_sample(d, i);
	return rc;
}

int bi_decode(struct bi_stacks *stacks, const void *data, size_t size,
	      struct bi_intake intake, struct bench_error *err)
{
	struct decoder d = {.to = stacks, .intake = intake, .err = err};
	ProtobufCAllocator allocator = {unpack_alloc, unpack_free, &d};
	int rc;

	if (__builtin_mul_overflow(size, (size_t)MOST_GROWTH, &d.budget))
		d.budget = SIZE_MAX;
	if (d.budget < LEAST_BUDGET)
		d.budget = LEAST_BUDGET;
	d.from = perftools__profiles__profile__unpack(&allocator, size, data);
	if (d.from != NULL)
		rc = read_profile(&d);
	else if (d.no_memory)
		rc = BENCH_ENOMEM;
	else if (d.too_large)
		rc = bi_error_set(err, BENCH_ERANGE,
				  "takes too much memory when unpacked");
	else
		rc = bi_error_set(err, BENCH_EINPUT,
				  "neither a profile in pprof's format nor "
				  "folded stacks");
	if (rc == BENCH_ENOMEM)
		bi_error_nomem(err);
	free(d.strings);
	free(d.files);
	free(d.modules);
	free(d.places);
	free(d.mapping_ids);
	free(d.location_ids);
	free(d.function_ids);
	free(d.values);
	free(d.frames);
	free(d.stack);
	free(d.tags);
	bi_arena_release(&d.unpacked);
	return rc;
}
