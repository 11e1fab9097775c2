/* How the numbers of a cell are written, alike in all renderers. */
#ifndef BI_TAB_FORMAT_H
#define BI_TAB_FORMAT_H

#include <stddef.h>

#include "base/real.h"
#include "tab/model.h"

/* Enough for all of these; each returns the length. */
#define BI_FORMAT_SIZE	      (BI_REAL_FIXED_SIZE + 32)
#define BI_FORMAT_EFFECT_SIZE (3 * BI_FORMAT_SIZE)
#define BI_FORMAT_SPREAD_SIZE (3 * BI_FORMAT_SIZE)

/* How far the interval reaches from the center: "5%", "∞", or "?" if that is
 * no percentage. */
size_t bi_format_range(char out[BI_FORMAT_SIZE], const struct bi_cell *cell);

/* The change from BASELINE's center to CELL's: "-12.34%", "~" if it does not
 * count. */
size_t bi_format_delta(char out[BI_FORMAT_SIZE], const struct bi_cell *cell,
		       const struct bi_cell *baseline);

/* What that rests on: "p=0.002 n=6+7". */
size_t bi_format_test(char out[BI_FORMAT_SIZE], const struct bi_table *table,
		      const struct bi_cell *cell,
		      const struct bi_cell *baseline);

/* The factor of CHANGE, and its interval if it is sampled: "+9.77% [+9.25%,
 * +10.32%]".  Empty for no change. */
size_t bi_format_effect(char out[BI_FORMAT_EFFECT_SIZE],
			const struct bi_change *change);

/* The parts of SPREAD, "?" for what is not known: its scale relative to the
 * median, "±1.3%"; the number of outliers; the autocorrelation, "+0.12". */
size_t bi_format_scale(char out[BI_FORMAT_SIZE],
		       const struct bi_spread *spread);
size_t bi_format_outliers(char out[BI_FORMAT_SIZE],
			  const struct bi_spread *spread);
size_t bi_format_lag1(char out[BI_FORMAT_SIZE], const struct bi_spread *spread);

/* All of it: "±1.3%, 1 outlier, lag 1: +0.12". */
size_t bi_format_spread(char out[BI_FORMAT_SPREAD_SIZE],
			const struct bi_spread *spread);

/* The change of a column: "+3.00%", "?" if there is none. */
size_t bi_format_ratio(char out[BI_FORMAT_SIZE],
		       const struct bi_summary *summary);

#endif
