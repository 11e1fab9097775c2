/* Results as lines again, with the configuration they were found under. */
#include "cli/benchfilter/emit.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "fmt/field.h"

void emit_input(struct emit *emit)
{
	emit->unit_line = 0;
}

static bool is_file(const struct bi_string *key)
{
	return strcmp(key->text, BI_FILE_KEY) == 0;
}

/* One configuration line; VALUE NULL deletes KEY. */
static int put_line(struct bi_buf *out, const struct bi_string *key,
		    const struct bi_string *value)
{
	int rc = bi_buf_add(out, key->text, key->len);

	if (rc == 0)
		rc = bi_buf_adds(out, value != NULL ? ": " : ":");
	if (rc == 0 && value != NULL)
		rc = bi_buf_add(out, value->text, value->len);
	return rc < 0 ? rc : bi_buf_addc(out, '\n');
}

/* Delete what RECORD does not have. */
static int put_deleted(struct emit *emit, const struct bi_record *record,
		       struct bi_buf *out)
{
	size_t i = 0;
	int rc = 0;

	while (rc == 0 && i < emit->pairs) {
		const struct bi_string *key = emit->pair[i].key;

		if (bi_record_config(record, key) != NULL) {
			i++;
			continue;
		}
		rc = put_line(out, key, NULL);
		/* As every reader of the format does it. */
		emit->pair[i] = emit->pair[--emit->pairs];
	}
	return rc;
}

/* Note that the output has PAIR, as number I. */
static int set_pair(struct emit *emit, size_t i, const struct bi_pair *pair)
{
	struct bi_intern *pool = &emit->pool;
	struct bi_pair copy = {
		bi_intern(pool, pair->key->text, pair->key->len),
		bi_intern(pool, pair->value->text, pair->value->len)};
	struct bi_pair *grown;

	if (copy.key == NULL || copy.value == NULL)
		return BENCH_ENOMEM;
	grown = bi_grow(emit->pair, &emit->cap, i + 1, sizeof(*grown));
	if (grown == NULL)
		return BENCH_ENOMEM;
	emit->pair = grown;
	emit->pair[i] = copy;
	if (i == emit->pairs)
		emit->pairs++;
	return 0;
}

static int put_config(struct emit *emit, const struct bi_record *record,
		      struct bi_buf *out)
{
	const struct bi_pair *pair = bi_record_pairs(record);
	size_t i, j, count = bi_record_pair_count(record);
	int rc = put_deleted(emit, record, out);

	for (i = 0; rc == 0 && i < count; i++) {
		if (is_file(pair[i].key))
			continue;
		for (j = 0; j < emit->pairs; j++) {
			if (bi_string_equal(emit->pair[j].key, pair[i].key))
				break;
		}
		if (j < emit->pairs &&
		    bi_string_equal(emit->pair[j].value, pair[i].value))
			continue;
		rc = set_pair(emit, j, &pair[i]);
		if (rc == 0)
			rc = put_line(out, pair[i].key, pair[i].value);
	}
	return rc;
}

/* The line of ITEM without the values that are not kept: whatever stands
 * between two fields goes with the second of them. */
static int put_kept(const struct bi_item *item, const bool *keep,
		    struct bi_buf *out)
{
	const char *p = item->raw.text, *end = p + item->raw.len;
	/* Name and iterations come before the first value. */
	const char *next = bi_field_end(p, end);
	size_t i, count = bi_record_measure_count(&item->record);
	int rc;

	next = bi_field_end(bi_field_skip(next, end), end);
	rc = bi_buf_add(out, p, (size_t)(next - p));
	for (i = 0; rc == 0 && i < count; i++) {
		p = next;
		next = bi_field_end(bi_field_skip(p, end), end);
		next = bi_field_end(bi_field_skip(next, end), end);
		if (keep[i])
			rc = bi_buf_add(out, p, (size_t)(next - p));
	}
	return rc < 0 ? rc : bi_buf_addc(out, '\n');
}

int emit_result(struct emit *emit, const struct bi_item *item, const bool *keep,
		struct bi_buf *out)
{
	int rc = put_config(emit, &item->record, out);

	return rc < 0 ? rc : put_kept(item, keep, out);
}

int emit_metadata(struct emit *emit, const struct bi_item *item,
		  struct bi_buf *out)
{
	int rc;

	if (item->line == emit->unit_line)
		return 0;
	emit->unit_line = item->line;
	rc = bi_buf_add(out, item->raw.text, item->raw.len);
	return rc < 0 ? rc : bi_buf_addc(out, '\n');
}

void emit_release(struct emit *emit)
{
	free(emit->pair);
	bi_intern_release(&emit->pool);
}
