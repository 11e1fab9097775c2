/* What is printed of a comparison: the table. */
#include "cli/benchab/report.h"

#include <math.h>

#include "base/error.h"
#include "cli/benchab/html.h"
#include "cli/benchab/json.h"
#include "cli/benchab/lines.h"
#include "cli/benchab/summary.h"
#include "unit/scale.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define NS_PER_SEC 1e9

static const char *const header[] = {
	"name",	   "old",   "new",   "change",	 "[low, high]",
	"p",	   "clock", "verdict", "launches", "time",
};

#define COLUMNS LENGTH(header)
#define P_COLUMN 5
#define VERDICT_COLUMN 7

int report_change(double log, struct bi_buf *out)
{
	if (!isfinite(log))
		return bi_buf_addc(out, '?');
	return bi_buf_addf(out, "%+.2f%%", 100 * expm1(log));
}

int report_time(double ns, struct bi_buf *out)
{
	double sec = ns / NS_PER_SEC;
	struct bi_scale scale = bi_scale_for(sec, BI_UNIT_DECIMAL);
	char text[BI_SCALE_SIZE];
	size_t len = bi_scale_print(text, sec, &scale);
	int rc = bi_buf_add(out, text, len);

	return rc == 0 ? bi_buf_addc(out, 's') : rc;
}

static int add_interval(const struct bi_judgement *judgement,
			struct bi_buf *out)
{
	int rc = bi_buf_addc(out, '[');

	if (rc == 0)
		rc = report_change(judgement->low, out);
	if (rc == 0)
		rc = bi_buf_adds(out, ", ");
	if (rc == 0)
		rc = report_change(judgement->high, out);
	return rc == 0 ? bi_buf_addc(out, ']') : rc;
}

static int add_figures(const struct finding *finding, bool final,
		       struct lines *lines)
{
	const struct bi_judgement *judgement = &finding->row->judgement;
	int rc = report_time(finding->ns[0], lines_add(lines));

	if (rc == 0)
		rc = report_time(finding->ns[1], lines_add(lines));
	if (rc == 0)
		rc = report_change(judgement->estimate, lines_add(lines));
	if (rc == 0)
		rc = add_interval(judgement, lines_add(lines));
	if (rc == 0 && final)
		rc = bi_buf_addf(lines_add(lines), "%.3f", finding->p);
	return rc == 0 ? bi_buf_adds(lines_add(lines), finding->clock) : rc;
}

static int add_row(const struct finding *finding, bool final,
		   struct lines *lines)
{
	size_t i;
	int rc = bi_buf_adds(lines_add(lines), finding->name);

	if (rc == 0 && finding->measured)
		rc = add_figures(finding, final, lines);
	for (i = 0; !finding->measured && i < lines->left - 1; i++)
		lines_add(lines);
	if (rc == 0)
		rc = bi_buf_addf(lines_add(lines), "%s%s", finding->word,
				 finding->more);
	if (rc == 0 && finding->measured)
		rc = bi_buf_addf(lines_add(lines), "%zu", finding->row->count);
	if (rc == 0 && finding->measured)
		rc = bi_buf_addf(lines_add(lines), "%.1fs",
				 (double)finding->row->spent_ns / NS_PER_SEC);
	return rc == 0 ? lines_end(lines) : rc;
}

int report_table(const struct findings *findings, size_t most, bool markdown,
		 struct bi_buf *out)
{
	/* While it runs there is no p, and the screen is narrow. */
	bool final = findings->final;
	struct lines lines = {.columns = COLUMNS - !final,
			      .left = VERDICT_COLUMN - !final};
	size_t i, shown = 0;
	int rc = 0;

	for (i = 0; i < COLUMNS && rc == 0; i++) {
		if (final || i != P_COLUMN)
			rc = bi_buf_adds(lines_add(&lines), header[i]);
	}
	for (i = 0; i < findings->count && rc == 0; i++) {
		/* With too many for the screen those that run are shown. */
		if (most > 0 && findings->count > most &&
		    findings->row[i].row->over)
			continue;
		if (most == 0 || shown++ < most)
			rc = add_row(&findings->row[i], final, &lines);
	}
	if (rc == 0)
		rc = lines_print(&lines, markdown, out);
	lines_release(&lines);
	return rc;
}

int report_all(const struct findings *findings, struct bi_buf *out)
{
	bool markdown = findings->options->format == FORMAT_MARKDOWN;
	int rc;

	switch (findings->options->format) {
	case FORMAT_JSON:
		return json_report(findings, out);
	case FORMAT_HTML:
		return html_report(findings, out);
	case FORMAT_TEXT:
	case FORMAT_MARKDOWN:
		break;
	}
	rc = report_table(findings, 0, markdown, out);
	return rc == 0 ? summary_print(findings, markdown, out) : rc;
}
