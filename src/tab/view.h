/* Which part of a finished table is shown, and in which order.  Nothing is
 * computed anew: the geometric means are those of all rows. */
#ifndef BI_TAB_VIEW_H
#define BI_TAB_VIEW_H

#include <stdbool.h>

#include "tab/model.h"

enum bi_view_sort {
	BI_VIEW_AS_IS,
	BI_VIEW_DELTA, /* the greatest change for the worse first */
	BI_VIEW_NAME,
	BI_VIEW_P /* the surest change first */
};

/* All zero: everything. */
struct bi_view {
	bool only_changed; /* rows with a change that counts, or a gap */
	enum bi_view_sort sort;
	bool no_geomean;
	bool no_compare; /* numbers, not what changed */
	bool effect;     /* the changes, too, which are there */
};

/* Make TABLE what VIEW asks for.  Rows of equal rank stay in order.  Returns 0
 * or BENCH_ENOMEM, after which TABLE is good for nothing but its release. */
int bi_view_apply(const struct bi_view *view, struct bi_table *table);

#endif
