/* Addresses become functions, files and lines: libbacktrace reads the program's
 * own symbols and debugging information, and those of its libraries. */
#ifndef BI_PROFILE_SYMBOL_H
#define BI_PROFILE_SYMBOL_H

#include "profile/profile.h"

/* Fill the lines of PROFILE's locations, whose mappings are known, and say in
 * comments which files have no symbols or no lines.  What cannot be found is
 * left out.  BENCH_ENOMEM.  One thread at a time. */
int bi_symbol_resolve(struct bi_profile *profile);

#endif
