/* Values in the units that pprof prints them in. */
#ifndef BI_STACKS_SCALE_H
#define BI_STACKS_SCALE_H

#include <stdint.h>

#include "base/buf.h"

/* As a unit to scale to: the largest in which VALUE is 1 or more. */
#define BI_SCALE_AUTO "auto"

/* VALUE, which is in units FROM, in units TO; *UNIT is what to print behind it,
 * "" for mere counts.  What is neither bytes nor time stays as it is. */
double bi_scale(int64_t value, const char *from, const char *to,
		const char **unit);

/* Append VALUE with its unit, "1.50MB": two decimals, or none if they are 0.
 * BENCH_ENOMEM. */
int bi_scale_print(struct bi_buf *out, int64_t value, const char *from,
		   const char *to);

/* Append what VALUE is of TOTAL, six characters, "25.00%".  BENCH_ENOMEM. */
int bi_scale_percent(struct bi_buf *out, int64_t value, int64_t total);

#endif
