/* An input as benchmark format.  Its first bytes decide. */
#include "fmt/stream.h"

#include <stdint.h>
#include <string.h>

#include "fmt/folder.h"
#include "fmt/import.h"

/* Imports are read in pieces of this size. */
#define PIECE ((size_t)64 * 1024)

/* Read from SOURCE into OUT, until it has MOST bytes or the end comes, which is
 * told in *AT_END. */
static int fill(struct bi_source *source, size_t most, struct bi_buf *out,
		bool *at_end, struct bench_error *err)
{
	int rc = 0;

	*at_end = false;
	while (!*at_end && out->len < most) {
		size_t piece = most - out->len, len = 0;

		if (piece > PIECE)
			piece = PIECE;
		if (bi_buf_reserve(out, piece) < 0)
			return bi_error_nomem(err);
		rc = bi_source_read(source, out->data + out->len, piece, &len,
				    err);
		if (rc < 0)
			break;
		out->len += len;
		out->data[out->len] = '\0';
		*at_end = len == 0;
	}
	return rc;
}

/* Returns 1 with the results of a folder, 0 if the input is none. */
static int start_folder(struct bi_stream *stream, struct bench_error *err)
{
	int rc = bi_folder_import(&stream->source, &stream->held, err);

	if (rc == 1)
		stream->at_end = true;
	return rc;
}

/* Whether the JSON that begins in HELD is the file of a folder that tells more
 * about it. */
static bool is_sample(const struct bi_stream *stream)
{
	const char *slash = strrchr(stream->source.path, '/');
	const char *name = slash != NULL ? slash + 1 : stream->source.path;

	return strcmp(name, "sample.json") == 0 &&
	       memmem(bi_buf_str(&stream->held), stream->held.len, "\"iters\"",
		      strlen("\"iters\"")) != NULL;
}

/* The results of the folder that the input is a file of. */
static int start_sample(struct bi_stream *stream, struct bench_error *err)
{
	const char *path = stream->source.path;
	struct bi_buf above = BI_BUF_INIT;
	struct bi_source folder;
	/* Less "sample.json". */
	int rc = bi_buf_addf(&above, "./%.*s",
			     (int)(strlen(path) - strlen("sample.json")), path);

	if (rc < 0)
		return bi_error_nomem(err);
	rc = bi_source_open(&folder, *path == '/' ? above.data + 2 : above.data,
			    err);
	bi_buf_reset(&stream->held);
	if (rc == 0) {
		rc = bi_folder_import(&folder, &stream->held, err);
		bi_source_close(&folder);
	}
	stream->at_end = true;
	bi_buf_release(&above);
	return rc < 0 ? rc : 0;
}

static int start_file(struct bi_stream *stream, struct bench_error *err)
{
	struct bi_buf raw = BI_BUF_INIT;
	enum bi_import_kind kind;
	int rc = fill(&stream->source, BI_IMPORT_PEEK, &stream->held,
		      &stream->at_end, err);

	if (rc < 0)
		return rc;
	kind = bi_import_recognize(bi_buf_str(&stream->held),
				   stream->held.len);
	if (kind == BI_IMPORT_NONE)
		return 0;
	if (kind == BI_IMPORT_JSON && is_sample(stream))
		return start_sample(stream, err);
	raw = stream->held;
	stream->held = (struct bi_buf)BI_BUF_INIT;
	if (!stream->at_end)
		rc = fill(&stream->source, SIZE_MAX, &raw, &stream->at_end,
			  err);
	if (rc == 0)
		rc = bi_import(kind, raw.data, raw.len, &stream->held, err);
	bi_buf_release(&raw);
	return rc;
}

int bi_stream_open(struct bi_stream *stream, const char *path,
		   struct bench_error *err)
{
	*stream = (struct bi_stream){.started = false};
	return bi_source_open(&stream->source, path, err);
}

int bi_stream_read(void *arg, char *buf, size_t cap, size_t *len,
		   struct bench_error *err)
{
	struct bi_stream *stream = arg;
	size_t left;
	int rc;

	if (!stream->started) {
		stream->started = true;
		rc = start_folder(stream, err);
		if (rc == 0)
			rc = start_file(stream, err);
		if (rc < 0)
			return rc;
	}
	left = stream->held.len - stream->next;
	if (left == 0 && !stream->at_end)
		return bi_source_read(&stream->source, buf, cap, len, err);
	*len = left < cap ? left : cap;
	if (*len > 0)
		memcpy(buf, stream->held.data + stream->next, *len);
	stream->next += *len;
	return 0;
}

void bi_stream_close(struct bi_stream *stream)
{
	bi_source_close(&stream->source);
	bi_buf_release(&stream->held);
}
