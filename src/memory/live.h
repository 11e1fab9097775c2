/* Live bytes: what has been allocated and not freed.
 *
 * What a block holds is known when it is freed only if the allocator is asked,
 * which costs more than all other counting.  So it is asked only while somebody
 * watches: then another set of functions stands between the counting ones and
 * the allocator, and at all other times nothing does. */
#ifndef BI_MEMORY_LIVE_H
#define BI_MEMORY_LIVE_H

#include <stdint.h>

#include "memory/allocator.h"

/* Begin the account at zero.  Blocks from before may be freed: it can go below
 * that. */
void bi_live_begin(void);

/* Functions that do as BEHIND's, which must stay, and keep the account.  They
 * serve until the next call. */
struct bi_allocator bi_live_watch(const struct bi_allocator *behind);

/* The watch of struct bench_counter: live. */
void bi_live_read(int64_t *now, int64_t *most);

#endif
