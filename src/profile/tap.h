/* What stands between counting and the allocator while a heap profile is
 * recorded.
 *
 * What is not sampled gets through without a stack frame: a thread draws how
 * many bytes it will ask for until the next sample, from an exponential
 * distribution whose mean is the rate, and counts down; who frees looks at a
 * filter (blocks.h).  A block of S bytes is so sampled with probability
 * 1 - exp(-S / rate), wherever it falls. */
#ifndef BI_PROFILE_TAP_H
#define BI_PROFILE_TAP_H

#include <stdint.h>

#include "profile/blocks.h"
#include "profile/family.h"

/* Lead the program's allocations through here, and sample one in RATE bytes; all,
 * also those of no bytes, at 1.  BENCH_ENOTSUP.  Begin and end as
 * bi_family_tap(). */
int bi_tap_begin(int64_t rate, struct bench_error *err);

/* No longer.  Threads may still be inside. */
void bi_tap_end(void);

/* What was sampled and is not freed: heap.c puts it there. */
extern struct bi_blocks bi_tap_blocks;

/* ---- heap.c's side ---- */

/* P, of SIZE bytes, was sampled.  OURS frames are innermost that are not the
 * program's: the caller's, and so on.  Keeps errno. */
void bi_heap_sampled(void *p, size_t size, size_t ours);

/* P may be among the blocks, and is about to be freed. */
void bi_heap_freed(void *p);

/* BEHIND's realloc of OLD, which may be among the blocks. */
void *bi_heap_reallocated(__typeof__(realloc) *behind, void *old, size_t size);

#endif
