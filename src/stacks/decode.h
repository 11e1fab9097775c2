/* A profile in pprof's format, as written by us, Go, pprof-rs and others, into
 * stacks. */
#ifndef BI_STACKS_DECODE_H
#define BI_STACKS_DECODE_H

#include "stacks/stacks.h"

/* How to take what is read. */
struct bi_intake {
	bool subtract; /* its values count negative */
	bool base;     /* its traces are those compared against */
};

/* Add the profile in SIZE bytes at DATA, not compressed.  BENCH_EINPUT if it is
 * malformed, BENCH_ERANGE if it takes too much memory, BENCH_ENOMEM.  After a
 * failure STACKS is good for nothing but its release. */
int bi_decode(struct bi_stacks *stacks, const void *data, size_t size,
	      struct bi_intake intake, struct bench_error *err);

#endif
