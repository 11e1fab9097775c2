/* A table of texts, for whichever form it is printed in. */
#ifndef BI_CLI_BENCHAB_LINES_H
#define BI_CLI_BENCHAB_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Texts one after the other, COLUMNS to a line; the first line is the header.
 * Zero-initialise with the columns; release. */
struct lines {
	size_t columns;
	size_t left;        /* of words: aligned to the left, as column 0 is */
	struct bi_buf text; /* each with its NUL */
	size_t count;       /* of texts */
	bool open;          /* the last has none yet */
};

/* Add a text, which ends with the next add or lines_end. */
struct bi_buf *lines_add(struct lines *lines);

/* Fill up the present line with empty texts.  0 or BENCH_ENOMEM. */
int lines_end(struct lines *lines);

/* Append all lines: aligned, or as Markdown. */
int lines_print(struct lines *lines, bool markdown, struct bi_buf *out);

void lines_release(struct lines *lines);

#endif
