/* Messages on a byte stream: a 32-bit length, then that many bytes. */
#include "wire/frame.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"

/* The largest message is a benchmark's log; a length beyond this is a stream
 * out of step, not a message to wait for. */
#define MOST_BYTES (256u << 20)

#define READ_BYTES 65536

int bi_frame_begin(struct bi_buf *frame)
{
	uint32_t length = 0;

	bi_buf_reset(frame);
	return bi_buf_add(frame, &length, sizeof(length));
}

int bi_frame_put_i64(struct bi_buf *frame, int64_t value)
{
	return bi_buf_add(frame, &value, sizeof(value));
}

int bi_frame_put_f64(struct bi_buf *frame, double value)
{
	return bi_buf_add(frame, &value, sizeof(value));
}

int bi_frame_put_text(struct bi_buf *frame, const char *text, size_t len)
{
	int rc = bi_frame_put_i64(frame, (int64_t)len);

	if (rc == 0)
		rc = bi_buf_add(frame, text, len);
	/* The NUL travels too, so that the reader needs no copy. */
	if (rc == 0)
		rc = bi_buf_addc(frame, '\0');
	return rc;
}

int bi_frame_send(int fd, struct bi_buf *frame)
{
	uint32_t length = (uint32_t)(frame->len - sizeof(length));
	size_t sent = 0;

	if (frame->len - sizeof(length) > MOST_BYTES)
		return BENCH_ERANGE;
	memcpy(frame->data, &length, sizeof(length));
	while (sent < frame->len) {
		ssize_t n = send(fd, frame->data + sent, frame->len - sent,
				 MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return BENCH_EIO;
		sent += (size_t)n;
	}
	return 0;
}

int bi_frame_fill(struct bi_frame_stream *stream)
{
	struct bi_buf *bytes = &stream->bytes;
	ssize_t n;

	if (stream->taken > 0) {
		bytes->len -= stream->taken;
		memmove(bytes->data, bytes->data + stream->taken, bytes->len);
		stream->taken = 0;
	}
	if (bi_buf_reserve(bytes, READ_BYTES) < 0)
		return BENCH_ENOMEM;
	do
		n = read(stream->fd, bytes->data + bytes->len, READ_BYTES);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return errno == ECONNRESET ? 0 : BENCH_EIO;
	bytes->len += (size_t)n;
	return n > 0;
}

int bi_frame_next(struct bi_frame_stream *stream, struct bi_frame *frame)
{
	size_t have = stream->bytes.len - stream->taken;
	const char *start;
	uint32_t length;

	if (have < sizeof(length))
		return 0;
	start = stream->bytes.data + stream->taken;
	memcpy(&length, start, sizeof(length));
	if (length > MOST_BYTES)
		return BENCH_EPROTO;
	if (have - sizeof(length) < length)
		return 0;
	*frame = (struct bi_frame){start + sizeof(length),
				   start + sizeof(length) + length, false};
	stream->taken += sizeof(length) + length;
	return 1;
}

static bool take(struct bi_frame *frame, void *out, size_t size)
{
	if (frame->bad || (size_t)(frame->end - frame->at) < size) {
		frame->bad = true;
		return false;
	}
	memcpy(out, frame->at, size);
	frame->at += size;
	return true;
}

int64_t bi_frame_get_i64(struct bi_frame *frame)
{
	int64_t value;

	return take(frame, &value, sizeof(value)) ? value : 0;
}

double bi_frame_get_f64(struct bi_frame *frame)
{
	double value;

	return take(frame, &value, sizeof(value)) ? value : 0;
}

const char *bi_frame_get_text(struct bi_frame *frame, size_t *len)
{
	int64_t length = bi_frame_get_i64(frame);
	const char *text = frame->at;

	if (length < 0 || length >= frame->end - frame->at ||
	    text[length] != '\0') {
		frame->bad = true;
		length = 0;
		text = "";
	} else {
		frame->at += length + 1;
	}
	if (len != NULL)
		*len = (size_t)length;
	return text;
}

void bi_frame_stream_release(struct bi_frame_stream *stream)
{
	bi_buf_release(&stream->bytes);
	stream->taken = 0;
}
