/* Bytes that belong to somebody else. */
#ifndef BI_BASE_SLICE_H
#define BI_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* LEN bytes at TEXT (never NULL), with no NUL promised behind them. */
struct bi_slice {
	const char *text;
	size_t len;
};

static inline bool bi_slice_equal(struct bi_slice a, struct bi_slice b)
{
	return a.len == b.len && memcmp(a.text, b.text, a.len) == 0;
}

#endif
