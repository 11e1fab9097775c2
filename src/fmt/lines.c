/* A stream of bytes as lines, cut out of big blocks.  A line may be as long as
 * memory allows: the block grows until it fits. */
#include "fmt/lines.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Large enough that system calls do not count, small enough for the cache. */
#define BLOCK ((size_t)256 * 1024)

/* The longest mark that the start is checked for. */
#define MARK 3

/* Make room behind the bytes that are left and read more of them. */
static int fill(struct bi_lines *lines, struct bench_error *err)
{
	size_t left = lines->end - lines->begin, len = 0;
	int rc;

	if (lines->begin > 0) {
		memmove(lines->data, lines->data + lines->begin, left);
		lines->begin = 0;
		lines->end = left;
	}
	if (left == lines->cap) {
		size_t cap = lines->cap == 0 ? BLOCK : lines->cap * 2;
		char *data;

		if (lines->cap > SIZE_MAX / 2)
			return bi_error_nomem(err);
		data = realloc(lines->data, cap);
		if (data == NULL)
			return bi_error_nomem(err);
		lines->data = data;
		lines->cap = cap;
	}
	rc = lines->read(lines->arg, lines->data + left, lines->cap - left,
			 &len, err);
	if (rc < 0)
		return rc;
	lines->end += len;
	lines->at_end = len == 0;
	return 0;
}

/* Look at the first bytes: skip UTF-8's mark, refuse UTF-16's. */
static int start(struct bi_lines *lines, struct bench_error *err)
{
	size_t have;
	int rc;

	lines->started = true;
	while (lines->end < MARK && !lines->at_end) {
		rc = fill(lines, err);
		if (rc < 0)
			return rc;
	}
	have = lines->end;
	if (have >= 2 && (memcmp(lines->data, "\xff\xfe", 2) == 0 ||
			  memcmp(lines->data, "\xfe\xff", 2) == 0))
		return bi_error_set(err, BENCH_EINPUT,
				    "UTF-16 text; convert it to UTF-8");
	if (have >= MARK && memcmp(lines->data, "\xef\xbb\xbf", MARK) == 0)
		lines->begin = MARK;
	return 0;
}

int bi_lines_next(struct bi_lines *lines, struct bi_line *line,
		  struct bench_error *err)
{
	size_t searched = 0;
	char *newline = NULL;
	int rc;

	if (!lines->started) {
		rc = start(lines, err);
		if (rc < 0)
			return rc;
	}
	for (;;) {
		size_t left = lines->end - lines->begin;

		if (left > searched)
			newline = memchr(lines->data + lines->begin + searched,
					 '\n', left - searched);
		if (newline != NULL || lines->at_end)
			break;
		searched = left;
		rc = fill(lines, err);
		if (rc < 0)
			return rc;
	}
	if (lines->begin == lines->end)
		return 0;
	line->text = lines->data + lines->begin;
	line->end = newline != NULL ? newline : lines->data + lines->end;
	lines->begin = (size_t)(line->end - lines->data) + (newline != NULL);
	if (line->end > line->text && line->end[-1] == '\r')
		line->end--;
	lines->number++;
	return 1;
}

void bi_lines_release(struct bi_lines *lines)
{
	free(lines->data);
	lines->data = NULL;
}
