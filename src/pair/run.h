/* A whole comparison: two builds, all their benchmarks, until each is decided or
 * out of time. */
#ifndef BI_PAIR_RUN_H
#define BI_PAIR_RUN_H

#include "pair/judge.h"
#include "pair/launch.h"

struct bi_pair_run;

/* What is wanted.  The texts and arrays are the caller's. */
struct bi_pair_plan {
	struct bi_side side[2];
	struct bi_patience patience;
	double alpha;
	double margin; /* a fraction */
	double margin_ns; /* more than 0: in its place, per iteration */
	bool exact;
	enum bi_multiplicity correction;
	enum bi_pair_metric metric;
	int64_t budget_ns; /* of wall time for each benchmark */
	int64_t time_ns;   /* for all of it; 0: no limit */
	uint64_t seed;

	/* Called when it is known what there is.  May be NULL. */
	void (*discovered)(const struct bi_pair_run *run);

	/* Called after each launch that counts; ROW is NULL for one of the old
	 * build against itself.  May be NULL. */
	void (*launched)(void *ctx, const struct bi_pair_run *run,
			 const struct bi_row *row);
	void *ctx;
};

/* What came of it.  Plain data; zero-initialise, release. */
struct bi_pair_run {
	const struct bi_pair_plan *plan;
	struct bi_judge judge;
	struct bi_judge severe; /* of the old build against itself */
	struct bi_suite suite;
	struct bi_launcher launcher;

	/* The old build against itself, any benchmark: what must come out 0.
	 * See src/pair/sentinel.h. */
	double *sentinel;
	size_t sentinel_count;
	struct bi_judgement sentinel_judgement;
	bool unfit; /* it did not */

	size_t judged; /* benchmarks that run on both sides */
	bool interrupted;
	bool out_of_time; /* -time, not a benchmark's own budget */
	int64_t wall_ns;
	int64_t measured_ns; /* within slices that count */
	int64_t warm_ns;     /* within calibration and warm-up */
	int64_t switch_ns;   /* between slices */
	int64_t start_ns;    /* starting processes, and their set-up */
	int64_t launch_ns;   /* all of the launches, to the processes' ends */
	int64_t stolen_ns;   /* of slices, by the host of a virtual machine */
	int64_t sentinel_ns;
};

/* Carry out PLAN, which must outlive RUN.  0, also when benchmarks fail (their
 * rows say so) or the run is interrupted; BENCH_EFAILED or BENCH_EIO when a
 * build cannot be measured at all; BENCH_ENOMEM.  Release RUN in any case. */
int bi_pair_run(struct bi_pair_run *run, const struct bi_pair_plan *plan,
		struct bench_error *err);

void bi_pair_run_release(struct bi_pair_run *run);

#endif
