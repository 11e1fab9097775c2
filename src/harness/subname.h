/* Names of sub-benchmarks: made printable, made unique. */
#ifndef BI_HARNESS_SUBNAME_H
#define BI_HARNESS_SUBNAME_H

#include "base/buf.h"
#include "harness/nameset.h"

/* Append NAME with every white-space character as '_' and everything that does
 * not print as an escape (\x01, \u200b).  0 or BENCH_ENOMEM. */
int bi_subname_clean(const char *name, struct bi_buf *out);

/* Append to OUT (empty before) the full name of sub-benchmark SUB of PARENT:
 * "PARENT/SUB" cleaned, with "#01", "#02", ... when TAKEN has that name
 * already; an empty SUB is numbered from "#00".  TAKEN counts the names handed
 * out and learns this one.  0 or BENCH_ENOMEM. */
int bi_subname_unique(struct bi_nameset *taken, const char *parent,
		      const char *sub, struct bi_buf *out);

#endif
