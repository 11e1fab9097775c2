/* Writers of finished tables.  They know nothing of each other. */
#ifndef BI_TAB_RENDER_H
#define BI_TAB_RENDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sink.h"
#include "tab/gate.h"
#include "tab/model.h"

/* What a writer carries from one table to the next.  All zero at first. */
struct bi_render {
	struct bi_sink out;
	struct bi_sink warnings; /* where OUT has no room for them */
	size_t tables;  /* written so far */
	size_t records; /* of CSV, likewise */
	bool color; /* in text, for a terminal (ECMA-48) */
};

/* Write TABLE.  Returns 0 or a negative enum bench_err. */
typedef int bi_render_table(struct bi_render *render,
			    const struct bi_table *table);

/* All of a run, for writers that begin with what it comes to. */
struct bi_report {
	const struct bi_table *tables; /* with all their lines */
	size_t count;
	const struct bi_gate *gate; /* judged; NULL: none */
};

/* Write REPORT.  Returns 0 or a negative enum bench_err. */
typedef int bi_render_report(struct bi_render *render,
			     const struct bi_report *report);

/* A pull request's comment, in the dialect of GitHub. */
bi_render_report bi_render_md;

/* One JSON object, which benchstat.schema.json describes. */
bi_render_report bi_render_json;

/* A page for browsers.  It needs the samples. */
bi_render_report bi_render_html;

/* Columns for people; warnings are footnotes. */
bi_render_table bi_render_text;

/* Comma-separated values (RFC 4180, but lines end with a newline alone);
 * warnings name their cell as a spreadsheet does. */
bi_render_table bi_render_csv;

#endif
