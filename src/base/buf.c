/* A growing string of bytes. */
#include "base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

/* Most texts here are one line; a first block that holds one avoids the small
 * steps of doubling from nothing. */
#define FIRST_CAP 128

int bi_buf_reserve(struct bi_buf *buf, size_t len)
{
	size_t need, cap;
	char *data;

	if (len > SIZE_MAX / 2 || buf->len > SIZE_MAX / 2 - len - 1)
		return BENCH_ENOMEM;
	need = buf->len + len + 1;
	if (need <= buf->cap)
		return 0;
	cap = buf->cap < FIRST_CAP ? FIRST_CAP : buf->cap;
	while (cap < need)
		cap *= 2;
	data = realloc(buf->data, cap);
	if (data == NULL)
		return BENCH_ENOMEM;
	data[buf->len] = '\0';
	buf->data = data;
	buf->cap = cap;
	return 0;
}

int bi_buf_add(struct bi_buf *buf, const void *data, size_t len)
{
	int rc = bi_buf_reserve(buf, len);

	if (rc < 0)
		return rc;
	if (len > 0)
		memcpy(buf->data + buf->len, data, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
	return 0;
}

int bi_buf_addc(struct bi_buf *buf, char c)
{
	return bi_buf_add(buf, &c, 1);
}

int bi_buf_adds(struct bi_buf *buf, const char *s)
{
	return bi_buf_add(buf, s, strlen(s));
}

int bi_buf_fill(struct bi_buf *buf, char c, size_t count)
{
	int rc = bi_buf_reserve(buf, count);

	if (rc < 0)
		return rc;
	memset(buf->data + buf->len, c, count);
	buf->len += count;
	buf->data[buf->len] = '\0';
	return 0;
}

int bi_buf_vaddf(struct bi_buf *buf, const char *fmt, va_list ap)
{
	va_list again;
	int n, rc;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		return BENCH_ENOMEM;
	rc = bi_buf_reserve(buf, (size_t)n);
	if (rc < 0)
		return rc;
	vsnprintf(buf->data + buf->len, (size_t)n + 1, fmt, ap);
	buf->len += (size_t)n;
	return 0;
}

int bi_buf_addf(struct bi_buf *buf, const char *fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = bi_buf_vaddf(buf, fmt, ap);
	va_end(ap);
	return rc;
}

const char *bi_buf_str(const struct bi_buf *buf)
{
	return buf->data == NULL ? "" : buf->data;
}

void bi_buf_reset(struct bi_buf *buf)
{
	buf->len = 0;
	if (buf->data != NULL)
		buf->data[0] = '\0';
}

char *bi_buf_detach(struct bi_buf *buf)
{
	char *data = buf->data;

	*buf = (struct bi_buf)BI_BUF_INIT;
	return data;
}

void bi_buf_release(struct bi_buf *buf)
{
	free(buf->data);
	*buf = (struct bi_buf)BI_BUF_INIT;
}
