/* CSV records for the imports: RFC 4180, lines ending in "\n" or "\r\n". */
#include "fmt/import_csv.h"

#include <csv.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The record being read. */
struct record {
	struct bi_buf text; /* of all its fields */
	size_t *end;        /* of each field in TEXT */
	struct bi_slice *field;
	size_t count;
	size_t cap;
	size_t line;
	bi_csv_take *take;
	void *arg;
	struct bench_error *err;
	int rc; /* the first failure; nothing is done behind it */
};

static int grow(struct record *record)
{
	size_t cap = record->cap * 2 + 16, *end;
	struct bi_slice *field;

	if (cap > SIZE_MAX / sizeof(*field))
		return BENCH_ENOMEM;
	end = realloc(record->end, cap * sizeof(*end));
	if (end == NULL)
		return BENCH_ENOMEM;
	record->end = end;
	field = realloc(record->field, cap * sizeof(*field));
	if (field == NULL)
		return BENCH_ENOMEM;
	record->field = field;
	record->cap = cap;
	return 0;
}

static void on_field(void *text, size_t len, void *arg)
{
	struct record *record = arg;

	if (record->rc == 0 && record->count == record->cap)
		record->rc = grow(record);
	if (record->rc == 0)
		record->rc = bi_buf_add(&record->text, text, len);
	if (record->rc == 0)
		record->end[record->count++] = record->text.len;
}

static void on_record(int newline, void *arg)
{
	struct record *record = arg;
	const char *text = bi_buf_str(&record->text);
	size_t i, begin = 0;

	(void)newline;
	if (record->rc < 0)
		return;
	for (i = 0; i < record->count; i++) {
		record->field[i] = (struct bi_slice){text + begin,
						     record->end[i] - begin};
		begin = record->end[i];
	}
	record->rc = record->take(record->arg, record->field, record->count,
				  record->err);
	record->count = 0;
	bi_buf_reset(&record->text);
}

/* Of a line's end only "\n" counts; a "\r" before it is trimmed like the
 * blanks that other CSV has around fields, which here are part of them. */
static int is_end(unsigned char c)
{
	return c == '\n';
}

static int is_trimmed(unsigned char c)
{
	return c == '\r';
}

/* The failure of PARSER, or of what took a record. */
static int check(struct csv_parser *parser, const struct record *record)
{
	if (record->rc < 0)
		return record->rc;
	switch (csv_error(parser)) {
	case CSV_SUCCESS:
		return 0;
	case CSV_EPARSE:
		return bi_error_set(record->err, BENCH_EINPUT,
				    "invalid CSV: misplaced quote");
	}
	return BENCH_ENOMEM;
}

/* Give the parser line by line, so that failures have a number. */
static int parse(struct csv_parser *parser, const char *data, size_t len,
		 struct record *record)
{
	int rc = 0;

	while (rc == 0 && len > 0) {
		const char *newline = memchr(data, '\n', len);
		size_t size = newline == NULL ? len
					      : (size_t)(newline - data) + 1;

		record->line++;
		csv_parse(parser, data, size, on_field, on_record, record);
		rc = check(parser, record);
		data += size;
		len -= size;
	}
	if (rc == 0) {
		csv_fini(parser, on_field, on_record, record);
		rc = check(parser, record);
	}
	return rc;
}

int bi_csv_read(const char *data, size_t len, bi_csv_take *take, void *arg,
		struct bench_error *err)
{
	struct record record = {.take = take, .arg = arg, .err = err};
	struct csv_parser parser;
	int rc;

	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) !=
	    0)
		return bi_error_nomem(err);
	csv_set_space_func(&parser, is_trimmed);
	csv_set_term_func(&parser, is_end);
	rc = parse(&parser, data, len, &record);
	if (rc == BENCH_ENOMEM)
		bi_error_nomem(err);
	if (rc < 0 && err != NULL)
		err->line = record.line < INT_MAX ? (int)record.line : INT_MAX;
	csv_free(&parser);
	bi_buf_release(&record.text);
	free(record.end);
	free(record.field);
	return rc;
}
