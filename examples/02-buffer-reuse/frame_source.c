/* What every reader of frames does: read exactly so many bytes, and find out
 * how many there must be. */
#include "frame_source.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

const char *frame_status_text(enum frame_status status)
{
	switch (status) {
	case FRAME_OK:
		return "no error";
	case FRAME_END:
		return "no further frame";
	case FRAME_TRUNCATED:
		return "the stream ends inside of a frame";
	case FRAME_TOO_SHORT:
		return "a frame says that it is shorter than its head";
	case FRAME_TOO_LONG:
		return "a frame is longer than allowed";
	case FRAME_GONE:
		return "the peer is gone";
	case FRAME_NO_MEMORY:
		return "out of memory";
	}
	return "not a status";
}

ssize_t frame_read_fd(void *fd, void *buffer, size_t len)
{
	ssize_t n;

	do
		n = read(*(const int *)fd, buffer, len);
	while (n < 0 && errno == EINTR);
	return n;
}

ssize_t frame_read_memory(void *from, void *buffer, size_t len)
{
	struct frame_memory *memory = from;

	if (len > memory->len - memory->at)
		len = memory->len - memory->at;
	memcpy(buffer, memory->bytes + memory->at, len);
	memory->at += len;
	return (ssize_t)len;
}

/* FRAME_END if there is not even one byte. */
static enum frame_status read_all(const struct frame_source *source,
				  unsigned char *bytes, size_t len)
{
	size_t done = 0;
	ssize_t n;

	while (done < len) {
		n = source->read(source->from, bytes + done, len - done);
		if (n < 0)
			return FRAME_GONE;
		if (n == 0)
			return done == 0 ? FRAME_END : FRAME_TRUNCATED;
		done += (size_t)n;
	}
	return FRAME_OK;
}

enum frame_status frame_read_head(const struct frame_source *source,
				  size_t limit, unsigned char *head,
				  size_t *len)
{
	enum frame_status status = read_all(source, head, FRAME_HEAD);

	if (status != FRAME_OK)
		return status;
	*len = (uint32_t)head[4] << 24 | (uint32_t)head[5] << 16 |
	       (uint32_t)head[6] << 8 | (uint32_t)head[7];
	if (*len < FRAME_HEAD)
		return FRAME_TOO_SHORT;
	return *len > limit ? FRAME_TOO_LONG : FRAME_OK;
}

enum frame_status frame_read_rest(const struct frame_source *source,
				  unsigned char *bytes, size_t len)
{
	enum frame_status status = read_all(source, bytes, len);

	return status == FRAME_END ? FRAME_TRUNCATED : status;
}
