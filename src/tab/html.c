/* Text inside of HTML. */
#include "tab/html.h"

#include <stdbool.h>

#include "base/utf8.h"

/* White space apart, HTML forbids control characters; of white space "\r" is
 * not kept by its parsers. */
static bool is_forbidden(uint32_t c)
{
	return c == BI_UTF8_INVALID || (c < ' ' && c != '\t' && c != '\n') ||
	       (c >= 0x7f && c < 0xa0);
}

/* The reference for what would be more than text; NULL: C stands for itself. */
static const char *reference(uint32_t c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return is_forbidden(c) ? "\xef\xbf\xbd" : NULL;
	}
}

int bi_html_text(struct bi_buf *out, struct bi_slice text)
{
	size_t i, size;
	int rc = 0;

	for (i = 0; rc == 0 && i < text.len; i += size) {
		const char *instead = reference(
			bi_utf8_next(text.text + i, text.len - i, &size));

		if (instead != NULL)
			rc = bi_buf_adds(out, instead);
		else
			rc = bi_buf_add(out, text.text + i, size);
	}
	return rc;
}
