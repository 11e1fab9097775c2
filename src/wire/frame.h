/* Messages on a byte stream: a 32-bit length, then that many bytes.
 *
 * Both ends run on one machine, so numbers travel in its own byte order. */
#ifndef BI_WIRE_FRAME_H
#define BI_WIRE_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* ---- Writing: begin, put the fields, send. ---- */

/* Each put appends and returns 0 or BENCH_ENOMEM. */
int bi_frame_begin(struct bi_buf *frame);
int bi_frame_put_i64(struct bi_buf *frame, int64_t value);
int bi_frame_put_f64(struct bi_buf *frame, double value);
int bi_frame_put_text(struct bi_buf *frame, const char *text, size_t len);

/* Fill in the length and write all of FRAME to FD.  BENCH_EIO when the other
 * side is gone (errno says how); never raises SIGPIPE on a socket. */
int bi_frame_send(int fd, struct bi_buf *frame);

/* ---- Reading ---- */

/* A stream being read.  Zero-initialise with the descriptor; release it. */
struct bi_frame_stream {
	int fd;
	struct bi_buf bytes;
	size_t taken; /* bytes that earlier frames used */
};

/* Read what is there, waiting if nothing is.  1 something came, 0 end of the
 * stream, negative: BENCH_EIO, BENCH_ENOMEM. */
int bi_frame_fill(struct bi_frame_stream *stream);

/* The fields of one frame, in the order in which they were put. */
struct bi_frame {
	const char *at;
	const char *end;
	bool bad; /* a field was not there; all later ones read as empty */
};

/* Take the next whole frame of what was read; valid until the next fill.  1 a
 * frame, 0 more must be read first, BENCH_EPROTO: not a frame. */
int bi_frame_next(struct bi_frame_stream *stream, struct bi_frame *frame);

int64_t bi_frame_get_i64(struct bi_frame *frame);
double bi_frame_get_f64(struct bi_frame *frame);
/* A NUL-terminated view into the frame; *LEN may be NULL. */
const char *bi_frame_get_text(struct bi_frame *frame, size_t *len);

void bi_frame_stream_release(struct bi_frame_stream *stream);

#endif
