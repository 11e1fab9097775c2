/* A comparison as JSON, which benchab.schema.json describes. */
#ifndef BI_CLI_BENCHAB_JSON_H
#define BI_CLI_BENCHAB_JSON_H

#include "cli/benchab/finding.h"

/* Append the whole report as one object.  0 or BENCH_ENOMEM. */
int json_report(const struct findings *findings, struct bi_buf *out);

#endif
