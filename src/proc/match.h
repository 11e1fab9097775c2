/* Regular expressions in RE2's syntax. */
#ifndef BI_PROC_MATCH_H
#define BI_PROC_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/slice.h"

struct bi_match;

/* Compile PATTERN.  A malformed one, and what RE2 does not have (references,
 * look-around), is BENCH_EINPUT with the reason in ERR. */
int bi_match_new(struct bi_slice pattern, struct bi_match **out,
		 struct bench_error *err);
void bi_match_free(struct bi_match *match);

/* Whether a part of TEXT matches: 1 or 0; BENCH_ERANGE if it takes too long to
 * find out; BENCH_ENOMEM.  Not for two threads at once. */
int bi_match_find(struct bi_match *match, struct bi_slice text);

#endif
