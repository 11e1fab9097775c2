/* What is printed below the table. */
#ifndef BI_CLI_BENCHAB_SUMMARY_H
#define BI_CLI_BENCHAB_SUMMARY_H

#include "cli/benchab/finding.h"

/* Append other units that changed, failures, the suite as a whole, the gate.  0
 * or BENCH_ENOMEM, as below. */
int summary_print(const struct findings *findings, bool markdown,
		  struct bi_buf *out);

/* Append one line, without its newline, that can stand alone in a message. */
int summary_last(const struct findings *findings, struct bi_buf *out);

#endif
