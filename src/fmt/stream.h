/* An input as benchmark format, whichever tool wrote it. */
#ifndef BI_FMT_STREAM_H
#define BI_FMT_STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "fmt/source.h"

struct bi_stream {
	struct bi_source source;
	struct bi_buf held; /* the first bytes, or all of an import */
	size_t next;        /* in HELD, that was not handed out */
	bool started;
	bool at_end; /* nothing comes behind HELD */
};

/* Open PATH: a file, BI_SOURCE_STDIN, or a folder of Criterion.rs.  On failure
 * ERR holds "open PATH: reason". */
int bi_stream_open(struct bi_stream *stream, const char *path,
		   struct bench_error *err);

/* A bi_read (fmt/reader.h) whose ARG is the struct bi_stream.  Benchmark format
 * passes through as it comes; anything else is read as a whole by the first
 * call. */
int bi_stream_read(void *arg, char *buf, size_t cap, size_t *len,
		   struct bench_error *err);

void bi_stream_close(struct bi_stream *stream);

#endif
