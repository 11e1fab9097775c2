/* From a sample to how it is spread. */
#include "tab/spread.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/grow.h"
#include "stat/dist.h"
#include "stat/multiplicity.h"
#include "stat/order.h"
#include "stat/sample.h"
#include "stat/trend.h"

/* Arrays that a sample needs, one behind the other: its finite values as they
 * came, and two for the test. */
#define ARRAYS 3

struct bi_spread_memory {
	double *values;
	size_t cap;
	struct bi_dist_memory dist;
};

struct bi_spread_memory *bi_spread_memory_new(void)
{
	return calloc(1, sizeof(struct bi_spread_memory));
}

void bi_spread_memory_free(struct bi_spread_memory *memory)
{
	if (memory != NULL)
		free(memory->values);
	free(memory);
}

static int reserve(struct bi_spread_memory *memory, size_t count)
{
	double *grown;

	if (count > SIZE_MAX / ARRAYS)
		return BENCH_ENOMEM;
	grown = bi_grow(memory->values, &memory->cap, ARRAYS * count,
			sizeof(*grown));
	if (grown == NULL)
		return BENCH_ENOMEM;
	memory->values = grown;
	return 0;
}

/* How many of COUNT sorted values lie too far from the median. */
static uint32_t count_outliers(const double *sorted, size_t count,
			       const struct bi_spread *spread)
{
	double most = BI_SPREAD_OUTLIER * spread->scale;
	uint32_t outliers = 0;
	size_t i;

	for (i = 0; i < count; i++)
		outliers += fabs(sorted[i] - spread->median) > most;
	return outliers;
}

/* What is seen in the order of the finite values alone. */
static void look_at_order(const double *values, double *scratch,
			  struct bi_spread *spread)
{
	struct bi_trend trend = bi_trend_test(values, spread->count, scratch);

	spread->lag1 = bi_dist_lag1(values, spread->count);
	spread->trend = trend.p;
	spread->falls = trend.s < 0;
}

int bi_spread_compute(struct bi_spread_memory *memory, const double *values,
		      size_t count, bool ordered, struct bi_spread *spread)
{
	size_t finite = 0, infinite = 0, i;
	double *sorted;

	*spread = (struct bi_spread){.median = (double)NAN,
				     .scale = (double)NAN,
				     .lag1 = (double)NAN,
				     .trend = (double)NAN,
				     .adjusted_trend = (double)NAN};
	if (reserve(memory, count > 0 ? count : 1) < 0)
		return BENCH_ENOMEM;
	for (i = 0; i < count; i++) {
		if (isfinite(values[i]))
			memory->values[finite++] = values[i];
		else
			infinite += isinf(values[i]) != 0;
	}
	spread->count = (uint32_t)finite;
	if (finite < BI_SPREAD_LEAST)
		return 0;
	sorted = memory->values + finite;
	memcpy(sorted, memory->values, finite * sizeof(*sorted));
	bi_sample_sort(sorted, finite);
	spread->median = bi_order_median(sorted, finite);
	spread->scale = bi_dist_scale(sorted, finite, &memory->dist);
	spread->outliers = (uint32_t)infinite +
			   count_outliers(sorted, finite, spread);
	if (ordered && sorted[0] < sorted[finite - 1])
		look_at_order(memory->values, sorted, spread);
	return 0;
}

int bi_spread_finish(struct bi_table *table)
{
	size_t cells = table->row_start[table->row_count], tests = 0, i;
	double *p = calloc(cells + 1, sizeof(*p));
	int rc;

	if (p == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < cells; i++) {
		if (!isnan(table->spread[i].trend))
			p[tests++] = table->spread[i].trend;
	}
	rc = bi_multiplicity_adjust(BI_MULTIPLICITY_HOLM, p, tests);
	for (tests = 0, i = 0; rc == 0 && i < cells; i++) {
		struct bi_spread *spread = &table->spread[i];
		uint16_t warnings;

		if (isnan(spread->trend))
			continue;
		spread->adjusted_trend = p[tests++];
		if (spread->adjusted_trend > BI_TREND_LEVEL)
			continue;
		if (spread->falls)
			warnings = BI_WARNING_BIT(BI_WARNING_FALL);
		else
			warnings = BI_WARNING_BIT(BI_WARNING_RISE);
		table->cell[i].warnings |= warnings;
	}
	free(p);
	return rc;
}
