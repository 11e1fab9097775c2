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

/* Functions that do as BEHIND's and keep the account; it begins at zero.  They
 * serve until the next call.  Blocks from before may be freed: the account can
 * go below zero. */
struct bi_allocator bi_live_watch(const struct bi_allocator *behind);

/* The watch of struct bench_counter: live. */
void bi_live_read(int64_t *now, int64_t *most);

#endif
