/* Errors in what a user typed: where, and what. */
#include "proc/syntax.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

int bi_syntax_error(struct bench_error *err, size_t offset,
		    const char *fmt, ...)
{
	va_list ap;

	if (err == NULL || err->code != 0)
		return BENCH_EINPUT;
	err->code = BENCH_EINPUT;
	err->column = offset < INT_MAX ? (int)offset + 1 : INT_MAX;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	return BENCH_EINPUT;
}

int bi_syntax_describe(const struct bench_error *err, const char *text,
		       struct bi_buf *out)
{
	size_t len = strlen(text), i = 0, size, blanks = 0;
	size_t offset = err->column > 0 ? (size_t)err->column - 1 : 0;

	/* Only what takes room on the screen moves the caret. */
	while (i < offset && i < len) {
		uint32_t c = bi_utf8_next(text + i, len - i, &size);

		/* An invalid byte is shown as a replacement character. */
		blanks += c == BI_UTF8_INVALID || bi_rune_is_graphic(c);
		i += size;
	}
	return bi_buf_addf(out, "syntax error: %s\n\t%s\n\t%*s^", err->text,
			   text, (int)(blanks < INT_MAX ? blanks : INT_MAX),
			   "");
}
