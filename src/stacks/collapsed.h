/* Folded stacks, "outer;inner;leaf 42", a line each, into stacks. */
#ifndef BI_STACKS_COLLAPSED_H
#define BI_STACKS_COLLAPSED_H

#include "stacks/decode.h"

/* Whether SIZE bytes at DATA are text, as a profile in pprof's format is not. */
bool bi_collapsed_is(const void *data, size_t size);

/* Like bi_decode, but from folded stacks; an error is placed at its line.  Blank
 * lines and lines that begin with '#' are left out. */
int bi_collapsed(struct bi_stacks *stacks, const char *data, size_t size,
		 struct bi_intake intake, struct bench_error *err);

#endif
