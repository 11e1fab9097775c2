/* Our own tables in JSON ({"tables": [...]}, see tab/render_json.c) as results
 * again: the samples of every cell, or its center if they are not there. */
#include "fmt/import_json.h"

#include <jansson.h>
#include <string.h>

#include "base/real.h"
#include "fmt/draft.h"
#include "fmt/excerpt.h"

static struct bi_slice slice(const char *text)
{
	return (struct bi_slice){text, strlen(text)};
}

static struct bi_slice slice_of(const json_t *string)
{
	return (struct bi_slice){json_string_value(string),
				 json_string_length(string)};
}

/* The key that tells the columns of a table apart. */
#define COLUMN "column"

/* The configuration of TABLE, or its end. */
static int add_configuration(const json_t *table, bool end, struct bi_buf *out)
{
	const json_t *list = json_object_get(table, "configuration");
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < json_array_size(list); i++) {
		const json_t *pair = json_array_get(list, i);
		struct bi_slice key = bi_import_string(pair, "key");
		struct bi_slice value = bi_import_string(pair, "value");

		if (key.text != NULL && value.text != NULL)
			rc = bi_draft_config(out, key, end ? slice("") : value);
	}
	if (rc == 0 && end)
		rc = bi_draft_config(out, slice(COLUMN), slice(""));
	return rc;
}

/* Which column of TABLE the results below are from, if there are several. */
static int add_column(const json_t *table, size_t column, struct bi_buf *out)
{
	const json_t *columns = json_object_get(table, "columns");
	const json_t *header = json_object_get(json_array_get(columns, column),
					       "header");
	struct bi_buf name = BI_BUF_INIT;
	size_t i;
	int rc = 0;

	if (json_array_size(columns) < 2)
		return 0;
	for (i = 0; rc == 0 && i < json_array_size(header); i++) {
		struct bi_slice level = slice_of(json_array_get(header, i));

		if (name.len > 0 && level.len > 0)
			rc = bi_buf_addc(&name, ' ');
		if (rc == 0 && level.len > 0)
			rc = bi_buf_add(&name, level.text, level.len);
	}
	if (rc == 0)
		rc = bi_draft_config(out, slice(COLUMN),
				     slice(bi_buf_str(&name)));
	bi_buf_release(&name);
	return rc;
}

/* A number, or the string that stands for one that is not finite. */
static int read_number(const json_t *value, double *out,
		       struct bench_error *err)
{
	struct bi_slice text = slice_of(value);

	if (json_is_number(value)) {
		*out = json_number_value(value);
		return 0;
	}
	if (text.text == NULL)
		text = slice("");
	if (bi_real_parse(text.text, text.len, out) == 0)
		return 0;
	return bi_error_set(err, BENCH_EINPUT, "'%s' is no number",
			    bi_excerpt(text).text);
}

/* One result. */
static int add_result(const json_t *value, struct bi_slice name,
		      struct bi_slice unit, struct bi_buf *out,
		      struct bench_error *err)
{
	double number;
	int rc = read_number(value, &number, err);

	if (rc == 0)
		rc = bi_draft_name(out, name, false);
	if (rc == 0)
		rc = bi_draft_iterations(out, 1);
	if (rc == 0)
		rc = bi_draft_value(out, number, unit);
	return rc < 0 ? rc : bi_buf_addc(out, '\n');
}

static int add_cell(const json_t *table, struct bi_slice name,
		    const json_t *cell, struct bi_buf *out,
		    struct bench_error *err)
{
	const json_t *samples = json_object_get(cell, "samples");
	struct bi_slice unit = bi_import_string(table, "unit");
	double column = 0;
	size_t i;
	int rc;

	bi_import_number(cell, "column", &column);
	if (!(column >= 0 &&
	      column < (double)json_array_size(
			       json_object_get(table, "columns"))))
		return bi_error_set(err, BENCH_EINPUT,
				    "a cell without a column");
	rc = add_column(table, (size_t)column, out);
	if (rc == 0 && !json_is_array(samples))
		return add_result(json_object_get(cell, "center"), name, unit,
				  out, err);
	for (i = 0; rc == 0 && i < json_array_size(samples); i++)
		rc = add_result(json_array_get(samples, i), name, unit, out,
				err);
	return rc;
}

static int add_row(const json_t *table, const json_t *row, struct bi_buf *out,
		   struct bench_error *err)
{
	const json_t *cells = json_object_get(row, "cells");
	struct bi_slice name = bi_import_string(row, "name");
	size_t i;
	int rc = 0;

	if (name.text == NULL)
		return bi_error_set(err, BENCH_EINPUT, "a row without a name");
	for (i = 0; rc == 0 && i < json_array_size(cells); i++)
		rc = add_cell(table, name, json_array_get(cells, i), out, err);
	return rc;
}

static int add_table(const json_t *table, struct bi_buf *out,
		     struct bench_error *err)
{
	const json_t *rows = json_object_get(table, "rows");
	size_t i;
	int rc;

	if (bi_import_string(table, "unit").len == 0)
		return bi_error_set(err, BENCH_EINPUT,
				    "a table without a unit");
	rc = add_configuration(table, false, out);
	for (i = 0; rc == 0 && i < json_array_size(rows); i++)
		rc = add_row(table, json_array_get(rows, i), out, err);
	/* Each table has all of its own. */
	return rc < 0 ? rc : add_configuration(table, true, out);
}

int bi_import_table_json(const struct json_t *value, struct bi_buf *out,
			 struct bench_error *err)
{
	const json_t *list = json_object_get(value, "tables");
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < json_array_size(list); i++)
		rc = add_table(json_array_get(list, i), out, err);
	return rc;
}
