/* The query of a URL. */
#include "profile/query.h"

#include <string.h>

#include <benchkit/error.h>

#include "base/integer.h"

/* Append LEN bytes at TEXT, decoded.  1, 0 if they are malformed, or
 * BENCH_ENOMEM. */
static int decode(const char *text, size_t len, struct bi_buf *out)
{
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < len; i++) {
		int high, low;

		if (text[i] != '%') {
			rc = bi_buf_addc(out, text[i] == '+' ? ' ' : text[i]);
			continue;
		}
		if (len - i < 3)
			return 0;
		high = bi_integer_digit(text[i + 1]);
		low = bi_integer_digit(text[i + 2]);
		if (high < 0 || low < 0)
			return 0;
		rc = bi_buf_addc(out, (char)(high * 16 + low));
		i += 2;
	}
	return rc < 0 ? rc : 1;
}

/* Is LEN bytes at PAIR "KEY=value"?  Then append the value; returns as
 * bi_query_find. */
static int match(const char *pair, size_t len, const char *key,
		 struct bi_buf *out)
{
	const char *equals = memchr(pair, '=', len);
	size_t name = equals == NULL ? len : (size_t)(equals - pair);
	size_t value = equals == NULL ? len : name + 1;
	int rc;

	if (memchr(pair, ';', len) != NULL)
		return 0;
	rc = decode(pair, name, out);
	if (rc <= 0 || out->len != strlen(key) ||
	    memcmp(bi_buf_str(out), key, out->len) != 0)
		return rc < 0 ? rc : 0;
	bi_buf_reset(out);
	return decode(pair + value, len - value, out);
}

int bi_query_find(const char *query, const char *key, struct bi_buf *out)
{
	struct bi_buf value = BI_BUF_INIT;
	int rc = 0;

	while (rc == 0 && query != NULL && *query != '\0') {
		size_t len = strcspn(query, "&");

		bi_buf_reset(&value);
		rc = match(query, len, key, &value);
		query += len;
		query += *query == '&';
	}
	if (rc == 1 && bi_buf_add(out, bi_buf_str(&value), value.len) < 0)
		rc = BENCH_ENOMEM;
	bi_buf_release(&value);
	return rc;
}

int bi_query_integer(const char *query, const char *key, int64_t *out)
{
	struct bi_buf value = BI_BUF_INIT;
	int rc = bi_query_find(query, key, &value);

	if (rc == 1 && value.len == 0)
		rc = 0;
	if (rc == 1) {
		rc = bi_integer_parse(value.data, value.len, out);
		if (rc == BENCH_ERANGE)
			*out = value.data[0] == '-' ? INT64_MIN : INT64_MAX;
		rc = rc == 0 ? 1 : rc;
	}
	bi_buf_release(&value);
	return rc;
}
