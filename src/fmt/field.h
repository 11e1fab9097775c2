/* Fields of a line: what stands between blanks.  Inline, because the reader
 * spends its time here. */
#ifndef BI_FMT_FIELD_H
#define BI_FMT_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/utf8.h"

/* The blanks that are not worth decoding. */
static inline bool bi_field_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The end of the field that begins at P: the first white space, or END. */
static inline const char *bi_field_end(const char *p, const char *end)
{
	size_t size;

	while (p < end) {
		unsigned char c = (unsigned char)*p;

		if (c <= ' ') {
			if (bi_rune_is_space(c))
				break;
			p++;
		} else if (c < 0x80) {
			p++;
		} else {
			if (bi_rune_is_space(
				    bi_utf8_next(p, (size_t)(end - p), &size)))
				break;
			p += size;
		}
	}
	return p;
}

/* The first byte from P on that is no white space, or END. */
static inline const char *bi_field_skip(const char *p, const char *end)
{
	size_t size;

	for (;;) {
		while (p < end && bi_field_is_blank(*p))
			p++;
		/* What is neither control character nor above ASCII. */
		if (p == end || (*p > ' ' && *p < 0x7f) ||
		    !bi_rune_is_space(bi_utf8_next(p, (size_t)(end - p),
						   &size)))
			return p;
		p += size;
	}
}

#endif
