/* Regular expressions in RE2's syntax, rewritten for PCRE2. */
#ifndef BI_PROC_PATTERN_H
#define BI_PROC_PATTERN_H

#include "base/buf.h"
#include "base/error.h"
#include "base/slice.h"

/* Append to OUT a PCRE2 pattern (UTF mode, not UCP) that matches what PATTERN
 * matches in RE2.  What RE2 refuses is BENCH_EINPUT with the reason in ERR (not
 * NULL); BENCH_ENOMEM. */
int bi_pattern_translate(struct bi_slice pattern, struct bi_buf *out,
			 struct bench_error *err);

#endif
