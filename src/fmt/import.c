/* Which tool an input comes from, by its first bytes. */
#include "fmt/import.h"

#include <stdbool.h>
#include <string.h>

#include "base/slice.h"
#include "fmt/import_csv.h"
#include "fmt/import_json.h"

#define BOM "\xef\xbb\xbf"

static bool starts_with(struct bi_slice text, const char *start)
{
	size_t len = strlen(start);

	return text.len >= len && memcmp(text.text, start, len) == 0;
}

/* The first line of *REST, without its end; *REST moves behind it. */
static struct bi_slice next_line(struct bi_slice *rest)
{
	const char *newline = memchr(rest->text, '\n', rest->len);
	struct bi_slice line = {rest->text, rest->len};

	if (newline != NULL)
		line.len = (size_t)(newline - rest->text);
	rest->text += line.len + (newline != NULL);
	rest->len -= line.len + (newline != NULL);
	if (line.len > 0 && line.text[line.len - 1] == '\r')
		line.len--;
	return line;
}

/* "name,iterations,...", and any counters behind. */
static bool is_google_header(struct bi_slice line)
{
	static const char header[] =
		"name,iterations,real_time,cpu_time,time_unit,bytes_per_second,"
		"items_per_second,label,error_occurred,error_message";
	size_t len = sizeof(header) - 1;

	return starts_with(line, header) &&
	       (line.len == len || line.text[len] == ',');
}

/* Move *LINE behind ",FIELD"; whether it begins so. */
static bool skip_field(struct bi_slice *line, struct bi_slice field)
{
	size_t len = field.len + 1;

	if (line->len < len || *line->text != ',' ||
	    memcmp(line->text + 1, field.text, field.len) != 0 ||
	    (line->len > len && line->text[len] != ','))
		return false;
	line->text += len;
	line->len -= len;
	return true;
}

/* What may stand behind the interval of a column, as asked for. */
static const char *const table_fields[] = {"vs base", "P",  "effect",
					   "low",     "high", "Qn",
					   "outliers", "lag 1"};

static bool skip_table_field(struct bi_slice *line)
{
	size_t i;

	for (i = 0; i < sizeof(table_fields) / sizeof(table_fields[0]); i++) {
		const char *field = table_fields[i];

		if (skip_field(line, (struct bi_slice){field, strlen(field)}))
			return true;
	}
	return false;
}

/* Move *LINE behind ",UNIT,CI"; whether it begins so. */
static bool skip_center(struct bi_slice *line, struct bi_slice unit)
{
	struct bi_slice rest = *line;

	if (!skip_field(&rest, unit) ||
	    !skip_field(&rest, (struct bi_slice){"CI", 2}))
		return false;
	*line = rest;
	return true;
}

/* ",UNIT,CI" for each column, and other fields behind. */
static bool is_table_header(struct bi_slice line)
{
	struct bi_slice unit;
	const char *comma;

	if (!starts_with(line, ","))
		return false;
	comma = memchr(line.text + 1, ',', line.len - 1);
	if (comma == NULL || comma == line.text + 1)
		return false;
	unit.text = line.text + 1;
	unit.len = (size_t)(comma - unit.text);
	if (!skip_center(&line, unit))
		return false;
	while (line.len > 0) {
		if (!skip_center(&line, unit) && !skip_table_field(&line))
			return false;
	}
	return true;
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

enum bi_import_kind bi_import_recognize(const char *data, size_t len)
{
	struct bi_slice rest = {data, len};
	size_t i;

	if (starts_with(rest, BOM)) {
		rest.text += strlen(BOM);
		rest.len -= strlen(BOM);
	}
	for (i = 0; i < rest.len && is_blank(rest.text[i]); i++)
		;
	if (i < rest.len && (rest.text[i] == '{' || rest.text[i] == '['))
		return BI_IMPORT_JSON;
	/* Above the header there may be the configuration. */
	while (rest.len > 0) {
		struct bi_slice line = next_line(&rest);

		if (starts_with(line, "Benchmark"))
			break;
		if (is_google_header(line))
			return BI_IMPORT_GOOGLE_CSV;
		if (is_table_header(line))
			return BI_IMPORT_TABLE_CSV;
	}
	return BI_IMPORT_NONE;
}

int bi_import(enum bi_import_kind kind, char *data, size_t len,
	      struct bi_buf *out, struct bench_error *err)
{
	struct bi_slice text = {data, len};

	if (starts_with(text, BOM)) {
		data += strlen(BOM);
		len -= strlen(BOM);
	}
	switch (kind) {
	case BI_IMPORT_NONE:
		return bi_buf_add(out, data, len) < 0 ? bi_error_nomem(err) : 0;
	case BI_IMPORT_JSON:
		return bi_import_json(data, len, out, err);
	case BI_IMPORT_GOOGLE_CSV:
		return bi_import_google_csv(data, len, out, err);
	case BI_IMPORT_TABLE_CSV:
		return bi_import_table_csv(data, len, out, err);
	}
	return 0;
}
