/* Ten runs, ten runs, U test. */
#include "cli/benchab/sequential.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "pair/worker.h"
#include "stat/utest.h"

#define RUNS 10
#define LEVEL 0.05

/* Twenty of these take about the time that a pair of builds gets here. */
static char benchtime[] = "-benchtime=100ms";

/* SIDE's command line with another benchtime: the first flag is ours. */
static char **with_benchtime(const struct bi_side *side)
{
	size_t count = 0;
	char **argv;

	while (side->argv[count] != NULL)
		count++;
	argv = calloc(count + 1, sizeof(*argv));
	if (argv == NULL)
		return NULL;
	memcpy(argv, side->argv, count * sizeof(*argv));
	argv[1] = benchtime;
	return argv;
}

/* Hear WORKER until its order is carried out: the time per iteration, or -1. */
static double hear_result(struct bi_pair_worker *worker,
			  const struct bi_patience *patience)
{
	const struct bi_event *event;
	double ns = -1;

	while (bi_pair_worker_hear(worker, patience, &event) ==
	       BI_HEARD_EVENT) {
		if (event->kind == BI_EVENT_RESULT && event->result.n > 0)
			ns = (double)event->result.elapsed_ns /
			     (double)event->result.n;
		if (event->kind == BI_EVENT_DONE)
			break;
	}
	return ns;
}

static int run_once(const struct bi_side *side, char **argv, const char *top,
		    const struct bi_patience *patience, double *ns,
		    struct bench_error *err)
{
	struct bi_order order = {.kind = BI_ORDER_RUN, .name = top};
	struct bi_process_plan plan = BI_PROCESS_PLAN_INIT;
	struct bi_pair_worker worker = BI_PAIR_WORKER_INIT;
	int rc;

	plan.path = side->path;
	plan.argv = argv;
	plan.capture = true;
	rc = bi_pair_worker_start(&worker, &plan, err);
	if (rc == 0) {
		bi_pair_worker_tell(&worker, &order);
		*ns = hear_result(&worker, patience);
		if (*ns < 0 && !*patience->stop)
			rc = bi_error_set(err, BENCH_EFAILED, "%s failed", top);
		bi_pair_worker_quit(&worker, patience);
	}
	bi_pair_worker_release(&worker);
	return rc;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int sequential_compare(const struct bi_pair_plan *plan, const char *name,
		       size_t *different, struct bench_error *err)
{
	struct bi_utest *test = bi_utest_new();
	struct bi_utest_result result = {.p = 1};
	double ns[2][RUNS] = {{0}};
	char top[64], **argv = NULL;
	int side, i, rc = 0;

	snprintf(top, sizeof(top), "Benchmark%s", name);
	for (side = 0; side < 2 && rc == 0; side++) {
		argv = with_benchtime(&plan->side[side]);
		if (argv == NULL || test == NULL)
			rc = bi_error_nomem(err);
		for (i = 0; i < RUNS && rc == 0; i++)
			rc = run_once(&plan->side[side], argv, top,
				      &plan->patience, &ns[side][i], err);
		free(argv);
		qsort(ns[side], RUNS, sizeof(ns[side][0]), compare);
	}
	if (rc == 0 && bi_utest_run(test, ns[0], RUNS, ns[1], RUNS, &result) <
			       0)
		rc = bi_error_nomem(err);
	*different += rc == 0 && !*plan->patience.stop && result.p <= LEVEL;
	bi_utest_free(test);
	return rc;
}
