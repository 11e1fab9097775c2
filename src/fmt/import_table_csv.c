/* Our own tables in CSV (tab/render_csv.c writes them) as results again: the
 * center of every cell is one sample. */
#include "fmt/import_csv.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/real.h"
#include "fmt/draft.h"
#include "fmt/excerpt.h"

/* The key that tells the columns of a table apart. */
#define COLUMN ((struct bi_slice){"column", 6})

struct import {
	struct bi_buf *out;
	bool in_rows; /* the header of the table is read */
	struct bi_buf *header; /* above each field */
	size_t fields;
	size_t cap;
	size_t *place; /* of each column's center among the fields */
	size_t columns;
	size_t place_cap;
	struct bi_buf unit;
	struct bi_buf held; /* the last row, until another one shows that it is
			     * not the summary */
	bool summary;	    /* it is called like that */
};

/* The last row was none but a row. */
static int release_held(struct import *import)
{
	int rc = bi_buf_add(import->out, bi_buf_str(&import->held),
			    import->held.len);

	bi_buf_reset(&import->held);
	return rc;
}

/* The table is at its end; what was held may be a summary. */
static int end_table(struct import *import)
{
	if (import->summary)
		bi_buf_reset(&import->held);
	return release_held(import);
}

static int begin_table(struct import *import)
{
	size_t i;
	int rc = end_table(import);

	/* The next one may have a single column. */
	if (rc == 0 && import->columns > 1)
		rc = bi_draft_config(import->out, COLUMN,
				     (struct bi_slice){"", 0});
	for (i = 0; i < import->fields; i++)
		bi_buf_reset(&import->header[i]);
	import->fields = 0;
	import->columns = 0;
	import->in_rows = false;
	bi_buf_reset(&import->unit);
	return rc;
}

/* "key: value" above a table. */
static int take_line(struct import *import, struct bi_slice line)
{
	const char *colon = memchr(line.text, ':', line.len);
	struct bi_slice key, value;

	if (colon == NULL)
		return 0;
	key = (struct bi_slice){line.text, (size_t)(colon - line.text)};
	value = (struct bi_slice){colon + 1, line.len - key.len - 1};
	if (value.len > 0 && *value.text == ' ') {
		value.text++;
		value.len--;
	}
	return bi_draft_config(import->out, key, value);
}

/* A record has COUNT fields. */
static int take_fields(struct import *import, size_t count)
{
	size_t before = import->cap;
	struct bi_buf *grown = bi_grow(import->header, &import->cap, count,
				       sizeof(*grown));

	if (grown == NULL)
		return BENCH_ENOMEM;
	memset(grown + before, 0, (import->cap - before) * sizeof(*grown));
	import->header = grown;
	if (import->fields < count)
		import->fields = count;
	return 0;
}

/* A level of the columns' headers. */
static int take_level(struct import *import, const struct bi_slice *field,
		      size_t count)
{
	size_t i;
	int rc = take_fields(import, count);

	for (i = 1; rc == 0 && i < count; i++) {
		struct bi_buf *header = &import->header[i];

		if (header->len > 0 && field[i].len > 0)
			rc = bi_buf_addc(header, ' ');
		if (rc == 0)
			rc = bi_buf_add(header, field[i].text, field[i].len);
	}
	return rc;
}

/* Whether field I is the unit above a column's centers: the interval follows,
 * and then whatever was asked for. */
static bool is_center(const struct bi_slice *field, size_t count, size_t i)
{
	return i + 1 < count && field[i].len > 0 &&
	       bi_slice_equal(field[i + 1], (struct bi_slice){"CI", 2});
}

static int take_unit(struct import *import, const struct bi_slice *field,
		     size_t count)
{
	size_t i;
	int rc = take_fields(import, count);

	for (i = 1; rc == 0 && i < count; i++) {
		size_t *grown;

		if (!is_center(field, count, i))
			continue;
		grown = bi_grow(import->place, &import->place_cap,
				import->columns + 1, sizeof(*grown));
		if (grown == NULL)
			return BENCH_ENOMEM;
		import->place = grown;
		import->place[import->columns++] = i;
	}
	if (rc == 0)
		rc = bi_buf_add(&import->unit, field[1].text, field[1].len);
	import->in_rows = true;
	return rc;
}

/* The result of column I in a row. */
static int hold_cell(struct import *import, struct bi_slice label, size_t i,
		     double center)
{
	struct bi_buf *held = &import->held;
	const struct bi_buf *header = &import->header[import->place[i]];
	int rc = 0;

	if (import->columns > 1)
		rc = bi_draft_config(held, COLUMN,
				     (struct bi_slice){bi_buf_str(header),
						       header->len});
	if (rc == 0)
		rc = bi_draft_name(held, label, false);
	if (rc == 0)
		rc = bi_draft_iterations(held, 1);
	if (rc == 0)
		rc = bi_draft_value(held, center,
				    (struct bi_slice){bi_buf_str(&import->unit),
						      import->unit.len});
	return rc < 0 ? rc : bi_buf_addc(held, '\n');
}

static int take_row(struct import *import, const struct bi_slice *field,
		    size_t count, struct bench_error *err)
{
	size_t i;
	int rc = release_held(import);

	import->summary = bi_slice_equal(field[0],
					 (struct bi_slice){"geomean", 7});
	for (i = 0; rc == 0 && i < import->columns && import->place[i] < count;
	     i++) {
		struct bi_slice text = field[import->place[i]];
		double center;

		if (text.len == 0)
			continue;
		rc = bi_real_parse(text.text, text.len, &center);
		if (rc == BENCH_EINPUT || rc == BENCH_ERANGE)
			return bi_error_set(err, BENCH_EINPUT,
					    "'%s' is no number",
					    bi_excerpt(text).text);
		if (rc == 0)
			rc = hold_cell(import, field[0], i, center);
	}
	return rc;
}

static int take(void *arg, const struct bi_slice *field, size_t count,
		struct bench_error *err)
{
	struct import *import = arg;

	if (count == 0)
		return begin_table(import);
	if (import->in_rows)
		return take_row(import, field, count, err);
	if (count == 1)
		return take_line(import, field[0]);
	if (field[0].len > 0)
		return bi_error_set(err, BENCH_EINPUT,
				    "a row without a header above it");
	return is_center(field, count, 1) ? take_unit(import, field, count)
					  : take_level(import, field, count);
}

int bi_import_table_csv(const char *data, size_t len, struct bi_buf *out,
			struct bench_error *err)
{
	struct import import = {.out = out};
	int rc = bi_csv_read(data, len, take, &import, err);
	size_t i;

	if (rc == 0)
		rc = end_table(&import);
	for (i = 0; i < import.cap; i++)
		bi_buf_release(&import.header[i]);
	free(import.header);
	free(import.place);
	bi_buf_release(&import.unit);
	bi_buf_release(&import.held);
	return rc;
}
