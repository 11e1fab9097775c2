/* What a page draws of a row: its samples, and the interval of a change.
 *
 * A drawing is a cell with the numbers in attributes; the page's script makes
 * the picture when the row comes into view.  data-f is the scale of the row:
 * factor, decimals, prefix.  data-s has for each column, parted by ";", the
 * center, the ends of its interval, the number of samples and these. */
#ifndef BI_TAB_PLOT_H
#define BI_TAB_PLOT_H

#include "tab/model.h"
#include "tab/page.h"
#include "unit/scale.h"

/* Add the cell with the samples of ROW, whose values are shown in SCALE. */
void bi_plot_samples(struct bi_page *page, const struct bi_table *table,
		     size_t row, const struct bi_scale *scale);

/* Add the attributes for the interval of CHANGE, if it has one: data-i, in
 * fractions of the baseline, and in words. */
void bi_plot_interval(struct bi_page *page, const struct bi_change *change);

#endif
