/* The gate of benchab: the margin is a rule of it, and -gate may add others. */
#ifndef BI_CLI_BENCHAB_GATING_H
#define BI_CLI_BENCHAB_GATING_H

#include "cli/benchab/finding.h"

/* Read OPTIONS' -gate and -margin, and set the margin in OPTIONS to what they
 * come to, and its texts of rules.  0, or negative with what is wrong in
 * MESSAGE (nothing there: no memory). */
int gating_load(struct options *options, struct bi_buf *message);

/* Judge FINDINGS' rows: fill the gate, and the exit status.  0 or
 * BENCH_ENOMEM. */
int gating_judge(struct findings *findings);

#endif
