/* One benchmark that two builds have in common. */
#include "pair/row.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/grow.h"
#include "stat/order.h"

int bi_row_add(struct bi_row *row, const struct bi_launch *launch)
{
	struct bi_launch *list = bi_grow(row->launch, &row->capacity,
					 row->count + 1, sizeof(*list));

	if (list == NULL)
		return BENCH_ENOMEM;
	row->launch = list;
	row->launch[row->count++] = *launch;
	return 0;
}

double *bi_row_ratios(const struct bi_row *row)
{
	double *list = calloc(row->count + 1, sizeof(*list));
	size_t i;

	for (i = 0; list != NULL && i < row->count; i++)
		list[i] = row->launch[i].ratio;
	return list;
}

bool bi_row_runs(const struct bi_row *row)
{
	return row->standing[0] == BI_STANDING_RUNS &&
	       row->standing[1] == BI_STANDING_RUNS;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Of the first N launches. */
static double median_ns(const struct bi_row *row, int side, size_t n)
{
	double *list = calloc(n + 1, sizeof(*list));
	double median = NAN;
	size_t i;

	if (list != NULL && n > 0) {
		for (i = 0; i < n; i++)
			list[i] = row->launch[i].side[side].ns;
		qsort(list, n, sizeof(*list), compare);
		median = bi_order_median(list, n);
	}
	free(list);
	return median;
}

double bi_row_ns(const struct bi_row *row, int side)
{
	return median_ns(row, side, row->count);
}

struct bi_judge bi_row_judge(const struct bi_judge *judge,
			     const struct bi_row *row)
{
	struct bi_judge own = *judge;

	if (own.margin_ns > 0 && row->count > 0)
		own.margin = log1p(
			own.margin_ns /
			median_ns(row, 0,
				  bi_judge_last_look(judge, row->count)));
	return own;
}

int bi_row_look(struct bi_row *row, const struct bi_judge *judge)
{
	struct bi_judge own = bi_row_judge(judge, row);
	double *ratio = bi_row_ratios(row);
	int rc = BENCH_ENOMEM;

	if (ratio != NULL)
		rc = bi_judge_look(&own, ratio,
				   bi_judge_last_look(&own, row->count),
				   &row->judgement);
	free(ratio);
	return rc;
}

void bi_launch_release(struct bi_launch *launch)
{
	size_t i;
	int side;

	for (side = 0; side < 2; side++) {
		struct bi_measure *measure = &launch->side[side];

		for (i = 0; i < measure->metric_count; i++)
			free(measure->metrics[i].unit);
		free(measure->metrics);
	}
	*launch = (struct bi_launch){0};
}

void bi_row_release(struct bi_row *row)
{
	size_t i;

	for (i = 0; i < row->count; i++)
		bi_launch_release(&row->launch[i]);
	free(row->launch);
	free(row->top);
	free(row->leaf);
	bi_buf_release(&row->log[0]);
	bi_buf_release(&row->log[1]);
	*row = (struct bi_row){0};
}
