/* Which table, row or column a result belongs to.
 *
 * A projection is a list of fields; it turns a result into a key, the tuple of
 * the fields' values.  All projections of one run belong to a schema, because
 * they share the work: a configuration key that one of them names is no longer
 * part of any ".config", and likewise for ".fullname".  SYNTAX.md is the
 * language. */
#ifndef BI_PROC_PROJECTION_H
#define BI_PROC_PROJECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/intern.h"
#include "fmt/record.h"

struct bi_schema;
struct bi_projection;

/* The values of one key.  Equal keys of a projection are one pointer; its id
 * counts the projection's keys from 0 as they come. */
typedef struct bi_string bi_key;

/* NULL when there is no memory. */
struct bi_schema *bi_schema_new(void);
void bi_schema_free(struct bi_schema *schema);

/* Add the projection that TEXT describes; it lives as long as SCHEMA.  A
 * malformed one is BENCH_EINPUT with the place in ERR.  All of a run must be
 * there before the first result is projected. */
int bi_schema_parse(struct bi_schema *schema, const char *text,
		    struct bi_projection **out, struct bench_error *err);

/* Add one of what no other projection has: ".config", ".fullname" or both.
 * The results of a cell should agree in it. */
int bi_schema_residue(struct bi_schema *schema, struct bi_projection **out);

/* Add the unit of a value as the last field of PROJECTION. */
int bi_projection_add_unit(struct bi_projection *projection);

/* Whether the fixed orders of all projections let RECORD through. */
bool bi_schema_keeps(const struct bi_schema *schema,
		     const struct bi_record *record);

/* The key of RECORD; MEASURE is the value's number for a projection with a
 * unit.  NULL when there is no memory.  Values get their place in the order
 * "first" when they come here for the first time. */
const bi_key *bi_projection_key(struct bi_projection *projection,
				const struct bi_record *record, size_t measure);

/* Whether two results that differ in their names only have the same key. */
bool bi_projection_ignores_names(const struct bi_projection *projection);

/* Below, equal to or above 0, as A stands before, with or behind B. */
int bi_projection_compare(const struct bi_projection *projection,
			  const bi_key *a, const bi_key *b);

/* The fields, with ".config" taken apart into its keys: those that came in
 * results so far.  A field's number changes when new ones come. */
size_t bi_projection_field_count(const struct bi_projection *projection);
const struct bi_string *
bi_projection_field_name(const struct bi_projection *projection, size_t i);
bool bi_projection_field_is_unit(const struct bi_projection *projection,
				 size_t i);

/* The value of field I; an empty string where there is none. */
const struct bi_string *
bi_projection_value(const struct bi_projection *projection, const bi_key *key,
		    size_t i);

/* Append the values that are not empty, joined by blanks. */
int bi_projection_label(const struct bi_projection *projection,
			const bi_key *key, struct bi_buf *out);

#endif
