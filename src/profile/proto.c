/* A profile in pprof's format.
 *
 * protobuf-c packs structs of pointers to structs: they are made here in an
 * arena, packed once, and forgotten together. */
#include "profile/proto.h"

#include <profile/profile.pb-c.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"

typedef Perftools__Profiles__Profile Profile;
typedef Perftools__Profiles__ValueType ValueType;
typedef Perftools__Profiles__Sample Sample;
typedef Perftools__Profiles__Label Label;
typedef Perftools__Profiles__Mapping Mapping;
typedef Perftools__Profiles__Location Location;
typedef Perftools__Profiles__Line Line;
typedef Perftools__Profiles__Function Function;

struct builder {
	const struct bi_profile *from;
	Profile to;
	struct bi_arena arena;
	struct bi_intern strings;   /* numbered as in the string table */
	struct bi_intern functions; /* likewise, less one; struct function_key */
	bool no_memory;             /* noticed at the end */
};

struct function_key {
	int64_t name;
	int64_t file;
};

/* COUNT objects of SIZE bytes; NULL without memory, or for none. */
static void *make(struct builder *b, size_t count, size_t size)
{
	size_t bytes;
	void *p = NULL;

	if (count > 0 && !__builtin_mul_overflow(count, size, &bytes)) {
		p = bi_arena_alloc(&b->arena, bytes);
		if (p == NULL)
			b->no_memory = true;
	}
	return p;
}

static int64_t string(struct builder *b, const char *text)
{
	const struct bi_string *interned =
		bi_intern(&b->strings, text, strlen(text));

	if (interned == NULL) {
		b->no_memory = true;
		return 0;
	}
	return interned->id;
}

static ValueType *value_type(struct builder *b,
			     const struct bi_value_type *from)
{
	ValueType *type = make(b, 1, sizeof(*type));

	if (type == NULL)
		return NULL;
	perftools__profiles__value_type__init(type);
	type->type = string(b, from->type);
	type->unit = string(b, from->unit);
	return type;
}

/* An array of COUNT pointers at FIELD, and its length: true when there is room
 * for it. */
#define MAKE_ARRAY(b, field, count)                                            \
	(((b)->to.field = make((b), (count), sizeof(*(b)->to.field))) != NULL)

static void add_types(struct builder *b)
{
	const struct bi_profile *from = b->from;
	size_t i;

	if (!MAKE_ARRAY(b, sample_type, from->type_count))
		return;
	for (i = 0; i < from->type_count; i++)
		b->to.sample_type[i] = value_type(b, &from->type[i]);
	b->to.n_sample_type = from->type_count;
	if (from->period_type.type != NULL)
		b->to.period_type = value_type(b, &from->period_type);
	b->to.period = from->period;
	if (from->default_type != NULL)
		b->to.default_sample_type = string(b, from->default_type);
}

/* ---- Mappings: the program's own is the first ---- */

static uint64_t mapping_id(const struct bi_profile *from, size_t index)
{
	if (index >= from->mapping_count)
		return 0;
	if (index == from->main_mapping)
		return 1;
	return index < from->main_mapping ? index + 2 : index + 1;
}

static Mapping *mapping(struct builder *b, size_t index)
{
	const struct bi_mapping *from = &b->from->mappings[index];
	Mapping *to = make(b, 1, sizeof(*to));

	if (to == NULL)
		return NULL;
	perftools__profiles__mapping__init(to);
	to->id = mapping_id(b->from, index);
	to->memory_start = from->start;
	to->memory_limit = from->limit;
	to->file_offset = from->offset;
	to->filename = string(b, from->file);
	to->build_id = string(b, from->build_id);
	to->has_functions = from->named;
	to->has_filenames = from->lined;
	to->has_line_numbers = from->lined;
	to->has_inline_frames = from->lined;
	return to;
}

static void add_mappings(struct builder *b)
{
	const struct bi_profile *from = b->from;
	size_t i;

	if (!MAKE_ARRAY(b, mapping, from->mapping_count))
		return;
	for (i = 0; i < from->mapping_count; i++)
		b->to.mapping[mapping_id(from, i) - 1] = mapping(b, i);
	b->to.n_mapping = from->mapping_count;
}

/* ---- Locations, and the functions that they are in ---- */

static uint64_t function_id(struct builder *b, const struct bi_line *line)
{
	struct function_key key = {string(b, line->function),
				   string(b, line->file)};
	const struct bi_string *interned =
		bi_intern(&b->functions, &key, sizeof(key));

	if (interned == NULL) {
		b->no_memory = true;
		return 0;
	}
	return interned->id + UINT64_C(1);
}

static Line *make_line(struct builder *b, const struct bi_line *from)
{
	Line *to = make(b, 1, sizeof(*to));

	if (to == NULL)
		return NULL;
	perftools__profiles__line__init(to);
	to->function_id = function_id(b, from);
	to->line = from->line;
	return to;
}

static Location *location(struct builder *b, size_t index)
{
	const struct bi_location *from = &b->from->locations[index];
	Location *to = make(b, 1, sizeof(*to));
	size_t i;

	if (to == NULL)
		return NULL;
	perftools__profiles__location__init(to);
	to->id = index + 1;
	to->mapping_id = mapping_id(b->from, from->mapping);
	to->address = from->pc;
	to->line = make(b, from->line_count, sizeof(*to->line));
	if (to->line == NULL)
		return to;
	for (i = 0; i < from->line_count; i++)
		to->line[i] = make_line(b, &from->lines[i]);
	to->n_line = from->line_count;
	return to;
}

static void add_locations(struct builder *b)
{
	size_t i, count = b->from->location_count;

	if (!MAKE_ARRAY(b, location, count))
		return;
	for (i = 0; i < count; i++)
		b->to.location[i] = location(b, i);
	b->to.n_location = count;
}

static Function *function(struct builder *b, const struct bi_string *interned)
{
	const struct function_key *key = (const void *)interned->text;
	Function *to = make(b, 1, sizeof(*to));

	if (to == NULL)
		return NULL;
	perftools__profiles__function__init(to);
	to->id = interned->id + UINT64_C(1);
	to->name = key->name;
	to->system_name = key->name;
	to->filename = key->file;
	return to;
}

static void add_functions(struct builder *b)
{
	size_t i, count = bi_intern_count(&b->functions);

	if (!MAKE_ARRAY(b, function, count))
		return;
	for (i = 0; i < b->functions.map.cap; i++) {
		const struct bi_string *key = b->functions.map.items[i];

		if (key != NULL)
			b->to.function[key->id] = function(b, key);
	}
	b->to.n_function = count;
}

/* ---- Samples ---- */

static Label *text_label(struct builder *b, uint32_t id)
{
	struct bi_label from = bi_label_of(id);
	Label *to = make(b, 1, sizeof(*to));

	if (to == NULL)
		return NULL;
	perftools__profiles__label__init(to);
	to->key = string(b, from.key);
	to->str = string(b, from.value);
	return to;
}

static Label *bytes_label(struct builder *b, int64_t bytes)
{
	Label *to = make(b, 1, sizeof(*to));

	if (to == NULL)
		return NULL;
	perftools__profiles__label__init(to);
	to->key = string(b, "bytes");
	to->num = bytes;
	return to;
}

enum { MOST_LABELS = 3 };

static void add_labels(struct builder *b, const struct bi_sample *from,
		       Sample *to)
{
	to->label = make(b, MOST_LABELS, sizeof(*to->label));
	if (to->label == NULL)
		return;
	if (from->tags.benchmark != 0)
		to->label[to->n_label++] =
			text_label(b, from->tags.benchmark);
	if (from->tags.thread != 0)
		to->label[to->n_label++] = text_label(b, from->tags.thread);
	if (from->bytes != 0)
		to->label[to->n_label++] = bytes_label(b, from->bytes);
}

static Sample *sample(struct builder *b, const struct bi_sample *from)
{
	Sample *to = make(b, 1, sizeof(*to));
	size_t i;

	if (to == NULL)
		return NULL;
	perftools__profiles__sample__init(to);
	to->location_id = make(b, from->depth, sizeof(*to->location_id));
	to->value = make(b, b->from->type_count, sizeof(*to->value));
	if (to->location_id == NULL || to->value == NULL)
		return to;
	for (i = 0; i < from->depth; i++)
		to->location_id[i] =
			(uint64_t)(bi_profile_location(b->from, from->pcs[i]) -
				   b->from->locations) +
			1;
	to->n_location_id = from->depth;
	for (i = 0; i < b->from->type_count; i++)
		to->value[i] = from->value[i];
	to->n_value = b->from->type_count;
	add_labels(b, from, to);
	return to;
}

static void add_samples(struct builder *b)
{
	size_t i, count = b->from->sample_count;

	if (!MAKE_ARRAY(b, sample, count))
		return;
	for (i = 0; i < count; i++)
		b->to.sample[i] = sample(b, &b->from->samples[i]);
	b->to.n_sample = count;
}

/* ---- The rest ---- */

static void add_comments(struct builder *b)
{
	size_t i, count = b->from->comment_count;

	if (!MAKE_ARRAY(b, comment, count))
		return;
	for (i = 0; i < count; i++)
		b->to.comment[i] = string(b, b->from->comments[i]);
	b->to.n_comment = count;
}

/* Last: all else has put its strings there. */
static void add_strings(struct builder *b)
{
	size_t i, count = bi_intern_count(&b->strings);

	if (!MAKE_ARRAY(b, string_table, count))
		return;
	for (i = 0; i < b->strings.map.cap; i++) {
		struct bi_string *text = b->strings.map.items[i];

		if (text != NULL)
			b->to.string_table[text->id] = text->text;
	}
	b->to.n_string_table = count;
}

static void build(struct builder *b)
{
	perftools__profiles__profile__init(&b->to);
	string(b, "");
	add_types(b);
	add_mappings(b);
	add_locations(b);
	add_functions(b);
	add_samples(b);
	add_comments(b);
	b->to.time_nanos = b->from->time_ns;
	b->to.duration_nanos = b->from->duration_ns;
	add_strings(b);
}

int bi_proto_write(const struct bi_profile *profile, struct bi_buf *out)
{
	struct builder b = {.from = profile};
	size_t size;
	int rc = BENCH_ENOMEM;

	build(&b);
	if (b.no_memory)
		goto out;
	size = perftools__profiles__profile__get_packed_size(&b.to);
	if (bi_buf_reserve(out, size) < 0)
		goto out;
	perftools__profiles__profile__pack(&b.to,
					   (uint8_t *)out->data + out->len);
	out->len += size;
	out->data[out->len] = '\0';
	rc = 0;
out:
	bi_intern_release(&b.strings);
	bi_intern_release(&b.functions);
	bi_arena_release(&b.arena);
	return rc;
}
