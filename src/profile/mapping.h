/* Which file lies where in memory: from /proc/self/maps, with the build ids of
 * the ELF notes in memory. */
#ifndef BI_PROFILE_MAPPING_H
#define BI_PROFILE_MAPPING_H

#include "profile/profile.h"

/* Fill the mappings of PROFILE, and the mapping of each location.  BENCH_EIO,
 * BENCH_ENOMEM. */
int bi_mapping_read(struct bi_profile *profile, struct bench_error *err);

#endif
