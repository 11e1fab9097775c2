/* A growing string of bytes. */
#ifndef BI_BASE_BUF_H
#define BI_BASE_BUF_H

#include <benchkit/version.h>
#include <stdarg.h>
#include <stddef.h>

/* LEN bytes at DATA, always followed by a NUL once anything was added; DATA is
 * NULL while nothing was.  BI_BUF_INIT (all zero) is an empty one. */
struct bi_buf {
	char *data;
	size_t len;
	size_t cap;
};

#define BI_BUF_INIT {NULL, 0, 0}

/* Each of these appends and returns 0, or BENCH_ENOMEM with BUF unchanged. */
int bi_buf_add(struct bi_buf *buf, const void *data, size_t len);
int bi_buf_addc(struct bi_buf *buf, char c);
int bi_buf_adds(struct bi_buf *buf, const char *s);
int bi_buf_fill(struct bi_buf *buf, char c, size_t count);
int bi_buf_addf(struct bi_buf *buf, const char *fmt, ...) BENCH_PRINTF(2, 3);
int bi_buf_vaddf(struct bi_buf *buf, const char *fmt, va_list ap)
	BENCH_PRINTF(2, 0);

/* Make room for LEN more bytes, so that adding them cannot fail. */
int bi_buf_reserve(struct bi_buf *buf, size_t len);

/* The bytes as a string: "" when nothing was added.  Valid until the next call
 * on BUF. */
const char *bi_buf_str(const struct bi_buf *buf);

/* Forget the bytes, keep the memory. */
void bi_buf_reset(struct bi_buf *buf);

/* Hand the memory to the caller, who frees it; BUF becomes empty.  NULL if
 * nothing was ever added. */
char *bi_buf_detach(struct bi_buf *buf);

void bi_buf_release(struct bi_buf *buf);

#endif
