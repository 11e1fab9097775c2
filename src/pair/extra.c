/* What a benchmark reports besides time, compared. */
#include "pair/extra.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "stat/order.h"
#include "stat/paired.h"

/* A figure of one side of a launch; NaN: it has none. */
typedef double figure(const struct bi_measure *measure, const char *unit);

/* Whole numbers, as the harness prints them: what is allocated now and then by
 * something else does not make two runs differ. */
static double allocs(const struct bi_measure *measure, const char *unit)
{
	(void)unit;
	if (!measure->counted || measure->n == 0)
		return NAN;
	return (double)(measure->mallocs / measure->n);
}

static double alloc_bytes(const struct bi_measure *measure, const char *unit)
{
	(void)unit;
	if (!measure->counted || measure->n == 0)
		return NAN;
	return (double)(measure->malloc_bytes / measure->n);
}

static double metric(const struct bi_measure *measure, const char *unit)
{
	size_t i;

	for (i = 0; i < measure->metric_count; i++) {
		if (strcmp(measure->metrics[i].unit, unit) == 0)
			return measure->metrics[i].value;
	}
	return NAN;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The median; *CONSTANT: all are equal. */
static double middle(double *value, size_t n, bool *constant)
{
	qsort(value, n, sizeof(*value), compare);
	*constant = value[0] == value[n - 1];
	return bi_order_median(value, n);
}

/* Fill EXTRA's comparison by its ratios.  0 or BENCH_ENOMEM. */
static int compare_ratios(const struct bi_judge *judge,
			  const struct bi_row *row, figure *get,
			  struct bi_extra *extra)
{
	struct bi_judgement judgement;
	size_t i, n = row->judgement.n;
	int rc;

	extra->low = -INFINITY;
	extra->high = INFINITY;
	extra->ratio = calloc(n + 1, sizeof(*extra->ratio));
	if (extra->ratio == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < n; i++) {
		const struct bi_measure *side = row->launch[i].side;
		double ratio = log(get(&side[1], extra->unit) /
				   get(&side[0], extra->unit));

		if (!isfinite(ratio))
			return 0;
		extra->ratio[i] = ratio;
	}
	if (n == 0)
		return 0;
	extra->count = n;
	rc = bi_judge_look(judge, extra->ratio, n, &judgement);
	extra->low = judgement.low;
	extra->high = judgement.high;
	return rc;
}

/* 1: EXTRA is filled, 0: not all launches have it, or BENCH_ENOMEM. */
static int compare_unit(const struct bi_judge *judge, const struct bi_row *row,
			figure *get, struct bi_extra *extra)
{
	double *value = calloc(row->count + 1, sizeof(*value));
	bool constant[2] = {false, false};
	size_t i;
	int side, rc = 1;

	if (value == NULL)
		return BENCH_ENOMEM;
	for (side = 0; side < 2 && rc == 1; side++) {
		for (i = 0; i < row->count; i++) {
			value[i] = get(&row->launch[i].side[side], extra->unit);
			if (isnan(value[i]))
				rc = 0;
		}
		if (rc == 1)
			extra->side[side] =
				middle(value, row->count, &constant[side]);
	}
	free(value);
	if (rc != 1)
		return rc;
	if (compare_ratios(judge, row, get, extra) < 0)
		return BENCH_ENOMEM;
	extra->exact = constant[0] && constant[1];
	extra->changed = extra->exact ? extra->side[0] != extra->side[1]
				      : extra->low > 0 || extra->high < 0;
	return 1;
}

int bi_extra_compare(const struct bi_judge *judge, const struct bi_row *row,
		     struct bi_extra **out, size_t *count)
{
	const struct bi_measure *first;
	struct bi_extra *list;
	size_t i, units;
	int rc = 0;

	*out = NULL;
	*count = 0;
	if (row->count == 0)
		return 0;
	first = &row->launch[0].side[0];
	units = 2 + first->metric_count;
	list = calloc(units, sizeof(*list));
	if (list == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < units && rc >= 0; i++) {
		struct bi_extra *extra = &list[*count];
		figure *get = i == 0 ? allocs : i == 1 ? alloc_bytes : metric;

		*extra = (struct bi_extra){
			.unit = i == 0	 ? "allocs/op"
				: i == 1 ? "B/op"
					 : first->metrics[i - 2].unit};
		rc = compare_unit(judge, row, get, extra);
		if (rc == 0)
			continue;
		++*count;
	}
	if (rc < 0) {
		bi_extra_free(list, *count);
		*count = 0;
		return rc;
	}
	*out = list;
	return 0;
}

void bi_extra_free(struct bi_extra *list, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		free(list[i].ratio);
	free(list);
}

int bi_extra_beyond(const struct bi_judge *judge, const struct bi_extra *extra,
		    double factor, bool less, double *p)
{
	struct bi_judge own = *judge;
	struct bi_judgement judgement;
	int rc;

	*p = 1;
	/* Nothing falls by more than all of it. */
	if (!(factor > 0) || extra->count == 0)
		return 0;
	own.margin = fabs(log(factor));
	rc = bi_judge_look(&own, extra->ratio, extra->count, &judgement);
	if (rc < 0)
		return rc;
	bi_judge_weigh(&own, extra->ratio, &judgement);
	*p = less ? judgement.p_faster : judgement.p_slower;
	return 0;
}

bool bi_extra_differs_under_contention(const struct bi_judge *judge,
				       const struct bi_row *row, double *mean)
{
	size_t n = row->judgement.n, i;
	double *ratio, *difference, p = 1;
	bool constant, differs = false;

	*mean = NAN;
	if (n == 0 || !isfinite(row->judgement.high - row->judgement.low))
		return false;
	ratio = calloc(n, sizeof(*ratio));
	difference = calloc(n, sizeof(*difference));
	if (ratio != NULL && difference != NULL) {
		for (i = 0; i < n; i++) {
			ratio[i] = row->launch[i].mean_ratio;
			difference[i] = ratio[i] - row->launch[i].ratio;
		}
		*mean = middle(ratio, n, &constant);
		differs = (*mean < row->judgement.low ||
			   *mean > row->judgement.high) &&
			  fabs(*mean - row->judgement.estimate) >
				  judge->margin &&
			  bi_paired_rank_p(difference, n, &p) == 0 &&
			  p <= judge->alpha;
	}
	free(ratio);
	free(difference);
	return differs;
}
