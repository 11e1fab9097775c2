/* Frames from a stream of bytes.
 *
 *	struct frame_reader *reader = frame_reader_new(
 *		(struct frame_source){frame_read_fd, &fd}, 1 << 20);
 *	struct frame frame;
 *	enum frame_status status;
 *
 *	if (reader == NULL)
 *		goto out_of_memory;
 *	while ((status = frame_reader_next(reader, &frame)) == FRAME_OK)
 *		answer(frame.bytes + FRAME_HEAD, frame.len - FRAME_HEAD);
 *	if (status != FRAME_END)
 *		complain(frame_status_text(status));
 *	frame_reader_free(reader);
 *
 * A frame is a head of 16 bytes and what follows it.  Bytes 4 to 7 of the head
 * are the length of both together, the most significant byte first; the others
 * are the user's.
 *
 * before.c and after.c implement the frame_reader functions: link one, and
 * frame_source.c.  A reader belongs to one thread at a time. */
#ifndef BUFFER_REUSE_H
#define BUFFER_REUSE_H

#include <stddef.h>

#include "frame_source.h"

struct frame_reader;

/* A frame with its head, lent by the reader until the next call on it. */
struct frame {
	const unsigned char *bytes;
	size_t len;
};

/* A reader of frames of at most LIMIT bytes, or NULL if there is no memory.
 * What SOURCE reads from must outlive the reader, and stays the caller's. */
struct frame_reader *frame_reader_new(struct frame_source source, size_t limit);

/* NULL is allowed. */
void frame_reader_free(struct frame_reader *reader);

/* Read the next frame into *FRAME.  Never takes a byte from the source that
 * does not belong to it.  Anything but FRAME_OK leaves *FRAME alone, and later
 * calls return the same, for the stream is out of step; unless it is
 * FRAME_TRUNCATED or FRAME_GONE, the frame before is still lent. */
enum frame_status frame_reader_next(struct frame_reader *reader,
				    struct frame *frame);

/* The frame that is lent, in memory that the caller frees; it is lent no more.
 * NULL if there is no memory, or no frame: what was lent then still is. */
unsigned char *frame_reader_keep(struct frame_reader *reader);

#endif
