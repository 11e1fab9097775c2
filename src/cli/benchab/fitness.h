/* What can be told beforehand of machine and builds that makes a comparison
 * worth less. */
#ifndef BI_CLI_BENCHAB_FITNESS_H
#define BI_CLI_BENCHAB_FITNESS_H

#include <stdbool.h>

#include "base/buf.h"

/* Append a line for each doubt about this machine and the programs at OLD and
 * NEW.  0 or BENCH_ENOMEM. */
int fitness_doubts(const char *old, const char *new, struct bi_buf *out);

#endif
