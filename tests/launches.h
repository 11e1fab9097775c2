/* Comparisons that are made up, for tests of what is made of them.  No text or
 * number has more than 13 bytes: beyond, jansson 2.14 loses some when it has no
 * memory, and does not say so. */
#ifndef TESTS_LAUNCHES_H
#define TESTS_LAUNCHES_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pair/run.h"

static const struct bi_pair_plan launches_plan = {
	.side = {{.path = "/o"}, {.path = "/n"}},
	.alpha = 0.01,
	.margin = 0.005,
	.seed = 7,
};

/* COUNT launches of ROW whose changes lie around CHANGE; out of memory is the
 * test's end. */
static inline void launches_add(struct bi_row *row, size_t count, double change)
{
	size_t i;
	int side;

	for (i = 0; i < count; i++) {
		double off = 0.002 * ((double)i / (double)count - 0.5);
		double ratio = round((change + off) * 1e6) / 1e6;
		struct bi_launch launch = {.ratio = ratio,
					   .mean_ratio = ratio,
					   .n = 1000,
					   .slices = 20,
					   .waited_ns = -1,
					   .stolen_ns = -1};

		for (side = 0; side < 2; side++) {
			struct bi_measure *measure = &launch.side[side];
			double ns = round(1e5 * exp(side * ratio)) / 1e3;

			*measure = (struct bi_measure){
				.ns = ns,
				.mean_ns = ns,
				.by_ns = {ns, 2 * ns},
				.by_mean_ns = {ns, 2 * ns},
				.n = 1000,
				.mallocs = 3000 + 1000 * side,
				.counted = true,
				.metric_count = 1,
				.metrics = calloc(1, sizeof(*measure->metrics)),
			};
			if (measure->metrics == NULL)
				abort();
			measure->metrics[0].unit = strdup("x/op");
			measure->metrics[0].value = i == 0 ? (double)NAN : 7;
			if (measure->metrics[0].unit == NULL)
				abort();
		}
		if (bi_row_add(row, &launch) < 0)
			abort();
	}
	row->spent_ns = (int64_t)count * 20000000;
}

/* Three rows: slower by 2 %, the same, failed; and two launches of the old build
 * against itself.  To be released. */
static inline void launches_make(struct bi_pair_run *run, size_t count)
{
	static const char *const name[] = {"A", "B/x=1", "C"};
	size_t i;

	*run = (struct bi_pair_run){.plan = &launches_plan, .wall_ns = 3};
	run->suite.row = calloc(3, sizeof(*run->suite.row));
	run->sentinel = calloc(2, sizeof(*run->sentinel));
	if (run->suite.row == NULL || run->sentinel == NULL)
		abort();
	run->suite.count = run->suite.capacity = 3;
	run->sentinel[0] = 0.125;
	run->sentinel_count = 2;
	for (i = 0; i < 3; i++) {
		struct bi_row *row = &run->suite.row[i];

		row->leaf = strdup(name[i]);
		row->procs = 2;
		row->standing[0] = BI_STANDING_RUNS;
		row->standing[1] = i < 2 ? BI_STANDING_RUNS
					 : BI_STANDING_FAILED;
		if (row->leaf == NULL)
			abort();
		if (i < 2) {
			row->metric = BI_PAIR_CPU;
			launches_add(row, count, i == 0 ? 0.02 : 0);
		} else if (bi_buf_adds(&row->log[1], "a \"b\"\n") < 0) {
			abort();
		}
	}
}

#endif
