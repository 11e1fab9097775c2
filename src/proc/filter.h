/* Which results, and which of their values, are looked at.  SYNTAX.md is the
 * language. */
#ifndef BI_PROC_FILTER_H
#define BI_PROC_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "fmt/record.h"

struct bi_filter;

/* The filter that TEXT describes into *OUT.  A malformed one is BENCH_EINPUT
 * with the place in ERR. */
int bi_filter_new(const char *text, struct bi_filter **out,
		  struct bench_error *err);
void bi_filter_free(struct bi_filter *filter);

/* Decide on RECORD: KEEP[I] says whether its value I passes.  Returns how many
 * do, or a negative enum bench_err.  Not for two threads at once. */
int bi_filter_match(struct bi_filter *filter, const struct bi_record *record,
		    bool *keep);

#endif
