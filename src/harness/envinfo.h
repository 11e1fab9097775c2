/* What could change a number (-envinfo). */
#ifndef BI_HARNESS_ENVINFO_H
#define BI_HARNESS_ENVINFO_H

#include "base/buf.h"

/* Append what is known of the machine, as lines of configuration: unlike
 * machines are then not compared in silence.  Behind it, as lines that begin
 * with "# " and are no configuration, what may differ between two versions:
 * compiler, libraries, state of the source.  0 or BENCH_ENOMEM. */
int bi_envinfo_format(struct bi_buf *out);

#endif
