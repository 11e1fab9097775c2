/* From samples to statistics. */
#include "tab/analyze.h"

#include <math.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/grow.h"
#include "base/parallel.h"
#include "stat/geomean.h"
#include "stat/order.h"
#include "stat/sample.h"
#include "stat/utest.h"
#include "tab/change.h"
#include "tab/spread.h"

/* One sample, sorted but while it is loaded. */
struct sample {
	double *values;
	size_t count;
	size_t cap;
};

/* What the cells of a row need in turn. */
struct worker {
	const struct bi_analysis *analysis;
	struct bi_utest *utest;
	struct bi_change_memory change;
	struct bi_spread_memory *spread; /* NULL: nobody asked */
	struct sample baseline;
	struct sample other;
	/* The interval of the size asked for last: sizes repeat. */
	size_t interval_count;
	struct bi_order_interval interval;
};

/* Load the sample of CELL, as it was read. */
static int load(const struct bi_analysis *analysis, size_t cell,
		struct sample *sample)
{
	const struct bi_portion *portion =
		analysis->portion + analysis->start[cell];
	size_t portions = analysis->start[cell + 1] - analysis->start[cell];
	size_t count = analysis->table->cell[cell].count;

	if (count > sample->cap) {
		double *grown = bi_grow(sample->values, &sample->cap, count,
					sizeof(*grown));

		if (grown == NULL)
			return BENCH_ENOMEM;
		sample->values = grown;
	}
	bi_portion_load(portion, portions, sample->values);
	sample->count = count;
	return 0;
}

/* What is to be known of the sample of CELL before it is sorted. */
static int look_as_read(struct worker *worker, const struct sample *sample,
			size_t cell)
{
	const struct bi_analysis *analysis = worker->analysis;
	size_t portions = analysis->start[cell + 1] - analysis->start[cell];

	if (analysis->keep == BI_KEEP_AS_READ)
		memcpy(analysis->table->cell[cell].sample, sample->values,
		       sample->count * sizeof(*sample->values));
	if (worker->spread == NULL)
		return 0;
	/* Portions stand one behind the other, whatever the order of their
	 * lines was. */
	return bi_spread_compute(worker->spread, sample->values, sample->count,
				 portions == 1,
				 &analysis->table->spread[cell]);
}

static void summarize_exact(const struct sample *sample, struct bi_cell *cell)
{
	cell->center = bi_sample_mode(sample->values, sample->count);
	cell->low = sample->values[0];
	cell->high = sample->values[sample->count - 1];
	if (!bi_sample_all_equal(sample->values, sample->count))
		cell->warnings |= BI_WARNING_BIT(BI_WARNING_INEXACT);
}

static void summarize(struct worker *worker, const struct sample *sample,
		      struct bi_cell *cell)
{
	size_t count = sample->count;

	if (count != worker->interval_count) {
		worker->interval = bi_order_interval(
			count, worker->analysis->table->confidence);
		worker->interval_count = count;
	}
	cell->center = bi_order_median(sample->values, count);
	cell->low = bi_order_at(sample->values, count, worker->interval.low);
	cell->high = bi_order_at(sample->values, count, worker->interval.high);
	if (isinf(cell->low) || isinf(cell->high))
		cell->warnings |= BI_WARNING_BIT(BI_WARNING_INTERVAL);
}

/* Compare the worker's two samples, that of BASELINE and that of CELL. */
static int compare(struct worker *worker, const struct bi_cell *baseline,
		   struct bi_cell *cell)
{
	const struct bi_table *table = worker->analysis->table;
	const struct sample *x = &worker->baseline, *y = &worker->other;
	size_t nx = x->count - baseline->nan, ny = y->count - cell->nan;
	struct bi_utest_result result = {BI_UTEST_EXACT, 0, 1};
	size_t need = (size_t)(table->power_need > 0 ? table->power_need
						    : BI_POWER_MOST);
	int rc;

	cell->comparison = BI_COMPARISON_TESTED;
	if (baseline->nan + cell->nan > 0)
		cell->warnings |= BI_WARNING_BIT(BI_WARNING_NAN);
	/* NaN has no rank.  It comes first in a sorted sample. */
	rc = bi_utest_run(worker->utest, x->values + baseline->nan, nx,
			  y->values + cell->nan, ny, &result);
	if (rc < 0)
		return rc;
	cell->p = result.p;
	if (cell->p > 1 && !table->compat)
		cell->p = 1;
	cell->significant = !(cell->p > table->alpha);
	if (result.method == BI_UTEST_ALL_EQUAL)
		cell->warnings |= BI_WARNING_BIT(BI_WARNING_EQUAL);
	else if (!cell->significant && nx < need && ny < need)
		cell->warnings |= BI_WARNING_BIT(BI_WARNING_POWER);
	return 0;
}

/* Like compare(), for those who judge. */
static int change(struct worker *worker, const struct bi_cell *baseline,
		  const struct bi_cell *cell, struct bi_change *change)
{
	const struct sample *x = &worker->baseline, *y = &worker->other;
	struct bi_change_sample before = {x->values + baseline->nan,
					  x->count - baseline->nan,
					  baseline->nan == 0};
	struct bi_change_sample after = {y->values + cell->nan,
					 y->count - cell->nan, cell->nan == 0};

	return bi_change_compute(&worker->change, worker->analysis->table,
				 &before, &after, change);
}

static int analyze_cell(struct worker *worker, struct sample *sample,
			size_t index)
{
	struct bi_cell *cell = &worker->analysis->table->cell[index];
	int rc = load(worker->analysis, index, sample);

	if (rc == 0)
		rc = look_as_read(worker, sample, index);
	if (rc < 0)
		return rc;
	bi_sample_sort(sample->values, sample->count);
	cell->nan = (uint32_t)bi_sample_nan_count(sample->values, cell->count);
	if (worker->analysis->keep == BI_KEEP_SORTED)
		memcpy(cell->sample, sample->values,
		       cell->count * sizeof(*sample->values));
	if (worker->analysis->exact)
		summarize_exact(sample, cell);
	else
		summarize(worker, sample, cell);
	return 0;
}

static int analyze_row(struct worker *worker, size_t row)
{
	const struct bi_table *table = worker->analysis->table;
	const struct bi_cell *baseline = bi_table_baseline(table, row);
	size_t i = table->row_start[row], end = table->row_start[row + 1];
	int rc = 0;

	if (baseline != NULL)
		rc = analyze_cell(worker, &worker->baseline, i++);
	for (; rc == 0 && i < end; i++) {
		struct bi_cell *cell = &table->cell[i];

		rc = analyze_cell(worker, &worker->other, i);
		if (rc < 0 || baseline == NULL)
			continue;
		if (worker->analysis->exact) {
			cell->comparison = BI_COMPARISON_EXACT;
			cell->significant = true;
		} else {
			rc = compare(worker, baseline, cell);
		}
		if (rc == 0 && table->change != NULL)
			rc = change(worker, baseline, cell, &table->change[i]);
	}
	return rc;
}

/* What the summary of a column is computed from. */
struct column {
	double *centers;
	double *ratios;
	size_t center_count;
	size_t ratio_count;
	bool bad_ratio;
};

static void add_ratio(struct column *column, double value, double baseline)
{
	double ratio = 0;

	if (value == baseline)
		ratio = 1;
	else if (baseline == 0)
		column->bad_ratio = true;
	else
		ratio = value / baseline;
	column->ratios[column->ratio_count++] = ratio;
}

static void finish_column(const struct column *column, bool is_baseline,
			  size_t baselines, struct bi_summary *summary)
{
	if (!is_baseline && column->ratio_count != baselines)
		summary->warnings |= BI_WARNING_BIT(BI_WARNING_SET);
	summary->center = bi_geomean(column->centers, column->center_count);
	summary->has_center = !isnan(summary->center);
	if (!summary->has_center)
		summary->warnings |= BI_WARNING_BIT(BI_WARNING_SUMMARIES);
	if (is_baseline || column->bad_ratio)
		return;
	summary->ratio = bi_geomean(column->ratios, column->ratio_count);
	summary->has_ratio = !isnan(summary->ratio);
	if (!summary->has_ratio)
		summary->warnings |= BI_WARNING_BIT(BI_WARNING_RATIOS);
}

/* Where each column's part of an array with a place for every cell starts. */
static void place_columns(const struct bi_table *table, double *centers,
			  double *ratios, struct column *columns)
{
	size_t cells = table->row_start[table->row_count], i, used = 0;

	for (i = 0; i < cells; i++)
		columns[table->cell[i].column].center_count++;
	for (i = 0; i < table->column_count; i++) {
		columns[i].centers = centers + used;
		columns[i].ratios = ratios + used;
		used += columns[i].center_count;
		columns[i].center_count = 0;
	}
}

/* Collect the columns' centers and ratios; returns the number of rows with a
 * baseline. */
static size_t fill_columns(const struct bi_table *table,
			   struct column *columns)
{
	size_t row, i, baselines = 0;

	for (row = 0; row < table->row_count; row++) {
		const struct bi_cell *baseline = bi_table_baseline(table, row);

		baselines += baseline != NULL;
		for (i = table->row_start[row]; i < table->row_start[row + 1];
		     i++) {
			const struct bi_cell *cell = &table->cell[i];
			struct column *column = &columns[cell->column];

			column->centers[column->center_count++] = cell->center;
			if (cell->comparison != BI_COMPARISON_NONE)
				add_ratio(column, cell->center,
					  baseline->center);
		}
	}
	return baselines;
}

static int summarize_columns(const struct bi_table *table)
{
	size_t cells = table->row_start[table->row_count], i, baselines;
	double *centers = calloc(cells + 1, sizeof(*centers));
	double *ratios = calloc(cells + 1, sizeof(*ratios));
	struct column *columns =
		calloc(table->column_count + 1, sizeof(*columns));
	int rc = BENCH_ENOMEM;

	if (centers == NULL || ratios == NULL || columns == NULL)
		goto out;
	place_columns(table, centers, ratios, columns);
	baselines = fill_columns(table, columns);
	for (i = 0; i < table->column_count; i++)
		finish_column(&columns[i], i == 0, baselines,
			      &table->summary[i]);
	rc = 0;
out:
	free(centers);
	free(ratios);
	free(columns);
	return rc;
}

/* Rows are taken in pieces: large enough that taking one costs nothing, small
 * enough that no thread is left waiting for another. */
#define PIECE 16

/* What the threads share. */
struct job {
	const struct bi_analysis *analysis;
	atomic_size_t next; /* the first row that nobody has taken */
};

static int analyze_rows(void *arg)
{
	struct job *job = arg;
	const struct bi_table *table = job->analysis->table;
	struct worker worker = {.analysis = job->analysis,
				.interval_count = SIZE_MAX,
				.utest = bi_utest_new()};
	int rc = worker.utest == NULL ? BENCH_ENOMEM : 0;

	worker.change.utest = worker.utest;
	if (rc == 0 && table->spread != NULL) {
		worker.spread = bi_spread_memory_new();
		rc = worker.spread == NULL ? BENCH_ENOMEM : 0;
	}
	while (rc == 0) {
		size_t row = atomic_fetch_add(&job->next, PIECE);
		size_t end = row + PIECE;

		if (row >= table->row_count)
			break;
		if (end > table->row_count)
			end = table->row_count;
		for (; rc == 0 && row < end; row++)
			rc = analyze_row(&worker, row);
	}
	free(worker.baseline.values);
	free(worker.other.values);
	bi_change_memory_release(&worker.change);
	bi_spread_memory_free(worker.spread);
	bi_utest_free(worker.utest);
	return rc;
}

/* Make room in the cells for their samples. */
static int place_samples(struct bi_table *table)
{
	size_t cells = table->row_start[table->row_count], count = 0, i;
	double *sample;

	for (i = 0; i < cells; i++)
		count += table->cell[i].count;
	if (count > SIZE_MAX / sizeof(*sample))
		return BENCH_ENOMEM;
	sample = bi_arena_alloc(&table->memory, count * sizeof(*sample));
	if (sample == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < cells; i++) {
		table->cell[i].sample = sample;
		sample += table->cell[i].count;
	}
	return 0;
}

int bi_analyze(const struct bi_analysis *analysis)
{
	struct job job = {.analysis = analysis};
	unsigned threads = analysis->threads;
	int rc;

	if (analysis->keep != BI_KEEP_NONE &&
	    place_samples(analysis->table) < 0)
		return BENCH_ENOMEM;

	/* A thread costs more than a few rows. */
	if (analysis->table->row_count <= PIECE)
		threads = 1;
	rc = bi_parallel(threads, analyze_rows, &job);
	if (rc == 0 && analysis->table->spread != NULL)
		rc = bi_spread_finish(analysis->table);
	return rc < 0 ? rc : summarize_columns(analysis->table);
}
