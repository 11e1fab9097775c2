/* Errors in what a user typed: where, and what. */
#ifndef BI_PROC_SYNTAX_H
#define BI_PROC_SYNTAX_H

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

/* Note that byte OFFSET of the text is wrong.  The first error wins.  Returns
 * BENCH_EINPUT. */
int bi_syntax_error(struct bench_error *err, size_t offset,
		    const char *fmt, ...)
	BENCH_PRINTF(3, 4);

/* Append "syntax error: ...", TEXT, and a caret under the place that ERR
 * names.  Returns 0 or BENCH_ENOMEM. */
int bi_syntax_describe(const struct bench_error *err, const char *text,
		       struct bi_buf *out);

#endif
