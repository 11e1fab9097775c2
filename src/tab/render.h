/* Writers of finished tables.  They know nothing of each other. */
#ifndef BI_TAB_RENDER_H
#define BI_TAB_RENDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sink.h"
#include "tab/model.h"

/* What a writer carries from one table to the next.  All zero at first. */
struct bi_render {
	struct bi_sink out;
	struct bi_sink warnings; /* where OUT has no room for them */
	size_t tables;  /* written so far */
	size_t records; /* of CSV, likewise */
};

/* Write TABLE.  Returns 0 or a negative enum bench_err. */
typedef int bi_render_table(struct bi_render *render,
			    const struct bi_table *table);

/* Columns for people; warnings are footnotes. */
bi_render_table bi_render_text;

/* Comma-separated values (RFC 4180, but lines end with a newline alone);
 * warnings name their cell as a spreadsheet does. */
bi_render_table bi_render_csv;

/* A page for browsers.  It needs the samples. */
bi_render_table bi_render_html;

#endif
