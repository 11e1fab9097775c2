/* The benchmark format, line by line: bytes come in, results, unit metadata and
 * errors go out.
 *
 * A run repeats its names and units on millions of lines.  Every string is
 * therefore compared with the one that stood at the same place of the line
 * before; only what differs is looked up, and nothing is allocated for a line
 * that brings nothing new. */
#include "fmt/reader.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/integer.h"
#include "base/real.h"
#include "base/utf8.h"
#include "fmt/field.h"
#include "fmt/lines.h"
#include "unit/tidy.h"

#define RESULT "Benchmark"

/* Of the largest iteration count. */
#define INT64_DIGITS 19

/* A unit as it is written, and what becomes of its values. */
struct unit {
	struct bi_measure tidy;
	double factor;
};

struct bi_reader {
	struct bi_intern *pool;
	struct bi_lines lines;
	struct bi_slice raw; /* the last line */

	struct bi_pair *pair; /* the configuration as it stands */
	size_t pairs, pair_cap;
	const struct bi_string *config; /* the same, interned; NULL: changed */

	const struct bi_string *name; /* of the last result */

	struct bi_map units;
	struct bi_arena memory; /* struct unit */

	/* Values of the last result: their units as the line had them, and
	 * as the record has them. */
	const struct unit **unit;
	struct bi_measure *measure;
	double *value;
	size_t values, value_cap;
	const struct bi_string *measures; /* interned; NULL: changed */

	/* What is left of a Unit line. */
	const char *rest, *rest_end;
	const struct unit *rest_unit;
};

/* Whether a field that reads TEXT stands at P.  False also in the rare case
 * that a blank other than space and tab ends it. */
static bool same_field(const char *p, const char *end,
		       const struct bi_string *text)
{
	size_t len = text->len;

	if ((size_t)(end - p) < len || memcmp(p, text->text, len) != 0)
		return false;
	return p + len == end || bi_field_is_blank(p[len]);
}

static bool unit_equal(const void *item, const void *key)
{
	return ((const struct unit *)item)->tidy.written == key;
}

static const struct unit *unit_new(struct bi_reader *reader,
				   const struct bi_string *written)
{
	struct unit *unit = bi_arena_alloc(&reader->memory, sizeof(*unit));
	struct bi_buf tidy = BI_BUF_INIT;

	if (unit == NULL)
		return NULL;
	unit->tidy.written = written;
	unit->tidy.unit = NULL;
	if (bi_unit_tidy(written->text, written->len, &tidy,
			 &unit->factor) == 0)
		unit->tidy.unit = bi_intern(reader->pool, tidy.data, tidy.len);
	bi_buf_release(&tidy);
	if (unit->tidy.unit == NULL ||
	    bi_map_add(&reader->units, written->hash, unit) < 0)
		return NULL;
	return unit;
}

/* The unit at TEXT (not empty); NULL when there is no memory. */
static const struct unit *unit_for(struct bi_reader *reader, const char *text,
				   size_t len)
{
	const struct bi_string *written = bi_intern(reader->pool, text, len);
	const struct unit *unit;

	if (written == NULL)
		return NULL;
	unit = bi_map_find(&reader->units, written->hash, unit_equal, written);
	return unit != NULL ? unit : unit_new(reader, written);
}

/* Room for one more value. */
static int grow_values(struct bi_reader *reader)
{
	size_t cap = reader->value_cap * 2 + 4;
	const struct unit **unit;
	struct bi_measure *measure;
	double *value;

	if (cap > SIZE_MAX / sizeof(*measure))
		return BENCH_ENOMEM;
	unit = realloc(reader->unit, cap * sizeof(*unit));
	if (unit == NULL)
		return BENCH_ENOMEM;
	reader->unit = unit;
	measure = realloc(reader->measure, cap * sizeof(*measure));
	if (measure == NULL)
		return BENCH_ENOMEM;
	reader->measure = measure;
	value = realloc(reader->value, cap * sizeof(*value));
	if (value == NULL)
		return BENCH_ENOMEM;
	reader->value = value;
	memset(unit + reader->value_cap, 0,
	       (cap - reader->value_cap) * sizeof(*unit));
	memset(measure + reader->value_cap, 0,
	       (cap - reader->value_cap) * sizeof(*measure));
	reader->value_cap = cap;
	return 0;
}

/* Value number I of the line, under UNIT. */
static void set_value(struct bi_reader *reader, size_t i,
		      const struct unit *unit, double value)
{
	double tidy = value * unit->factor;
	struct bi_measure measure = unit->tidy;

	/* What tidying does not change (0, infinities) keeps its unit.  NaN
	 * is tidied: it equals nothing. */
	if (tidy == value)
		measure.unit = measure.written;
	reader->value[i] = tidy;
	reader->unit[i] = unit;
	if (reader->measure[i].unit != measure.unit ||
	    reader->measure[i].written != measure.written) {
		reader->measure[i] = measure;
		reader->measures = NULL;
	}
}

/* What a malformed line is told; NULL with *RC set if it is not its fault. */
static const char *number_error(int rc, const char *syntax, const char *range)
{
	return rc == BENCH_EINPUT ? syntax : rc == BENCH_ERANGE ? range : NULL;
}

/* One "value unit" at *P.  Returns 1, or 0 with the reason in *WHY. */
static int read_value(struct bi_reader *reader, size_t i, const char **p,
		      const char *end, const char **why)
{
	const struct unit *unit;
	const char *start = *p, *next;
	double value;
	int rc;

	if (i == reader->value_cap && grow_values(reader) < 0)
		return BENCH_ENOMEM;
	next = bi_real_scan(start, end, &value);
	if (next == NULL || (next < end && !bi_field_is_blank(*next))) {
		next = bi_field_end(start, end);
		rc = bi_real_parse(start, (size_t)(next - start), &value);
		*why = number_error(rc, "parsing measurement: invalid syntax",
				    "parsing measurement: value out of range");
		if (rc < 0)
			return *why != NULL ? 0 : rc;
	}
	start = bi_field_skip(next, end);
	if (start == end) {
		*why = "missing units";
		return 0;
	}
	unit = reader->unit[i];
	if (unit != NULL && same_field(start, end, unit->tidy.written)) {
		next = start + unit->tidy.written->len;
	} else {
		next = bi_field_end(start, end);
		unit = unit_for(reader, start, (size_t)(next - start));
		if (unit == NULL)
			return BENCH_ENOMEM;
	}
	set_value(reader, i, unit, value);
	*p = bi_field_skip(next, end);
	return 1;
}

/* The iteration count at *P is checked and not used: what was measured is
 * behind it.  Returns 1, or 0 with the reason in *WHY. */
static int read_iterations(const char **p, const char *end, const char **why)
{
	const char *next = *p;
	int64_t iterations;
	int rc;

	if (*p == end) {
		*why = "missing iteration count";
		return 0;
	}
	while (next < end && *next >= '0' && *next <= '9')
		next++;
	/* Too short to be out of range. */
	if (next > *p && next - *p < INT64_DIGITS && next < end &&
	    bi_field_is_blank(*next)) {
		*p = bi_field_skip(next, end);
		return 1;
	}
	next = bi_field_end(*p, end);
	rc = bi_integer_parse(*p, (size_t)(next - *p), &iterations);
	*why = number_error(rc, "parsing iteration count: invalid syntax",
			    "parsing iteration count: value out of range");
	*p = bi_field_skip(next, end);
	return rc == 0;
}

/* The interned forms of what the record is made of. */
static int fill_record(struct bi_reader *reader, struct bi_record *record)
{
	if (reader->config == NULL)
		reader->config = bi_intern(reader->pool, reader->pair,
					   reader->pairs *
						   sizeof(*reader->pair));
	if (reader->measures == NULL)
		reader->measures = bi_intern(reader->pool, reader->measure,
					     reader->values *
						     sizeof(*reader->measure));
	if (reader->config == NULL || reader->measures == NULL)
		return BENCH_ENOMEM;
	record->config = reader->config;
	record->name = reader->name;
	record->measures = reader->measures;
	record->values = reader->value;
	return 1;
}

/* Returns 1 with a result or an error in ITEM, 0 for a line to ignore. */
static int read_result(struct bi_reader *reader, const struct bi_line *line,
		       struct bi_item *item)
{
	const char *p = line->text + sizeof(RESULT) - 1, *end = line->end;
	const char *next;
	size_t count = 0;
	int rc;

	if (reader->name != NULL && same_field(p, end, reader->name)) {
		next = p + reader->name->len;
	} else {
		next = bi_field_end(p, end);
		reader->name = bi_intern(reader->pool, p, (size_t)(next - p));
		if (reader->name == NULL)
			return BENCH_ENOMEM;
	}
	/* A name alone is what a verbose run prints before it measures. */
	if (next == end)
		return 0;
	p = bi_field_skip(next, end);
	rc = read_iterations(&p, end, &item->text);
	if (rc == 1 && p == end) {
		item->text = "missing measurements";
		rc = 0;
	}
	while (rc == 1 && p < end)
		rc = read_value(reader, count++, &p, end, &item->text);
	if (rc < 0)
		return rc;
	if (rc == 0) {
		item->kind = BI_ITEM_ERROR;
		return 1;
	}
	if (count != reader->values) {
		reader->values = count;
		reader->measures = NULL;
	}
	item->kind = BI_ITEM_RESULT;
	return fill_record(reader, &item->record);
}

/* The next field of a Unit line.  Returns 1 with an item. */
static int read_metadata(struct bi_reader *reader, struct bi_item *item)
{
	const char *start = reader->rest, *end = reader->rest_end;
	const char *next = bi_field_end(start, end);
	const char *equals = memchr(start, '=', (size_t)(next - start));
	struct bi_metadata_item *metadata = &item->metadata;

	reader->rest = bi_field_skip(next, end);
	if (equals == NULL || equals == start) {
		item->kind = BI_ITEM_ERROR;
		item->text = "expected key=value";
		return 1;
	}
	item->kind = BI_ITEM_METADATA;
	metadata->unit = reader->rest_unit->tidy.unit;
	metadata->written = reader->rest_unit->tidy.written;
	metadata->key = bi_intern(reader->pool, start,
				  (size_t)(equals - start));
	metadata->value = bi_intern(reader->pool, equals + 1,
				    (size_t)(next - equals - 1));
	if (metadata->key == NULL || metadata->value == NULL)
		return BENCH_ENOMEM;
	return 1;
}

/* LINE begins with the field "Unit", which ends at P. */
static int read_unit(struct bi_reader *reader, const char *p,
		     const struct bi_line *line, struct bi_item *item)
{
	const char *next;

	p = bi_field_skip(p, line->end);
	if (p == line->end) {
		item->kind = BI_ITEM_ERROR;
		item->text = "missing unit";
		return 1;
	}
	next = bi_field_end(p, line->end);
	reader->rest_unit = unit_for(reader, p, (size_t)(next - p));
	if (reader->rest_unit == NULL)
		return BENCH_ENOMEM;
	reader->rest = bi_field_skip(next, line->end);
	reader->rest_end = line->end;
	return 0;
}

/* The colon behind the key of a configuration line, or NULL. */
static const char *key_end(const struct bi_line *line)
{
	const char *p = line->text;
	size_t size;
	uint32_t c;

	if (p == line->end ||
	    !bi_rune_is_lower(
		    bi_utf8_next(p, (size_t)(line->end - p), &size)))
		return NULL;
	for (p += size; p < line->end; p += size) {
		c = bi_utf8_next(p, (size_t)(line->end - p), &size);
		if (c == ':')
			return p;
		if (c == BI_UTF8_INVALID)
			continue;
		if (bi_rune_is_space(c) || bi_rune_is_upper(c))
			return NULL;
	}
	return NULL;
}

static int add_pair(struct bi_reader *reader, struct bi_pair pair)
{
	struct bi_pair *grown = bi_grow(reader->pair, &reader->pair_cap,
					reader->pairs + 1, sizeof(*grown));

	if (grown == NULL)
		return BENCH_ENOMEM;
	reader->pair = grown;
	reader->pair[reader->pairs++] = pair;
	return 0;
}

/* KEY becomes VALUE (LEN bytes); an empty value deletes it. */
static int set_config(struct bi_reader *reader, const struct bi_string *key,
		      const char *value, size_t len)
{
	struct bi_pair pair = {key, NULL};
	size_t i;

	for (i = 0; i < reader->pairs && reader->pair[i].key != key; i++)
		;
	if (len == 0) {
		/* The last one fills the hole: the order of the header lines
		 * depends on it. */
		if (i < reader->pairs) {
			reader->pair[i] = reader->pair[--reader->pairs];
			reader->config = NULL;
		}
		return 0;
	}
	pair.value = bi_intern(reader->pool, value, len);
	if (pair.value == NULL)
		return BENCH_ENOMEM;
	if (i == reader->pairs) {
		reader->config = NULL;
		return add_pair(reader, pair);
	}
	if (reader->pair[i].value != pair.value) {
		reader->pair[i] = pair;
		reader->config = NULL;
	}
	return 0;
}

/* Returns 0: such a line yields no item, whether it is one or not. */
static int read_config(struct bi_reader *reader, const struct bi_line *line)
{
	const char *colon = key_end(line), *value;
	const struct bi_string *key;

	if (colon == NULL)
		return 0;
	value = colon + 1;
	if (value < line->end && !bi_field_is_blank(*value))
		return 0;
	while (value < line->end && bi_field_is_blank(*value))
		value++;
	key = bi_intern(reader->pool, line->text, (size_t)(colon - line->text));
	if (key == NULL)
		return BENCH_ENOMEM;
	return set_config(reader, key, value, (size_t)(line->end - value));
}

/* Returns 1 with an item, 0 for a line without one. */
static int read_line(struct bi_reader *reader, const struct bi_line *line,
		     struct bi_item *item)
{
	const char *p;

	if ((size_t)(line->end - line->text) >= sizeof(RESULT) - 1 &&
	    memcmp(line->text, RESULT, sizeof(RESULT) - 1) == 0)
		return read_result(reader, line, item);
	if (line->text < line->end && *line->text == 'U') {
		p = bi_field_end(line->text, line->end);
		if (p - line->text == 4 && memcmp(line->text, "Unit", 4) == 0)
			return read_unit(reader, p, line, item);
		return 0;
	}
	return read_config(reader, line);
}

int bi_reader_next(struct bi_reader *reader, struct bi_item *item,
		   struct bench_error *err)
{
	struct bi_line line;
	int rc;

	do {
		if (reader->rest < reader->rest_end) {
			rc = read_metadata(reader, item);
		} else {
			rc = bi_lines_next(&reader->lines, &line, err);
			if (rc == 0)
				return 0;
			if (rc > 0) {
				reader->raw = (struct bi_slice){
					line.text,
					(size_t)(line.end - line.text)};
				rc = read_line(reader, &line, item);
			}
		}
	} while (rc == 0);
	item->line = reader->lines.number;
	item->raw = reader->raw;
	if (rc == BENCH_ENOMEM)
		bi_error_nomem(err);
	/* Of another tool's input, the error knows the line itself. */
	if (rc < 0 && err != NULL && err->line == 0)
		err->line = item->line < INT_MAX ? (int)item->line : INT_MAX;
	return rc;
}

struct bi_reader *bi_reader_new(struct bi_intern *pool, const char *label,
				bi_read *read, void *arg)
{
	struct bi_reader *reader = calloc(1, sizeof(*reader));
	const struct bi_string *key;

	if (reader == NULL)
		return NULL;
	reader->pool = pool;
	reader->lines = (struct bi_lines)BI_LINES_INIT(read, arg);
	key = bi_intern(pool, BI_FILE_KEY, sizeof(BI_FILE_KEY) - 1);
	if (key == NULL || set_config(reader, key, label, strlen(label)) < 0) {
		bi_reader_free(reader);
		return NULL;
	}
	return reader;
}

void bi_reader_free(struct bi_reader *reader)
{
	if (reader == NULL)
		return;
	bi_lines_release(&reader->lines);
	bi_map_release(&reader->units);
	bi_arena_release(&reader->memory);
	free(reader->pair);
	free(reader->unit);
	free(reader->measure);
	free(reader->value);
	free(reader);
}
