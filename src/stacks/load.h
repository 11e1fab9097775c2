/* A profile of any kind that we read, into stacks. */
#ifndef BI_STACKS_LOAD_H
#define BI_STACKS_LOAD_H

#include "base/buf.h"
#include "stacks/decode.h"

/* The most that a profile may have, as a file and unpacked: a million samples
 * take a tenth of it. */
#define BI_LOAD_MOST ((size_t)1024 * 1024 * 1024)

/* Add the profile in SIZE bytes at DATA, which PATH had: pprof's format or
 * folded stacks, either compressed by gzip or not.  Errors as bi_decode's, each
 * placed at PATH. */
int bi_load(struct bi_stacks *stacks, const char *path,
	    const struct bi_buf *data, struct bi_intake intake,
	    struct bench_error *err);

#endif
