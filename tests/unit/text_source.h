/* A bi_read (fmt/reader.h) that reads from a string, STEP bytes at a time. */
#ifndef TESTS_UNIT_TEXT_SOURCE_H
#define TESTS_UNIT_TEXT_SOURCE_H

#include <string.h>

#include "base/error.h"

struct text_source {
	const char *text;
	size_t len;
	size_t step; /* 0: as much as there is room for */
	size_t fail_at; /* fail when this much was read; 0: never */
	size_t at;
};

static inline struct text_source text_source(const char *text)
{
	return (struct text_source){text, strlen(text), 0, 0, 0};
}

static inline int text_source_read(void *arg, char *buf, size_t cap,
				   size_t *len, struct bench_error *err)
{
	struct text_source *source = arg;
	size_t n = source->len - source->at;

	if (source->fail_at > 0 && source->at >= source->fail_at)
		return bi_error_set(err, BENCH_EIO, "read x: broken");
	if (n > cap)
		n = cap;
	if (source->step > 0 && n > source->step)
		n = source->step;
	memcpy(buf, source->text + source->at, n);
	source->at += n;
	*len = n;
	return 0;
}

#endif
