/* The reader owns a head and a buffer, and reads every frame into them: once it
 * has seen the longest, it allocates no more. */
#include "buffer_reuse.h"

#include <stdlib.h>
#include <string.h>

struct frame_reader {
	struct frame_source source;
	size_t limit;
	enum frame_status status; /* of the last call */
	unsigned char *message;	  /* CAP bytes, or NULL */
	size_t cap;
	size_t len; /* of the frame that is lent; 0: none */

	/* Not in front of the message, where it would overwrite a frame that is
	 * still lent when this one turns out to be refused. */
	unsigned char head[FRAME_HEAD];
};

struct frame_reader *frame_reader_new(struct frame_source source, size_t limit)
{
	struct frame_reader *reader = calloc(1, sizeof(*reader));

	if (reader == NULL)
		return NULL;
	reader->source = source;
	reader->limit = limit;
	return reader;
}

void frame_reader_free(struct frame_reader *reader)
{
	if (reader == NULL)
		return;
	free(reader->message);
	free(reader);
}

/* Make room for a frame of LEN bytes.  The next longer frame is mostly a little
 * longer, so the buffer doubles; what is in it need not move. */
static enum frame_status make_room(struct frame_reader *reader, size_t len)
{
	size_t cap = reader->cap < reader->limit / 2 ? 2 * reader->cap
						     : reader->limit;
	unsigned char *message;

	if (len <= reader->cap)
		return FRAME_OK;
	if (cap < len)
		cap = len;
	message = malloc(cap);
	if (message == NULL)
		return FRAME_NO_MEMORY;
	free(reader->message);
	reader->message = message;
	reader->cap = cap;
	return FRAME_OK;
}

static enum frame_status read_frame(struct frame_reader *reader)
{
	enum frame_status status;
	size_t len;

	status = frame_read_head(&reader->source, reader->limit, reader->head,
				 &len);
	if (status != FRAME_OK)
		return status;
	status = make_room(reader, len);
	if (status != FRAME_OK)
		return status;
	reader->len = 0;
	memcpy(reader->message, reader->head, FRAME_HEAD);
	status = frame_read_rest(&reader->source, reader->message + FRAME_HEAD,
				 len - FRAME_HEAD);
	if (status == FRAME_OK)
		reader->len = len;
	return status;
}

enum frame_status frame_reader_next(struct frame_reader *reader,
				    struct frame *frame)
{
	if (reader->status == FRAME_OK)
		reader->status = read_frame(reader);
	if (reader->status == FRAME_OK)
		*frame = (struct frame){reader->message, reader->len};
	return reader->status;
}

unsigned char *frame_reader_keep(struct frame_reader *reader)
{
	unsigned char *kept;

	if (reader->len == 0)
		return NULL;
	kept = malloc(reader->len);
	if (kept == NULL)
		return NULL;
	memcpy(kept, reader->message, reader->len);
	reader->len = 0;
	return kept;
}
