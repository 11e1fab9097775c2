/* The gate of one run, from the command line. */
#ifndef BI_CLI_BENCHSTAT_GATING_H
#define BI_CLI_BENCHSTAT_GATING_H

#include "base/buf.h"
#include "cli/benchstat/options.h"
#include "tab/gate.h"

/* Fill GATE, which the caller releases in any case, as OPTIONS say.  Returns 0,
 * or negative with what is wrong in MESSAGE (nothing there: no memory). */
int gating_load(const struct options *options, struct bi_gate *gate,
		struct bi_buf *message);

#endif
