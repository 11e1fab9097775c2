/* All that is said of a comparison, as plain data.  Whatever prints it reads
 * nothing else, so that no two outputs disagree. */
#ifndef BI_CLI_BENCHAB_FINDING_H
#define BI_CLI_BENCHAB_FINDING_H

#include "base/arena.h"
#include "cli/benchab/options.h"
#include "pair/extra.h"
#include "pair/run.h"
#include "tab/gate.h"

/* One benchmark. */
struct finding {
	const struct bi_row *row;
	const char *name;  /* without "Benchmark", with "-P" */
	bool measured;     /* at least once: there are figures */
	double ns[2];      /* per iteration: the median launch */
	double p;          /* of the sign-flip test; NaN while it runs */
	const char *clock; /* "cpu", "wall"; "" if it never ran */
	bool judged;       /* WORD is its row's verdict */
	const char *word;  /* "REGRESSION", "FAILED in NEW"; "": withdrawn */
	const char *more;  /* what follows it, or "" */
	double half;       /* of the interval, log; infinite: not known */
	double need_sec;   /* that would settle it; 0: settled, or no telling */
	struct bi_extra *extra;
	size_t extra_count;
	bool contends; /* "differs under contention" */
	double mean;   /* log: the change of the mean of all slices */
};

/* How the rows came out. */
struct tally {
	size_t verdict[BI_VERDICT_UNDECIDED + 1];
	size_t failed;
	size_t missing; /* in NEW */
	size_t only_new;
};

struct findings {
	const struct bi_pair_run *run;
	const struct options *options;
	bool final; /* the run has ended */
	struct finding *row;
	size_t count;
	struct tally tally;

	/* The mean of the log changes, with the means of the ends of their
	 * intervals; of fewer than two rows there is none. */
	size_t averaged;
	double mean, low, high;

	struct bi_gate gate; /* judged */
	int status;          /* the exit status */
	const char *summary; /* one line that can be quoted alone */
	struct bi_arena memory;
};

/* Find what RUN says as it stands, while it is going on: neither p nor what
 * is printed below the table.  FINDINGS must be zero; release it in any case.
 * 0 or BENCH_ENOMEM. */
int findings_glance(struct findings *findings, const struct bi_pair_run *run,
		    const struct options *options);

/* The same of a RUN that has ended, all of it. */
int findings_make(struct findings *findings, const struct bi_pair_run *run,
		  const struct options *options);

void findings_release(struct findings *findings);

/* "Holm" and so on. */
const char *findings_correction(const struct findings *findings);

#endif
