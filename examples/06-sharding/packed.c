/* after.c with its shards one behind the other, as an array mostly is: two of
 * them lie on one cache line, and threads that share nothing disturb each other
 * all the same.  Left in on purpose, to be measured. */
#define SHARD_ALIGN _Alignof(max_align_t)
#include "after.c"
