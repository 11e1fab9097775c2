/* How the numbers of a cell are written, alike in all renderers. */
#include "tab/format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* -1, 0 or 1; NaN, which equals nothing, for NaN. */
static double sign(double x)
{
	if (isnan(x))
		return x;
	return (double)((x > 0) - (x < 0));
}

/* The greater of two, of which NaN is the greatest, and 0 greater than -0. */
static double greater(double a, double b)
{
	if (isnan(a) || isnan(b))
		return (double)NAN;
	if (a == b)
		return signbit(a) ? b : a;
	return a > b ? a : b;
}

static size_t put(char out[BI_FORMAT_SIZE], const char *text)
{
	size_t len = strlen(text);

	memcpy(out, text, len + 1);
	return len;
}

size_t bi_format_range(char out[BI_FORMAT_SIZE], const struct bi_cell *cell)
{
	double center = cell->center, low = cell->low, high = cell->high;
	size_t len;

	if (isinf(low) || isinf(high))
		return put(out, "∞");
	if (sign(center) != sign(low) || sign(center) != sign(high))
		return put(out, "?");
	if (center == 0)
		return put(out, "0%");
	len = bi_real_fixed(
		out, 100 * greater(high / center - 1, 1 - low / center), 0);
	return len + put(out + len, "%");
}

/* RATIO as a change in percent, always with a sign. */
static size_t put_change(char out[BI_FORMAT_SIZE], double ratio)
{
	char number[BI_REAL_FIXED_SIZE];
	bool has_sign;

	bi_real_fixed(number, (ratio - 1) * 100, 2);
	has_sign = number[0] == '-' || number[0] == '+';
	return (size_t)snprintf(out, BI_FORMAT_SIZE, "%s%s%%",
				has_sign ? "" : "+", number);
}

size_t bi_format_delta(char out[BI_FORMAT_SIZE], const struct bi_cell *cell,
		       const struct bi_cell *baseline)
{
	if (!cell->significant)
		return put(out, "~");
	if (cell->center == baseline->center)
		return put(out, "0.00%");
	if (baseline->center == 0)
		return put(out, "?");
	return put_change(out, cell->center / baseline->center);
}

size_t bi_format_test(char out[BI_FORMAT_SIZE], const struct bi_table *table,
		      const struct bi_cell *cell,
		      const struct bi_cell *baseline)
{
	uint32_t n = cell->count, base_n = baseline->count;
	char p[BI_REAL_FIXED_SIZE];
	size_t len = 0;

	if (cell->comparison == BI_COMPARISON_TESTED) {
		/* What the test did not see does not count. */
		n -= cell->nan;
		base_n -= baseline->nan;
		if (!table->compat || cell->p != 0) {
			bi_real_fixed(p, cell->p, 3);
			len = (size_t)snprintf(out, BI_FORMAT_SIZE, "p=%s ", p);
		}
	}
	len += (size_t)snprintf(out + len, BI_FORMAT_SIZE - len, "n=%u",
				base_n);
	if (n != base_n)
		len += (size_t)snprintf(out + len, BI_FORMAT_SIZE - len, "+%u",
					n);
	return len;
}

size_t bi_format_effect(char out[BI_FORMAT_EFFECT_SIZE],
			const struct bi_change *change)
{
	char factor[BI_FORMAT_SIZE] = "?", low[BI_FORMAT_SIZE];
	char high[BI_FORMAT_SIZE];
	double ratio = bi_change_factor(change);

	*out = '\0';
	if (change->kind == BI_CHANGE_NONE)
		return 0;
	if (!isnan(ratio))
		put_change(factor, ratio);
	put_change(low, change->low);
	put_change(high, change->high);
	if (change->kind == BI_CHANGE_EXACT)
		return (size_t)snprintf(out, BI_FORMAT_EFFECT_SIZE, "%s",
					factor);
	if (change->low == 0 && isinf(change->high))
		return (size_t)snprintf(out, BI_FORMAT_EFFECT_SIZE, "%s ± ∞",
					factor);
	return (size_t)snprintf(out, BI_FORMAT_EFFECT_SIZE, "%s [%s, %s]",
				factor, low, high);
}

size_t bi_format_scale(char out[BI_FORMAT_SIZE], const struct bi_spread *spread)
{
	double relative = bi_spread_relative(spread);
	char number[BI_REAL_FIXED_SIZE];

	if (isnan(relative))
		return put(out, "?");
	bi_real_fixed(number, 100 * relative, 1);
	return (size_t)snprintf(out, BI_FORMAT_SIZE, "±%s%%", number);
}

size_t bi_format_outliers(char out[BI_FORMAT_SIZE],
			  const struct bi_spread *spread)
{
	if (spread->count < BI_SPREAD_LEAST)
		return put(out, "?");
	return (size_t)snprintf(out, BI_FORMAT_SIZE, "%u", spread->outliers);
}

size_t bi_format_lag1(char out[BI_FORMAT_SIZE], const struct bi_spread *spread)
{
	char number[BI_REAL_FIXED_SIZE];

	if (isnan(spread->lag1))
		return put(out, "?");
	bi_real_fixed(number, spread->lag1, 2);
	return (size_t)snprintf(out, BI_FORMAT_SIZE, "%s%s",
				number[0] == '-' ? "" : "+", number);
}

size_t bi_format_spread(char out[BI_FORMAT_SPREAD_SIZE],
			const struct bi_spread *spread)
{
	char scale[BI_FORMAT_SIZE], outliers[BI_FORMAT_SIZE];
	char lag1[BI_FORMAT_SIZE];

	if (spread->count < BI_SPREAD_LEAST)
		return put(out, "?");
	bi_format_scale(scale, spread);
	bi_format_outliers(outliers, spread);
	bi_format_lag1(lag1, spread);
	return (size_t)snprintf(out, BI_FORMAT_SPREAD_SIZE,
				"%s, %s %s, lag 1: %s", scale, outliers,
				spread->outliers == 1 ? "outlier" : "outliers",
				lag1);
}

size_t bi_format_ratio(char out[BI_FORMAT_SIZE],
		       const struct bi_summary *summary)
{
	if (!summary->has_ratio)
		return put(out, "?");
	return put_change(out, summary->ratio);
}
