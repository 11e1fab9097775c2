/* What two executables tell of how they were made. */
#ifndef BI_CLI_BENCHAB_BUILDS_H
#define BI_CLI_BENCHAB_BUILDS_H

#include "base/buf.h"

/* Append a line for each way in which OLD and NEW were made differently, as far
 * as the files say: by which compilers, with which flags (where there is debug
 * information), linked statically or not.  Files that cannot be read say nothing.
 * 0 or BENCH_ENOMEM. */
int builds_doubts(const char *old, const char *new, struct bi_buf *out);

#endif
