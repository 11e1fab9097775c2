/* Which table, row or column a result belongs to.
 *
 * A key is an interned array of strings, one for each slot.  Fields take the
 * first slots; the keys of a ".config" take further ones as they turn up, so
 * an old key is the beginning of what it would be now: what it lacks at its end
 * is empty.  Every field has a pool of its own for its values, so that a
 * string's id is the rank of its first appearance. */
#include "proc/projection.h"

#include <stdlib.h>
#include <string.h>

#include "proc/named.h"
#include "proc/projection_parse.h"
#include "proc/sort.h"
#include "proc/syntax.h"

/* A field, or one key of a group. */
struct field {
	struct field *next;
	const struct bi_string *name;
	struct bi_extract extract;
	enum bi_sort sort;
	const struct bi_choice *choices; /* BI_SORT_FIXED */
	bool observed;                   /* BI_SORT_FIRST means something */
	size_t slot;                     /* unused by a group */
	struct bi_intern values;
	struct field *parts; /* of BI_EXTRACT_CONFIGS, as they came */
	struct field **last_part;
};

struct bi_projection {
	struct bi_projection *next;
	struct bi_schema *schema;
	struct field *fields;
	struct field **last_field;
	size_t slots;
	const struct bi_string **tuple; /* slots: the key being made */
	struct field **flat;            /* slots: fields in their order */
	struct bi_intern keys;
};

struct bi_schema {
	struct bi_arena memory;
	struct bi_intern names;
	const struct bi_string *empty;
	struct bi_projection *projections;
	struct bi_named named;
	struct bi_buf scratch;
};

struct bi_schema *bi_schema_new(void)
{
	struct bi_schema *schema = calloc(1, sizeof(*schema));

	if (schema == NULL)
		return NULL;
	schema->empty = bi_intern(&schema->names, "", 0);
	if (schema->empty == NULL) {
		bi_schema_free(schema);
		return NULL;
	}
	return schema;
}

static void fields_release(struct field *field)
{
	for (; field != NULL; field = field->next) {
		fields_release(field->parts);
		bi_intern_release(&field->values);
	}
}

void bi_schema_free(struct bi_schema *schema)
{
	struct bi_projection *projection;

	if (schema == NULL)
		return;
	for (projection = schema->projections; projection != NULL;
	     projection = projection->next) {
		fields_release(projection->fields);
		bi_intern_release(&projection->keys);
		free(projection->tuple);
		free(projection->flat);
	}
	bi_buf_release(&schema->scratch);
	bi_intern_release(&schema->names);
	bi_arena_release(&schema->memory);
	free(schema);
}

static struct bi_projection *projection_new(struct bi_schema *schema)
{
	struct bi_projection *projection =
		bi_arena_alloc(&schema->memory, sizeof(*projection));

	if (projection == NULL)
		return NULL;
	*projection = (struct bi_projection){.schema = schema};
	projection->last_field = &projection->fields;
	projection->next = schema->projections;
	schema->projections = projection;
	return projection;
}

/* The fields in the order of comparison, and NULL at the end. */
static void flatten(struct bi_projection *projection)
{
	struct field **flat = projection->flat;
	struct field *field, *part;

	for (field = projection->fields; field != NULL; field = field->next) {
		if (field->extract.kind != BI_EXTRACT_CONFIGS)
			*flat++ = field;
		for (part = field->parts; part != NULL; part = part->next)
			*flat++ = part;
	}
}

/* Give FIELD, which is linked in already, a slot. */
static int add_slot(struct bi_projection *projection, struct field *field)
{
	size_t slots = projection->slots + 1;
	const struct bi_string **tuple;
	struct field **flat;

	if (slots > SIZE_MAX / sizeof(*tuple))
		return BENCH_ENOMEM;
	tuple = realloc(projection->tuple, slots * sizeof(*tuple));
	if (tuple == NULL)
		return BENCH_ENOMEM;
	projection->tuple = tuple;
	flat = realloc(projection->flat, slots * sizeof(*flat));
	if (flat == NULL)
		return BENCH_ENOMEM;
	projection->flat = flat;
	tuple[projection->slots] = NULL;
	field->slot = projection->slots;
	projection->slots = slots;
	flatten(projection);
	return 0;
}

static struct field *field_new(struct bi_schema *schema,
			       const struct bi_string *name)
{
	struct field *field = bi_arena_alloc(&schema->memory, sizeof(*field));

	if (field == NULL)
		return NULL;
	*field = (struct field){.name = name};
	field->last_part = &field->parts;
	return field;
}

static int add_field(struct bi_projection *projection, const char *key,
		     size_t len, struct field **out)
{
	struct bi_schema *schema = projection->schema;
	const struct bi_string *name = bi_intern(&schema->names, key, len);
	struct field *field;

	if (name == NULL)
		return BENCH_ENOMEM;
	field = field_new(schema, name);
	if (field == NULL ||
	    bi_extract_init(&field->extract, &schema->names, key, len) < 0)
		return BENCH_ENOMEM;
	field->observed = true;
	*projection->last_field = field;
	projection->last_field = &field->next;
	*out = field;
	if (field->extract.kind == BI_EXTRACT_CONFIGS)
		return 0;
	return add_slot(projection, field);
}

/* What TEXT asks for, checked.  The order is looked at before the key. */
static int check_field(const struct bi_field_text *text, enum bi_sort *sort,
		       struct bench_error *err)
{
	static const char config[] = ".config", unit[] = ".unit";

	*sort = text->choices != NULL ? BI_SORT_FIXED : BI_SORT_FIRST;
	if (text->order.text != NULL &&
	    bi_sort_named(text->order.text, text->order.len, sort) < 0)
		return bi_syntax_error(err, text->order_offset,
				       "unknown order \"%s\"",
				       text->order.text);
	if (*sort == BI_SORT_FIXED && strcmp(text->key.text, config) == 0)
		return bi_syntax_error(err, text->order_offset,
				       "fixed order not allowed for .config");
	if (strcmp(text->key.text, unit) == 0)
		return bi_syntax_error(err, text->key_offset,
				       ".unit is only allowed in filters");
	if (text->key.len == 0)
		return bi_syntax_error(err, text->key_offset,
				       "key must not be empty");
	return 0;
}

int bi_schema_parse(struct bi_schema *schema, const char *text,
		    struct bi_projection **out, struct bench_error *err)
{
	struct bench_error own = BENCH_ERROR_INIT;
	struct bi_field_text *field_text;
	struct bi_projection *projection;
	int rc;

	if (err == NULL)
		err = &own;
	rc = bi_projection_parse(text, &schema->memory, &field_text, err);
	if (rc < 0)
		return rc;
	projection = projection_new(schema);
	if (projection == NULL)
		return bi_error_nomem(err);
	for (; field_text != NULL; field_text = field_text->next) {
		struct field *field;
		enum bi_sort sort;

		rc = check_field(field_text, &sort, err);
		if (rc < 0)
			return rc;
		if (add_field(projection, field_text->key.text,
			      field_text->key.len, &field) < 0 ||
		    bi_named_add(&schema->named, &schema->memory,
				 &field->extract) < 0)
			return bi_error_nomem(err);
		field->sort = sort;
		field->choices = field_text->choices;
	}
	*out = projection;
	return 0;
}

int bi_schema_residue(struct bi_schema *schema, struct bi_projection **out)
{
	static const char config[] = ".config", full_name[] = ".fullname";
	struct bi_projection *projection = projection_new(schema);
	struct field *field;
	int rc = 0;

	if (projection == NULL)
		return BENCH_ENOMEM;
	if (!schema->named.configs)
		rc = add_field(projection, config, sizeof(config) - 1, &field);
	if (rc == 0 && !schema->named.full_name)
		rc = add_field(projection, full_name, sizeof(full_name) - 1,
			       &field);
	*out = projection;
	return rc;
}

int bi_projection_add_unit(struct bi_projection *projection)
{
	static const char unit[] = ".unit";
	struct field *field;

	return add_field(projection, unit, sizeof(unit) - 1, &field);
}

/* The place of TEXT in a fixed order: that of the last equal word.  0 if it is
 * not in the list. */
static size_t choice_rank(const struct bi_choice *choice, struct bi_slice text)
{
	size_t i, rank = 0;

	for (i = 1; choice != NULL; choice = choice->next, i++) {
		if (bi_sort_alpha(choice->value, text) == 0)
			rank = i;
	}
	return rank;
}

bool bi_schema_keeps(const struct bi_schema *schema,
		     const struct bi_record *record)
{
	const struct bi_projection *projection;
	const struct field *field;

	for (projection = schema->projections; projection != NULL;
	     projection = projection->next) {
		for (field = projection->fields; field != NULL;
		     field = field->next) {
			if (field->sort == BI_SORT_FIXED &&
			    choice_rank(field->choices,
					bi_extract_value(&field->extract,
							 record)) == 0)
				return false;
		}
	}
	return true;
}

/* Put FIELD's value of RECORD into the tuple. */
static int put_value(struct bi_projection *projection, struct field *field,
		     const struct bi_record *record, size_t measure)
{
	struct bi_schema *schema = projection->schema;
	struct bi_slice value;

	if (field->extract.kind == BI_EXTRACT_UNIT) {
		const struct bi_string *unit =
			bi_record_measures(record)[measure].unit;

		value = (struct bi_slice){unit->text, unit->len};
	} else if (field->extract.kind == BI_EXTRACT_FULL_NAME &&
		   schema->named.keys != NULL) {
		bi_buf_reset(&schema->scratch);
		if (bi_named_strip(&schema->named, record->name,
				   &schema->scratch) < 0)
			return BENCH_ENOMEM;
		value = (struct bi_slice){bi_buf_str(&schema->scratch),
					  schema->scratch.len};
	} else {
		value = bi_extract_value(&field->extract, record);
	}
	projection->tuple[field->slot] =
		bi_intern(&field->values, value.text, value.len);
	return projection->tuple[field->slot] == NULL ? BENCH_ENOMEM : 0;
}

/* The part of GROUP for KEY, made if it is not there; NULL: no memory.  GUESS,
 * or NULL, is looked at first. */
static struct field *part_for(struct bi_projection *projection,
			      struct field *group, struct field *guess,
			      const struct bi_string *key)
{
	struct bi_schema *schema = projection->schema;
	const struct bi_string *name;
	struct field *part;

	if (guess != NULL && bi_string_equal(guess->name, key))
		return guess;
	for (part = group->parts; part != NULL; part = part->next) {
		if (bi_string_equal(part->name, key))
			return part;
	}
	name = bi_intern(&schema->names, key->text, key->len);
	part = name == NULL ? NULL : field_new(schema, name);
	if (part == NULL)
		return NULL;
	part->extract = (struct bi_extract){BI_EXTRACT_CONFIG, name};
	part->sort = group->sort;
	*group->last_part = part;
	if (add_slot(projection, part) < 0) {
		*group->last_part = NULL;
		return NULL;
	}
	group->last_part = &part->next;
	return part;
}

static int put_group(struct bi_projection *projection, struct field *group,
		     const struct bi_record *record)
{
	const struct bi_pair *pair = bi_record_pairs(record);
	size_t i, count = bi_record_pair_count(record);
	struct field *part, *guess = group->parts;

	for (part = group->parts; part != NULL; part = part->next)
		projection->tuple[part->slot] = NULL;
	for (i = 0; i < count; i++) {
		const struct bi_string *value = pair[i].value;

		if (!bi_named_leaves_config(&projection->schema->named,
					    pair[i].key))
			continue;
		part = part_for(projection, group, guess, pair[i].key);
		if (part == NULL)
			return BENCH_ENOMEM;
		/* Results list their keys mostly in one order. */
		guess = part->next;
		value = bi_intern(&part->values, value->text, value->len);
		if (value == NULL)
			return BENCH_ENOMEM;
		projection->tuple[part->slot] = value;
	}
	return 0;
}

const bi_key *bi_projection_key(struct bi_projection *projection,
				const struct bi_record *record, size_t measure)
{
	struct field *field;
	size_t slots;
	int rc;

	for (field = projection->fields; field != NULL; field = field->next) {
		if (field->extract.kind == BI_EXTRACT_CONFIGS)
			rc = put_group(projection, field, record);
		else
			rc = put_value(projection, field, record, measure);
		if (rc < 0)
			return NULL;
	}
	/* The empty end is left out, as it is in keys that are older than
	 * the slots there. */
	slots = projection->slots;
	while (slots > 0 && projection->tuple[slots - 1] == NULL)
		slots--;
	return bi_intern(&projection->keys, projection->tuple,
			 slots * sizeof(*projection->tuple));
}

bool bi_projection_ignores_names(const struct bi_projection *projection)
{
	const struct field *field;

	for (field = projection->fields; field != NULL; field = field->next) {
		switch (field->extract.kind) {
		case BI_EXTRACT_NAME:
		case BI_EXTRACT_FULL_NAME:
		case BI_EXTRACT_PART:
		case BI_EXTRACT_PROCS:
			return false;
		case BI_EXTRACT_CONFIG:
		case BI_EXTRACT_CONFIGS:
		case BI_EXTRACT_UNIT:
			break;
		}
	}
	return true;
}

static const struct bi_string *value_in(const struct bi_projection *projection,
					const bi_key *key,
					const struct field *field)
{
	const struct bi_string *const *values = (const void *)key->text;
	size_t slots = key->len / sizeof(*values);

	if (field->slot >= slots || values[field->slot] == NULL)
		return projection->schema->empty;
	return values[field->slot];
}

static int compare_values(const struct field *field, const struct bi_string *x,
			  const struct bi_string *y)
{
	struct bi_slice a = {x->text, x->len}, b = {y->text, y->len};
	size_t i, j;
	int order = 0;

	switch (field->sort) {
	case BI_SORT_FIRST:
		if (field->observed)
			order = (x->id > y->id) - (x->id < y->id);
		break;
	case BI_SORT_NUM:
		order = bi_sort_num(a, b);
		break;
	case BI_SORT_FIXED:
		i = choice_rank(field->choices, a);
		j = choice_rank(field->choices, b);
		order = (i > j) - (i < j);
		break;
	case BI_SORT_ALPHA:
		break;
	}
	return order != 0 ? order : bi_sort_alpha(a, b);
}

int bi_projection_compare(const struct bi_projection *projection,
			  const bi_key *a, const bi_key *b)
{
	size_t i;
	int order;

	for (i = 0; a != b && i < projection->slots; i++) {
		const struct field *field = projection->flat[i];
		const struct bi_string *x = value_in(projection, a, field);
		const struct bi_string *y = value_in(projection, b, field);

		if (x == y)
			continue;
		order = compare_values(field, x, y);
		if (order != 0)
			return order;
	}
	return 0;
}

size_t bi_projection_field_count(const struct bi_projection *projection)
{
	return projection->slots;
}

const struct bi_string *
bi_projection_field_name(const struct bi_projection *projection, size_t i)
{
	return projection->flat[i]->name;
}

bool bi_projection_field_is_unit(const struct bi_projection *projection,
				 size_t i)
{
	return projection->flat[i]->extract.kind == BI_EXTRACT_UNIT;
}

const struct bi_string *
bi_projection_value(const struct bi_projection *projection, const bi_key *key,
		    size_t i)
{
	return value_in(projection, key, projection->flat[i]);
}

int bi_projection_label(const struct bi_projection *projection,
			const bi_key *key, struct bi_buf *out)
{
	bool first = true;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < projection->slots; i++) {
		const struct bi_string *value =
			bi_projection_value(projection, key, i);

		if (value->len == 0)
			continue;
		if (!first)
			rc = bi_buf_addc(out, ' ');
		if (rc == 0)
			rc = bi_buf_add(out, value->text, value->len);
		first = false;
	}
	return rc;
}
