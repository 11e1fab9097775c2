/* One row's launches as a drawing. */
#ifndef BI_CLI_BENCHAB_STRIP_H
#define BI_CLI_BENCHAB_STRIP_H

#include "cli/benchab/finding.h"

/* Append an SVG: a dot for each launch (further down: later), the interval, the
 * margin as a band around no change.  0 or BENCH_ENOMEM. */
int strip_draw(const struct findings *findings, const struct finding *finding,
	       struct bi_buf *out);

#endif
