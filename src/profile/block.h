/* The kind block: who waits, and how long. */
#ifndef BI_PROFILE_BLOCK_H
#define BI_PROFILE_BLOCK_H

#include <stdint.h>

/* The function called from CALLER has waited NS, if anybody wants to know. */
void bi_block_add(int64_t ns, const void *caller);

#endif
