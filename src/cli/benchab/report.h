/* What is printed of a comparison. */
#ifndef BI_CLI_BENCHAB_REPORT_H
#define BI_CLI_BENCHAB_REPORT_H

#include "cli/benchab/options.h"
#include "pair/run.h"

/* How the rows came out. */
struct tally {
	size_t verdict[BI_VERDICT_UNDECIDED + 1];
	size_t failed;
	size_t missing;  /* in NEW */
	size_t only_new;
	size_t open;     /* the interval contains the margin */
};

struct tally report_tally(const struct bi_pair_run *run);

/* The exit status, ARCHITECTURE's rule: 2 before 1 before 3. */
int report_status(const struct bi_pair_run *run, const struct options *options);

/* Append the table alone; FINAL: words for what is still open.  At most LINES
 * rows, 0: all.  0 or BENCH_ENOMEM. */
int report_table(const struct bi_pair_run *run, bool final, size_t lines,
		 bool markdown, struct bi_buf *out);

/* Append all of the report in the form that OPTIONS ask for. */
int report_all(const struct bi_pair_run *run, const struct options *options,
	       struct bi_buf *out);

/* Append a row's name: without "Benchmark", with "-P". */
int report_name(const struct bi_row *row, struct bi_buf *out);

/* Append the log ratio LOG as a change: "+1.40%". */
int report_change(double log, struct bi_buf *out);

#endif
