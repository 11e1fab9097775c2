/* Which benchmarks a pattern selects: -bench, -skip, -list.
 *
 * A pattern is alternatives separated by '|'; an alternative is elements
 * separated by '/', each an unanchored POSIX extended regular expression (with
 * \d for a digit) for the part of the name at its place.  Neither separator
 * counts inside brackets or parentheses, or behind a backslash. */
#ifndef BI_HARNESS_PATTERN_H
#define BI_HARNESS_PATTERN_H

#include <stdbool.h>

#include "base/error.h"

struct bi_pattern;

enum bi_matched {
	BI_MATCH_NO,
	BI_MATCH_PARTLY, /* the name has fewer parts than the pattern */
	BI_MATCH_YES
};

/* Compile TEXT; FLAG ("-bench") is for the error's text.  BENCH_EINPUT for a
 * malformed one.  The caller frees *OUT. */
int bi_pattern_new(const char *flag, const char *text, struct bi_pattern **out,
		   struct bench_error *err);
void bi_pattern_free(struct bi_pattern *pattern);

/* NAME is a full name, its parts separated by '/'.  A NULL PATTERN matches
 * all. */
enum bi_matched bi_pattern_match(const struct bi_pattern *pattern,
				 const char *name);

#endif
