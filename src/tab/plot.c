/* What a page draws of a row: its samples, and the interval of a change. */
#include "tab/plot.h"

#include <math.h>

#include "base/error.h"
#include "tab/format.h"

/* So many samples are drawn; of more, as many that lie evenly among them. */
#define DRAWN 101

static void put_samples(struct bi_page *page, const struct bi_cell *cell)
{
	const double *sample = cell->sample + cell->nan;
	size_t count = cell->count - cell->nan, i;
	size_t drawn = count < DRAWN ? count : DRAWN;

	bi_page_number(page, cell->center);
	bi_page_put(page, " ");
	bi_page_number(page, cell->low);
	bi_page_put(page, " ");
	bi_page_number(page, cell->high);
	bi_page_put(page, " ");
	bi_page_count(page, cell->count);
	for (i = 0; i < drawn; i++) {
		bi_page_put(page, " ");
		bi_page_number(page, drawn == count
					     ? sample[i]
					     : sample[i * (count - 1) /
						      (DRAWN - 1)]);
	}
}

void bi_plot_samples(struct bi_page *page, const struct bi_table *table,
		     size_t row, const struct bi_scale *scale)
{
	size_t i, next = table->row_start[row];

	bi_page_put(page, "<td class=\"plot\" data-f=\"");
	bi_page_number(page, scale->factor);
	if (page->rc == 0)
		page->rc = bi_buf_addf(&page->out, " %d %s\" data-s=\"",
				       scale->decimals, scale->prefix);
	for (i = 0; i < table->column_count; i++) {
		if (i > 0)
			bi_page_put(page, ";");
		if (next < table->row_start[row + 1] &&
		    table->cell[next].column == i)
			put_samples(page, &table->cell[next++]);
	}
	bi_page_put(page, "\"></td>");
}

/* FACTOR as a change in percent, with its sign. */
static void put_percent(struct bi_page *page, double factor)
{
	char text[BI_REAL_FIXED_SIZE];

	bi_real_fixed(text, (factor - 1) * 100, 2);
	if (factor >= 1)
		bi_page_put(page, "+");
	bi_page_put(page, text);
	bi_page_put(page, "%");
}

void bi_plot_interval(struct bi_page *page, const struct bi_change *change)
{
	if (change->kind != BI_CHANGE_SAMPLED || !(change->low > 0) ||
	    !isfinite(change->high))
		return;
	bi_page_put(page, " data-i=\"");
	bi_page_number(page, change->low - 1);
	bi_page_put(page, " ");
	bi_page_number(page, change->high - 1);
	bi_page_put(page, "\" title=\"between ");
	put_percent(page, change->low);
	bi_page_put(page, " and ");
	put_percent(page, change->high);
	bi_page_put(page, "\"");
}
