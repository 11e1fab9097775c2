/* Every frame has memory of its own: a head to learn its length from, and then
 * as much as it needs. */
#include "buffer_reuse.h"

#include <stdlib.h>
#include <string.h>

struct frame_reader {
	struct frame_source source;
	size_t limit;
	enum frame_status status; /* of the last call */
	unsigned char *message;	  /* the frame that is lent, or NULL */
	size_t len;		  /* of it */
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

static enum frame_status read_frame(struct frame_reader *reader)
{
	unsigned char *head = malloc(FRAME_HEAD);
	unsigned char *message = NULL;
	enum frame_status status = FRAME_NO_MEMORY;
	size_t len;

	if (head == NULL)
		goto out;
	status = frame_read_head(&reader->source, reader->limit, head, &len);
	if (status != FRAME_OK)
		goto out;
	message = malloc(len);
	if (message == NULL) {
		status = FRAME_NO_MEMORY;
		goto out;
	}
	free(reader->message);
	reader->message = NULL;
	memcpy(message, head, FRAME_HEAD);
	status = frame_read_rest(&reader->source, message + FRAME_HEAD,
				 len - FRAME_HEAD);
	if (status != FRAME_OK)
		goto out;
	reader->message = message;
	reader->len = len;
	message = NULL; /* handed over */
out:
	free(message);
	free(head);
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
	unsigned char *message = reader->message;

	reader->message = NULL;
	return message;
}
