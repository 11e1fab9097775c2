/* Where frames come from: bytes, in portions of any size, with an end. */
#ifndef FRAME_SOURCE_H
#define FRAME_SOURCE_H

#include <stddef.h>
#include <sys/types.h>

enum { FRAME_HEAD = 16 };

enum frame_status {
	FRAME_OK,
	FRAME_END,	 /* no further frame */
	FRAME_TRUNCATED, /* the end is inside of a frame */
	FRAME_TOO_SHORT, /* the length is less than that of the head */
	FRAME_TOO_LONG,	 /* the length is more than the reader's limit */
	FRAME_GONE,	 /* reading failed, with errno: the peer is gone */
	FRAME_NO_MEMORY,
};

/* For people. */
const char *frame_status_text(enum frame_status status);

/* READ is called with FROM, and is like read(2): as many bytes as there are, at
 * most LEN, into BUFFER; 0 at the end; -1 with errno. */
struct frame_source {
	ssize_t (*read)(void *from, void *buffer, size_t len);
	void *from;
};

/* A READ whose FROM points to a file descriptor, of a pipe, socket or file that
 * blocks. */
ssize_t frame_read_fd(void *fd, void *buffer, size_t len);

/* A READ whose FROM points to this: LEN bytes, of which AT were read. */
struct frame_memory {
	const unsigned char *bytes;
	size_t len;
	size_t at;
};

ssize_t frame_read_memory(void *memory, void *buffer, size_t len);

/* Read a head, and from it the length of the frame, which must be one of a
 * frame and at most LIMIT. */
enum frame_status frame_read_head(const struct frame_source *source,
				  size_t limit, unsigned char *head,
				  size_t *len);

/* Read the LEN bytes that must follow. */
enum frame_status frame_read_rest(const struct frame_source *source,
				  unsigned char *bytes, size_t len);

#endif
