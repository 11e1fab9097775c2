/* A stream of bytes as lines. */
#ifndef BI_FMT_LINES_H
#define BI_FMT_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "fmt/reader.h"

struct bi_lines {
	bi_read *read;
	void *arg;
	char *data;
	size_t cap;
	size_t begin; /* of what was not handed out yet */
	size_t end;
	size_t number; /* of the last line, from 1; 0 before the first */
	bool at_end;
	bool started;
};

/* All other members 0. */
#define BI_LINES_INIT(read, arg) {read, arg, NULL, 0, 0, 0, 0, false, false}

struct bi_line {
	const char *text;
	const char *end; /* without the newline and one '\r' before it */
};

/* The next line: 1 with *LINE, valid until the next call; 0 at the end;
 * negative on failure.  A byte-order mark is skipped; UTF-16 is refused. */
int bi_lines_next(struct bi_lines *lines, struct bi_line *line,
		  struct bench_error *err);

void bi_lines_release(struct bi_lines *lines);

#endif
