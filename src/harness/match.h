/* Which benchmarks a pattern selects: -bench, -skip, -list.
 *
 * A pattern is alternatives separated by '|'; an alternative is elements
 * separated by '/', each an unanchored POSIX extended regular expression (with
 * \d for a digit) for the part of the name at its place.  Neither separator
 * counts inside brackets or parentheses, or behind a backslash. */
#ifndef BI_HARNESS_MATCH_H
#define BI_HARNESS_MATCH_H

#include <stdbool.h>

#include "base/error.h"

struct bi_match;

enum bi_matched {
	BI_MATCH_NO,
	BI_MATCH_PARTLY, /* the name has fewer parts than the pattern */
	BI_MATCH_YES
};

/* Compile PATTERN; FLAG ("-bench") is for the error's text.  BENCH_EINPUT for a
 * malformed one.  The caller frees *OUT. */
int bi_match_new(const char *flag, const char *pattern, struct bi_match **out,
		 struct bench_error *err);
void bi_match_free(struct bi_match *match);

/* NAME is a full name, its parts separated by '/'.  A NULL MATCH matches all. */
enum bi_matched bi_match_name(const struct bi_match *match, const char *name);

#endif
