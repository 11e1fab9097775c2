/* What heap.c shares: with the text that shows it, and with who knows of forks. */
#ifndef BI_PROFILE_HEAP_H
#define BI_PROFILE_HEAP_H

#include <stdint.h>

#include "base/buf.h"
#include "profile/profile.h"

/* For how many blocks of SIZE bytes one stands that was sampled at RATE. */
double bi_heap_weight(int64_t size, int64_t rate);

/* Go's text of a heap profile, which older readers know from tcmalloc: counts
 * before they are scaled, with the rate in the first line, and at the end where
 * which file is in memory.  The text of struct bi_kind. */
int bi_heap_text(const struct bi_profile *profile, struct bi_buf *out);

/* Nobody else is half-way through a change between these two, in the parent and
 * in the child; the program may allocate. */
void bi_heap_before_fork(void);
void bi_heap_after_fork(void);

#endif
