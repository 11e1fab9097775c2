/* Regular expressions in RE2's syntax. */
#ifndef BI_PROC_REGEX_H
#define BI_PROC_REGEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/slice.h"

struct bi_regex;

/* Compile PATTERN.  A malformed one, and what RE2 does not have (references,
 * look-around), is BENCH_EINPUT with the reason in ERR. */
int bi_regex_new(struct bi_slice pattern, struct bi_regex **out,
		 struct bench_error *err);
void bi_regex_free(struct bi_regex *regex);

/* Whether a part of TEXT matches: 1 or 0; BENCH_ERANGE if it takes too long to
 * find out; BENCH_ENOMEM.  Not for two threads at once. */
int bi_regex_find(struct bi_regex *regex, struct bi_slice text);

#endif
