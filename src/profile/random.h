/* Chance, for sampling: who is recorded, and who is not. */
#ifndef BI_PROFILE_RANDOM_H
#define BI_PROFILE_RANDOM_H

#include <stdint.h>

/* A number below LIMIT (not 0), each as likely as the other as long as LIMIT is
 * far below 2^64.  Of this thread's own sequence: no lock, no allocation. */
uint64_t bi_random_below(uint64_t limit);

#endif
