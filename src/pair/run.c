/* A whole comparison.
 *
 * Launches go round the suite, in an order that is shuffled for each round: a
 * machine that is slow for a second is slow for a launch of each benchmark, not
 * for all launches of one. */
#include "pair/run.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "clock/clock.h"
#include "pair/finish.h"
#include "pair/sentinel.h"

/* A benchmark whose launches never count is not to be launched for ever. */
#define AGAIN_MOST 8

static double mean_launch_ns(const struct bi_row *row)
{
	return row->count == 0 ? 0
			       : (double)row->spent_ns / (double)row->count;
}

/* ROW cannot have another launch within the budget. */
static bool is_spent(const struct bi_pair_run *run, const struct bi_row *row)
{
	return (double)row->spent_ns + mean_launch_ns(row) >
	       (double)run->plan->budget_ns;
}

static int judge(struct bi_pair_run *run, struct bi_row *row)
{
	const struct bi_judge *judge = &run->judge;
	int rc = 0;

	if (bi_judge_last_look(judge, row->count) == row->count)
		rc = bi_row_look(row, judge);
	if (rc < 0)
		return rc;
	row->over = row->judgement.settled || is_spent(run, row) ||
		    bi_judge_next_look(judge, row->count + 1) == 0;
	return 0;
}

static void account(struct bi_pair_run *run, const struct bi_launch *launch)
{
	run->measured_ns += launch->measured_ns;
	run->warm_ns += launch->warm_ns;
	run->switch_ns += launch->switch_ns;
	run->start_ns += launch->start_ns;
	run->launch_ns += launch->wall_ns;
	run->stolen_ns += launch->stolen_ns > 0 ? launch->stolen_ns : 0;
}

/* ROW has failed or the run is to end, or the launch says nothing.  1: try
 * again, 0: do not, negative: an error. */
static int not_launched(struct bi_pair_run *run, struct bi_row *row,
			enum bi_launched result)
{
	switch (result) {
	case BI_LAUNCH_AGAIN:
		return 1;
	case BI_LAUNCH_FAILED:
		row->over = true;
		return 0;
	case BI_LAUNCH_STOPPED:
		run->interrupted = true;
		return 0;
	case BI_LAUNCH_NO_MEMORY:
		return BENCH_ENOMEM;
	case BI_LAUNCHED:
		break;
	}
	return 0;
}

static int launch_row(struct bi_pair_run *run, struct bi_row *row)
{
	const struct bi_pair_plan *plan = run->plan;
	struct bi_launch launch = {0};
	int tries = 0, rc = 1;

	while (rc > 0 && tries++ < AGAIN_MOST) {
		struct bi_instant began = bi_clock_now();
		enum bi_launched result =
			bi_launch_run(&run->launcher, row, false, &launch);

		row->spent_ns += bi_clock_since(began);
		if (result != BI_LAUNCHED) {
			rc = not_launched(run, row, result);
			continue;
		}
		account(run, &launch);
		rc = bi_row_add(row, &launch);
		if (rc < 0)
			bi_launch_release(&launch);
		else
			rc = judge(run, row);
		if (rc == 0 && plan->launched != NULL)
			plan->launched(plan->ctx, run, row);
	}
	if (rc > 0)
		row->over = true;
	return rc < 0 ? rc : 0;
}

static int launch_sentinel(struct bi_pair_run *run, struct bi_row *row)
{
	struct bi_launch launch = {0};
	struct bi_instant began = bi_clock_now();
	enum bi_launched result;
	double *list;
	int rc = 0;

	if (bi_judge_next_look(&run->judge, run->sentinel_count + 1) == 0)
		return 0;
	result = bi_launch_run(&run->launcher, row, true, &launch);
	run->sentinel_ns += bi_clock_since(began);
	if (result != BI_LAUNCHED) {
		rc = not_launched(run, row, result);
		return rc < 0 ? rc : 0;
	}
	account(run, &launch);
	list = reallocarray(run->sentinel, run->sentinel_count + 1,
			    sizeof(*list));
	if (list != NULL) {
		run->sentinel = list;
		list[run->sentinel_count++] = launch.ratio;
		rc = bi_pair_look_at_sentinel(run);
	} else {
		rc = BENCH_ENOMEM;
	}
	bi_launch_release(&launch);
	if (rc == 0 && run->plan->launched != NULL)
		run->plan->launched(run->plan->ctx, run, NULL);
	return rc;
}

/* The rows that are not over, in random order; their number. */
static size_t draw_round(struct bi_pair_run *run, struct bi_row **order)
{
	size_t count = 0, i;

	for (i = 0; i < run->suite.count; i++) {
		if (!run->suite.row[i].over)
			order[count++] = &run->suite.row[i];
	}
	for (i = count; i > 1; i--) {
		size_t j = bi_random_below(&run->launcher.random, i);
		struct bi_row *swap = order[i - 1];

		order[i - 1] = order[j];
		order[j] = swap;
	}
	return count;
}

/* A launch of ROW would end past the time of the whole run. */
static bool is_late(const struct bi_pair_run *run, const struct bi_row *row,
		    struct bi_instant began)
{
	double end = (double)bi_clock_since(began) + mean_launch_ns(row);

	return run->plan->time_ns > 0 && end > (double)run->plan->time_ns;
}

static int go_round(struct bi_pair_run *run, struct bi_row **order,
		    struct bi_instant began)
{
	size_t launches = 0, count, i;
	int rc = 0;

	while (rc == 0 && !run->interrupted && !run->out_of_time &&
	       (count = draw_round(run, order)) > 0) {
		for (i = 0; i < count && rc == 0 && !run->interrupted; i++) {
			run->out_of_time = is_late(run, order[i], began);
			if (run->out_of_time)
				break;
			rc = launch_row(run, order[i]);
			if (rc == 0 && !run->interrupted &&
			    ++launches % BI_SENTINEL_EVERY == 0 &&
			    bi_row_runs(order[i]))
				rc = launch_sentinel(run, order[i]);
		}
	}
	return rc;
}

/* Put into ORDER the rows that changed by the margin or more; their number.
 * *MOST: the launches that one of them took. */
static size_t find_claims(struct bi_pair_run *run, struct bi_row **order,
			  size_t *most)
{
	size_t count = 0, i;

	*most = 0;
	for (i = 0; i < run->suite.count; i++) {
		struct bi_row *row = &run->suite.row[i];

		if (!bi_row_runs(row) ||
		    (row->judgement.verdict != BI_VERDICT_REGRESSION &&
		     row->judgement.verdict != BI_VERDICT_IMPROVEMENT))
			continue;
		order[count++] = row;
		if (row->count > *most)
			*most = row->count;
	}
	return count;
}

/* Before a change is told: would OLD differ from itself as well?  On the
 * benchmarks that changed, for no longer than one of them may take. */
static int doubt_claims(struct bi_pair_run *run, struct bi_row **order,
			struct bi_instant began)
{
	struct bi_instant here = bi_clock_now();
	size_t most, count = find_claims(run, order, &most), i;
	size_t goal = bi_sentinel_goal(most);
	int rc = 0;

	for (i = 0; rc == 0 && count > 0 && i < goal && !run->interrupted &&
		    run->sentinel_count < goal &&
		    bi_clock_since(here) < run->plan->budget_ns;
	     i++) {
		struct bi_row *row = order[i % count];

		if (bi_row_runs(row) && !is_late(run, row, began))
			rc = launch_sentinel(run, row);
	}
	return rc;
}

static int discover(struct bi_pair_run *run, struct bench_error *err)
{
	int side, rc = 0;
	size_t i;

	for (side = 0; side < 2 && rc == 0 && !run->interrupted; side++)
		rc = bi_side_discover(run->plan->side, side,
				      &run->plan->patience, &run->suite,
				      &run->interrupted, err);
	for (i = 0; i < run->suite.count; i++)
		run->suite.row[i].over = !bi_row_runs(&run->suite.row[i]);
	return rc;
}

int bi_pair_run(struct bi_pair_run *run, const struct bi_pair_plan *plan,
		struct bench_error *err)
{
	struct bi_instant began = bi_clock_now();
	struct bi_row **order = NULL;
	int rc;

	*run = (struct bi_pair_run){
		.plan = plan,
		.launcher = {.side = plan->side,
			     .patience = &plan->patience,
			     .random = {plan->seed},
			     .metric = plan->metric},
		.sentinel_judgement = {.low = -INFINITY, .high = INFINITY},
	};
	rc = bi_launcher_init(&run->launcher);
	if (rc == 0)
		rc = discover(run, err);
	bi_pair_start_judging(run);
	if (rc < 0 || run->interrupted)
		goto out;
	if (plan->discovered != NULL)
		plan->discovered(run);
	order = calloc(run->suite.count + 1, sizeof(*order));
	rc = order == NULL ? BENCH_ENOMEM : go_round(run, order, began);
	if (rc == 0)
		rc = bi_pair_finish(run);
	if (rc == 0)
		rc = doubt_claims(run, order, began);
out:
	free(order);
	run->wall_ns = bi_clock_since(began);
	return rc == BENCH_ENOMEM ? bi_error_nomem(err) : rc;
}

void bi_pair_run_release(struct bi_pair_run *run)
{
	bi_suite_release(&run->suite);
	bi_launcher_release(&run->launcher);
	free(run->sentinel);
	run->sentinel = NULL;
}
