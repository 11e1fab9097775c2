/* Running a benchmark: probe it, then measure it or leave it to its children. */
#ifndef BI_HARNESS_CHILD_H
#define BI_HARNESS_CHILD_H

#include "harness/bench.h"

/* Run FN as NAME (full, without "-P") below PARENT (NULL: top level).  What
 * happens goes to RUN's sink.  True if it and all below it passed, or were not
 * selected. */
bool bi_child_run(struct bi_run *run, struct bi_bench *parent, const char *name,
		  bench_fn *fn, void *arg);

/* Tell the user TEXT, once however often it comes; of those about benchmark NAME
 * ("": of none) only the first. */
void bi_child_note(const struct bi_run *run, const char *name,
		   const char *text);

/* Tell the user TEXT about BENCH, once however often it comes. */
void bi_child_remark(const struct bi_bench *bench, const char *text);

#endif
