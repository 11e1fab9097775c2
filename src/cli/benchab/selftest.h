/* -selftest: what benchab can do on this machine. */
#ifndef BI_CLI_BENCHAB_SELFTEST_H
#define BI_CLI_BENCHAB_SELFTEST_H

#include "cli/benchab/options.h"

/* Compare kernels of known work with themselves and with copies that do more,
 * and print how often the verdict was right.  The exit status: 1 if a verdict
 * was false, 130 interrupted. */
int selftest_run(const struct options *options);

#endif
