/* -reanalyse: the launches of a comparison on file, judged again. */
#ifndef BI_CLI_BENCHAB_AGAIN_H
#define BI_CLI_BENCHAB_AGAIN_H

#include "cli/benchab/options.h"
#include "pair/record.h"

/* Read DIRECTORY's launches.jsonl.  RECORD is zero; the caller releases it in any
 * case.  0, or the error to print. */
int again_load(struct bi_record *record, const char *directory,
	       struct bench_error *err);

/* Set those of OPTIONS that judge to what RECORD was judged by, as a starting
 * point for flags. */
void again_defaults(const struct bi_record *record, struct options *options);

/* Judge RECORD as OPTIONS say.  0, or the error to print. */
int again_judge(struct bi_record *record, const struct options *options,
		struct bench_error *err);

#endif
