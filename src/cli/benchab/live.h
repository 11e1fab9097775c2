/* The table while the comparison runs, on a terminal. */
#ifndef BI_CLI_BENCHAB_LIVE_H
#define BI_CLI_BENCHAB_LIVE_H

#include <stdio.h>

#include "cli/benchab/options.h"
#include "clock/clock.h"
#include "pair/run.h"

struct live {
	const struct options *options;
	FILE *terminal; /* NULL: silent */
	struct bi_instant drawn;
	int lines; /* on the screen */
};

/* Silent unless standard error is a terminal. */
void live_init(struct live *live, const struct options *options);

/* Of struct bi_pair_plan; CTX is a struct live. */
void live_launched(void *ctx, const struct bi_pair_run *run,
		   const struct bi_row *row);

/* Leave the screen as it was. */
void live_clear(struct live *live);

#endif
