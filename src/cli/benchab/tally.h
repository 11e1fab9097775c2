/* What the comparisons of -selftest came to, and how it is printed. */
#ifndef BI_CLI_BENCHAB_TALLY_H
#define BI_CLI_BENCHAB_TALLY_H

#include "cli/benchab/options.h"
#include "pair/run.h"

/* Of one kernel and change. */
struct tally_cell {
	size_t tries;
	size_t right;
	size_t wrong; /* verdicts that are not true */
	size_t found_sequentially;
	double sec;
	double *error; /* of each estimate, as a fraction; the caller's array */
};

/* Where the time went, over all runs. */
struct tally_time {
	int64_t wall_ns;
	int64_t measured_ns;
	int64_t warm_ns;
	int64_t switch_ns;
	int64_t start_ns;
	int64_t launch_ns;
	int64_t stolen_ns;
};

/* Note that RUN, of one benchmark that truly changed by TRUTH (a fraction), has
 * ended.  0 or BENCH_EFAILED: the benchmark did not run. */
int tally_take(struct tally_cell *cell, const struct bi_pair_run *run,
	       double truth, double margin);

void tally_time_add(struct tally_time *time, const struct bi_pair_run *run);

/* The table's first line, one of its lines for CELL (NAME under a change of so
 * many THOUSANDTHS), and the last words. */
void tally_print_head(const struct options *options);
void tally_print(const struct options *options, int thousandths,
		 const char *name, const struct tally_cell *cell);
void tally_print_time(const struct tally_time *time);

#endif
