/* A comparison as JSON: for a second analysis, and for other programs. */
#ifndef BI_CLI_BENCHAB_JSON_H
#define BI_CLI_BENCHAB_JSON_H

#include "pair/run.h"

/* Append the whole report as one object. */
int json_report(const struct bi_pair_run *run, int status, struct bi_buf *out);

/* Append launches.jsonl: a line for the run, then one for each launch, then one
 * for each of OLD against itself. */
int json_launches(const struct bi_pair_run *run, struct bi_buf *out);

#endif
