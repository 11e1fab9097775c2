/* Units in their base form: seconds and bytes. */
#ifndef BI_UNIT_TIDY_H
#define BI_UNIT_TIDY_H

#include <stddef.h>

#include "base/buf.h"

/* Append UNIT with every ns and MB of its numerator written as sec and B; a
 * value in UNIT times *FACTOR is one in the tidy unit (1: nothing to tidy).
 * Returns 0 or BENCH_ENOMEM. */
int bi_unit_tidy(const char *unit, size_t len, struct bi_buf *out,
		 double *factor);

#endif
