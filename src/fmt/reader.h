/* The benchmark format, line by line.  FORMAT.md says what a line may be. */
#ifndef BI_FMT_READER_H
#define BI_FMT_READER_H

#include <stddef.h>

#include "base/error.h"
#include "base/intern.h"
#include "base/slice.h"
#include "fmt/record.h"

struct bi_reader;

/* Where a reader's bytes come from: put up to CAP (> 0) of them into BUF and
 * their number into *LEN, 0 at the end.  A negative result ends the reading. */
typedef int bi_read(void *arg, char *buf, size_t cap, size_t *len,
		    struct bench_error *err);

enum bi_item_kind {
	BI_ITEM_RESULT,   /* .record */
	BI_ITEM_METADATA, /* .metadata: one "key=value" of a Unit line */
	BI_ITEM_ERROR     /* .text: what is wrong with the line */
};

struct bi_metadata_item {
	const struct bi_string *unit;    /* tidy */
	const struct bi_string *written; /* as the line has it */
	const struct bi_string *key;
	const struct bi_string *value;
};

struct bi_item {
	enum bi_item_kind kind;
	size_t line;	     /* of the input, from 1 */
	struct bi_slice raw; /* that line; lives until the next call */
	struct bi_record record;
	struct bi_metadata_item metadata;
	const char *text;
};

/* A reader whose strings go to POOL, which outlives it.  LABEL ("" for none)
 * becomes the configuration's ".file".  NULL when there is no memory. */
struct bi_reader *bi_reader_new(struct bi_intern *pool, const char *label,
				bi_read *read, void *arg);

/* The next item: 1 with *ITEM (its record's values live until the next call),
 * 0 at the end, negative if reading failed.  An error carries the number of the
 * last line that was read, unless READ has set one. */
int bi_reader_next(struct bi_reader *reader, struct bi_item *item,
		   struct bench_error *err);

void bi_reader_free(struct bi_reader *reader);

#endif
