/* -o DIR: what a comparison leaves in files. */
#ifndef BI_CLI_BENCHAB_RECORD_H
#define BI_CLI_BENCHAB_RECORD_H

#include "cli/benchab/options.h"
#include "pair/run.h"

/* Write old.txt and new.txt (benchmark format, a line for each launch) and
 * launches.jsonl into the directory of OPTIONS, which is made if it is not
 * there.  0 or a negative error. */
int record_write(const struct bi_pair_run *run, const struct options *options,
		 struct bench_error *err);

#endif
