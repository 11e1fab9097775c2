/* How a table's fits are written for people, alike in all renderers. */
#ifndef BI_TAB_RENDER_FIT_H
#define BI_TAB_RENDER_FIT_H

#include "base/buf.h"
#include "tab/model.h"

/* Append a line for each fit of TABLE, in aligned columns, under one that says
 * over what; nothing if there is none.  Returns 0 or BENCH_ENOMEM. */
int bi_fit_text(const struct bi_table *table, struct bi_buf *out);

#endif
