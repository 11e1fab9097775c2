/* What is printed of a comparison: the table. */
#ifndef BI_CLI_BENCHAB_REPORT_H
#define BI_CLI_BENCHAB_REPORT_H

#include "cli/benchab/finding.h"

/* Append the table alone, at most MOST rows, 0: all.  0 or BENCH_ENOMEM. */
int report_table(const struct findings *findings, size_t most, bool markdown,
		 struct bi_buf *out);

/* Append all of the report, in the form that its options ask for. */
int report_all(const struct findings *findings, struct bi_buf *out);

/* Append the log ratio LOG as a change: "+1.40%". */
int report_change(double log, struct bi_buf *out);

/* Append NS nanoseconds: "1.234µs". */
int report_time(double ns, struct bi_buf *out);

#endif
