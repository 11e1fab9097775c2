/* A table's fits for people:
 *
 *	fit over /n, sec/op:
 *	Sort-8  old.txt   12.3n · n log n  rms 2.1%  (next: n, rms 15.3%)
 *	Sum-8   old.txt  none: 3 sizes, need >= 4 */
#include "tab/render_fit.h"

#include <math.h>
#include <string.h>

#include "base/real.h"
#include "base/sink.h"
#include "tab/grid.h"
#include "unit/scale.h"

/* The columns of the grid; a reason covers those from COEFFICIENT on. */
enum place { LABEL, COLUMN, COEFFICIENT, GROWTH, RMS, NEXT, PLACES };

static int add_rms(struct bi_buf *out, double rms)
{
	char percent[BI_REAL_FIXED_SIZE];

	if (!isfinite(rms))
		return bi_buf_adds(out, "rms ?");
	bi_real_fixed(percent, 100 * rms, 1);
	return bi_buf_addf(out, "rms %s%%", percent);
}

static int add(struct bi_grid *grid, enum place place, const char *margin,
	       struct bi_slice text)
{
	struct bi_grid_cell cell = {.column = place,
				    .margin = margin,
				    .align = place == COEFFICIENT ||
							     place == RMS
						     ? BI_GRID_RIGHT
						     : BI_GRID_LEFT,
				    .text = text};

	return bi_grid_add(grid, &cell);
}

static struct bi_slice all_of(const struct bi_buf *buf)
{
	return (struct bi_slice){bi_buf_str(buf), buf->len};
}

static int add_reason(const struct bi_table *table, const struct bi_fit *fit,
		      struct bi_buf *scratch, struct bi_grid *grid)
{
	struct bi_grid_cell cell = {.column = COEFFICIENT,
				    .span = PLACES - COEFFICIENT,
				    .margin = "  "};
	int rc = bi_buf_adds(scratch, "none: ");

	if (rc == 0)
		rc = bi_fit_reason(table, fit, scratch);
	cell.text = all_of(scratch);
	return rc < 0 ? rc : bi_grid_add(grid, &cell);
}

static int add_curves(const struct bi_table *table, const struct bi_fit *fit,
		      struct bi_buf *scratch, struct bi_grid *grid)
{
	char coefficient[BI_SCALE_SIZE];
	const char *name = fit->curve[0].name;
	struct bi_scale scale;
	double least = 0;
	int rc;

	bi_scale_take(&least, fit->curve[0].coefficient);
	scale = bi_scale_for(least, table->unit_class);
	bi_scale_print(coefficient, fit->curve[0].coefficient, &scale);
	rc = add(grid, COEFFICIENT, "  ",
		 (struct bi_slice){coefficient, strlen(coefficient)});
	if (rc == 0)
		rc = add(grid, GROWTH, " · ",
			 (struct bi_slice){name, strlen(name)});
	if (rc == 0)
		rc = add_rms(scratch, fit->curve[0].rms);
	if (rc == 0)
		rc = add(grid, RMS, "  ", all_of(scratch));
	bi_buf_reset(scratch);
	if (rc == 0)
		rc = bi_buf_addf(scratch, "(next: %s, ", fit->curve[1].name);
	if (rc == 0)
		rc = add_rms(scratch, fit->curve[1].rms);
	if (rc == 0)
		rc = bi_buf_addc(scratch, ')');
	return rc < 0 ? rc : add(grid, NEXT, "  ", all_of(scratch));
}

static int add_fit(const struct bi_table *table, const struct bi_fit *fit,
		   struct bi_buf *scratch, struct bi_grid *grid)
{
	int rc = add(grid, LABEL, "", fit->label);

	bi_buf_reset(scratch);
	if (rc == 0)
		rc = bi_table_column_name(table, fit->column, scratch);
	if (rc == 0)
		rc = add(grid, COLUMN, "  ", all_of(scratch));
	bi_buf_reset(scratch);
	if (rc == 0)
		rc = fit->problem == BI_FIT_FOUND
			     ? add_curves(table, fit, scratch, grid)
			     : add_reason(table, fit, scratch, grid);
	return rc < 0 ? rc : bi_grid_end_row(grid);
}

static int append(void *arg, const char *text, size_t len)
{
	return bi_buf_add(arg, text, len);
}

int bi_fit_text(const struct bi_table *table, struct bi_buf *out)
{
	struct bi_sink sink = {append, out};
	struct bi_buf scratch = BI_BUF_INIT;
	struct bi_grid grid = {0};
	size_t i;
	int rc = 0;

	if (table->fit_count == 0)
		return 0;
	for (i = 0; rc == 0 && i < table->fit_count; i++)
		rc = add_fit(table, &table->fit[i], &scratch, &grid);
	if (rc == 0)
		rc = bi_buf_addf(out, "fit over %.*s, %.*s:\n",
				 (int)table->fit_key.len, table->fit_key.text,
				 (int)table->unit.len, table->unit.text);
	if (rc == 0)
		rc = bi_grid_write(&grid, &sink);
	bi_grid_release(&grid);
	bi_buf_release(&scratch);
	return rc;
}
