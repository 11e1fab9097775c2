/* Escapes and classes of RE2's syntax: what stands for one character. */
#ifndef BI_PROC_PATTERN_CLASS_H
#define BI_PROC_PATTERN_CLASS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

/* A pattern and how far it is read. */
struct bi_pattern_text {
	const char *start;
	const char *end;
	const char *next;
	struct bench_error *err;
};

/* Note "error parsing regexp: WHAT: `...`" with the bytes from FROM to TO.
 * Returns BENCH_EINPUT. */
int bi_pattern_fail(const struct bi_pattern_text *text, const char *what,
		    const char *from, const char *to);

/* Read the next character (there is one).  0, or BENCH_EINPUT for bytes that
 * are not UTF-8. */
int bi_pattern_rune(struct bi_pattern_text *text, uint32_t *c);

/* Append C as one that has no meaning of its own. */
int bi_pattern_put_rune(struct bi_buf *out, uint32_t c);

/* A letter, a digit or '_'. */
bool bi_pattern_is_word(char c);

/* What the backslash before NEXT begins: 0 with one character in *C, or 1 when
 * it was a set ("\d", "\pL"), which is appended to OUT as it would stand within
 * brackets.  Negative on failure. */
int bi_pattern_escape(struct bi_pattern_text *text, struct bi_buf *out,
		      uint32_t *c);

/* The class whose '[' stands before NEXT, appended to OUT. */
int bi_pattern_class(struct bi_pattern_text *text, struct bi_buf *out);

#endif
