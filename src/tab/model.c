/* The finished table: plain data. */
#include "tab/model.h"

#include <math.h>

#include "base/real.h"

void bi_table_release(struct bi_table *table)
{
	bi_arena_release(&table->memory);
	bi_intern_release(&table->vary);
	*table = (struct bi_table){0};
}

const struct bi_cell *bi_table_baseline(const struct bi_table *table,
					size_t row)
{
	size_t first = table->row_start[row];

	if (first == table->row_start[row + 1] ||
	    table->cell[first].column != 0)
		return NULL;
	return &table->cell[first];
}

bool bi_table_same_lines(const struct bi_table *a, const struct bi_table *b)
{
	size_t i;

	if (a->line_count != b->line_count)
		return false;
	for (i = 0; i < a->line_count; i++) {
		if (!bi_slice_equal(a->lines[i].key, b->lines[i].key) ||
		    !bi_slice_equal(a->lines[i].value, b->lines[i].value))
			return false;
	}
	return true;
}

size_t bi_table_row_number(const struct bi_table *table, size_t row)
{
	return table->row_number != NULL ? table->row_number[row] : row;
}

double bi_change_factor(const struct bi_change *change)
{
	switch (change->kind) {
	case BI_CHANGE_NONE:
		break;
	case BI_CHANGE_EXACT:
		/* From nothing to nothing is no change. */
		return change->after == change->before
			       ? 1
			       : change->after / change->before;
	case BI_CHANGE_SAMPLED:
		return change->factor;
	}
	return (double)NAN;
}

int bi_table_column_name(const struct bi_table *table, size_t column,
			 struct bi_buf *out)
{
	size_t level, start = out->len;
	int rc = 0;

	for (level = 0; rc == 0 && level < table->level_count; level++) {
		struct bi_slice part =
			table->header[level * table->column_count + column];

		if (part.len == 0)
			continue;
		if (out->len > start)
			rc = bi_buf_addc(out, ' ');
		if (rc == 0)
			rc = bi_buf_add(out, part.text, part.len);
	}
	return rc;
}

double bi_spread_relative(const struct bi_spread *spread)
{
	double relative = spread->scale / fabs(spread->median);

	/* Also where the median is 0. */
	if (spread->scale == 0)
		return 0;
	return isfinite(relative) ? relative : (double)NAN;
}

int bi_fit_reason(const struct bi_table *table, const struct bi_fit *fit,
		  struct bi_buf *out)
{
	int key_len = (int)table->fit_key.len, len = (int)fit->text.len;

	switch (fit->problem) {
	case BI_FIT_FOUND:
		break;
	case BI_FIT_ZERO:
		return bi_buf_adds(out, "all values are 0");
	case BI_FIT_FEW:
		return bi_buf_addf(out, "%u %s, need >= %d", fit->size_count,
				   fit->size_count == 1 ? "size" : "sizes",
				   BI_FIT_LEAST);
	case BI_FIT_TEXT:
		return bi_buf_addf(out, "%.*s=%.*s is no number", key_len,
				   table->fit_key.text, len, fit->text.text);
	case BI_FIT_SMALL:
		return bi_buf_addf(out, "%.*s=%.*s is below 1", key_len,
				   table->fit_key.text, len, fit->text.text);
	case BI_FIT_VALUE:
		return bi_buf_addf(out,
				   "the value at %.*s=%.*s is not finite and "
				   "above 0",
				   key_len, table->fit_key.text, len,
				   fit->text.text);
	}
	return 0;
}

/* "need >= 6 samples WHAT 0.95"; with NEED 0, "need > MOST samples". */
static int add_need(struct bi_buf *out, int need, int most, const char *what,
		    double level)
{
	char text[BI_REAL_SIZE];

	bi_real_print(text, level);
	return bi_buf_addf(out, "need %s %d samples %s %s",
			   need > 0 ? ">=" : ">", need > 0 ? need : most, what,
			   text);
}

static int add_trend(struct bi_buf *out, const char *verb)
{
	char level[BI_REAL_SIZE];

	bi_real_print(level, BI_TREND_LEVEL);
	return bi_buf_addf(out,
			   "values %s from run to run (Mann-Kendall test, Holm "
			   "at level %s)",
			   verb, level);
}

int bi_warning_text(const struct bi_table *table, enum bi_warning_kind kind,
		    const struct bi_cell *cell, const struct bi_cell *baseline,
		    struct bi_buf *out)
{
	char low[BI_REAL_SIZE], high[BI_REAL_SIZE];
	uint32_t nan;

	switch (kind) {
	case BI_WARNING_VARY:
		return bi_buf_addf(out, "benchmarks vary in %s",
				   cell->vary->text);
	case BI_WARNING_INEXACT:
		bi_real_print(low, cell->low);
		bi_real_print(high, cell->high);
		return bi_buf_addf(out,
				   "exact distribution expected, but values "
				   "range from %s to %s",
				   low, high);
	case BI_WARNING_RISE:
		return add_trend(out, "rise");
	case BI_WARNING_FALL:
		return add_trend(out, "fall");
	case BI_WARNING_INTERVAL:
		return add_need(out, table->interval_need, BI_INTERVAL_MOST,
				"for confidence interval at level",
				table->confidence);
	case BI_WARNING_NAN:
		nan = cell->nan + (baseline != NULL ? baseline->nan : 0);
		return bi_buf_addf(out, "%u NaN %s left out of the comparison",
				   nan, nan == 1 ? "sample" : "samples");
	case BI_WARNING_EQUAL:
		return bi_buf_adds(out, "all samples are equal");
	case BI_WARNING_POWER:
		return add_need(out, table->power_need, BI_POWER_MOST,
				"to detect a difference at alpha level",
				table->alpha);
	case BI_WARNING_SET:
		return bi_buf_adds(out, "benchmark set differs from baseline; "
					"geomeans may not be comparable");
	case BI_WARNING_SUMMARIES:
		return bi_buf_adds(out,
				   "summaries must be >0 to compute geomean");
	case BI_WARNING_RATIOS:
		return bi_buf_adds(out, "ratios must be >0 to compute geomean");
	}
	return 0;
}
