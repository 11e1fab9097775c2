/* From the launches of a whole comparison to its verdicts. */
#include "pair/finish.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "pair/sentinel.h"

void bi_pair_start_judging(struct bi_pair_run *run)
{
	const struct bi_pair_plan *plan = run->plan;
	struct bi_judgement blank = {.low = -INFINITY,
				     .high = INFINITY,
				     .strict_low = -INFINITY,
				     .strict_high = INFINITY,
				     .p_slower = 1,
				     .p_faster = 1,
				     .verdict = BI_VERDICT_UNDECIDED};
	size_t i;

	run->judged = 0;
	run->unfit = false;
	run->sentinel_judgement = blank;
	for (i = 0; i < run->suite.count; i++) {
		run->suite.row[i].judgement = blank;
		run->judged += bi_row_runs(&run->suite.row[i]);
	}
	bi_judge_init(&run->judge, plan->alpha, plan->margin, run->judged,
		      plan->correction, plan->exact);
	bi_sentinel_init(&run->severe, &run->judge);
	run->judge.margin_ns = plan->margin_ns;
}

/* What a margin in nanoseconds is for the sentinel, which is of all rows: the
 * greatest of theirs. */
static double sentinel_margin(const struct bi_pair_run *run)
{
	double most = run->judge.margin_ns > 0 ? 0 : run->judge.margin;
	size_t i;

	for (i = 0; run->judge.margin_ns > 0 && i < run->suite.count; i++) {
		const struct bi_row *row = &run->suite.row[i];

		if (row->count > 0)
			most = fmax(most, bi_row_judge(&run->judge, row).margin);
	}
	return most;
}

static int look_at_sentinel(struct bi_pair_run *run, size_t n)
{
	struct bi_judge severe = run->severe;
	struct bi_judgement severely;
	bool errs = false;
	int rc = bi_judge_look(&run->judge, run->sentinel, n,
			       &run->sentinel_judgement);

	severe.margin = sentinel_margin(run);
	if (rc == 0 && bi_judge_next_look(&severe, n) == n)
		rc = bi_sentinel_look(&severe, run->sentinel, n, &severely,
				      &errs);
	run->unfit = run->unfit || errs;
	return rc;
}

int bi_pair_look_at_sentinel(struct bi_pair_run *run)
{
	size_t n = run->sentinel_count;

	if (bi_judge_next_look(&run->judge, n) != n)
		return 0;
	return look_at_sentinel(run, n);
}

static int weigh(const struct bi_pair_run *run, struct bi_row *row)
{
	struct bi_judge judge = bi_row_judge(&run->judge, row);
	double *ratio = bi_row_ratios(row);

	if (ratio == NULL)
		return BENCH_ENOMEM;
	bi_judge_weigh(&judge, ratio, &row->judgement);
	free(ratio);
	return 0;
}

int bi_pair_finish(struct bi_pair_run *run)
{
	struct bi_judgement **list =
		calloc(run->suite.count + 1, sizeof(struct bi_judgement *));
	size_t i, count = 0;
	int rc = 0;

	if (list == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < run->suite.count; i++) {
		struct bi_row *row = &run->suite.row[i];

		if (!bi_row_runs(row) || row->count == 0)
			continue;
		list[count++] = &row->judgement;
		rc = rc < 0 ? rc : weigh(run, row);
	}
	if (rc == 0)
		rc = bi_judge_finish(&run->judge, list, count);
	free(list);
	return rc;
}

int bi_pair_judge_again(struct bi_pair_run *run)
{
	size_t i, n;
	int rc = 0;

	bi_pair_start_judging(run);
	for (i = 0; i < run->suite.count && rc == 0; i++) {
		if (run->suite.row[i].count > 0)
			rc = bi_row_look(&run->suite.row[i], &run->judge);
	}
	/* It errs if it does so at any look. */
	for (n = bi_judge_next_look(&run->judge, 1);
	     rc == 0 && n != 0 && n <= run->sentinel_count;
	     n = bi_judge_next_look(&run->judge, n + 1))
		rc = look_at_sentinel(run, n);
	return rc == 0 ? bi_pair_finish(run) : rc;
}
