/* A comparison as a page for browsers: what it comes to first, then a row for
 * each benchmark with its launches drawn. */
#include "cli/benchab/html.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "cli/benchab/page.h"
#include "cli/benchab/report.h"
#include "cli/benchab/strip.h"
#include "cli/benchab/summary.h"
#include "tab/html.h"

/* The page being written; the first failure stays. */
struct page {
	struct bi_buf *out;
	int rc;
};

static void put(struct page *page, const char *markup)
{
	if (page->rc == 0)
		page->rc = bi_buf_adds(page->out, markup);
}

static void put_text(struct page *page, const char *text)
{
	if (page->rc == 0)
		page->rc = bi_html_text(page->out, (struct bi_slice){
							   text, strlen(text)});
}

/* The last path component: where a build stands matters to nobody else. */
static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

static void put_head(struct page *page, const struct findings *findings)
{
	const struct bi_pair_plan *plan = findings->run->plan;

	put(page, "<!DOCTYPE html>\n"
		  "<html lang=\"en\">\n"
		  "<head>\n"
		  "<meta charset=\"utf-8\">\n"
		  "<meta name=\"viewport\" "
		  "content=\"width=device-width, initial-scale=1\">\n"
		  "<meta name=\"color-scheme\" content=\"light dark\">\n"
		  "<title>");
	put_text(page, findings->summary);
	put(page, "</title>\n<style>\n");
	if (page->rc == 0)
		page->rc = bi_buf_add(page->out, style_css, sizeof(style_css));
	put(page, "</style>\n</head>\n<body>\n<h1>");
	put_text(page, findings->summary);
	put(page, "</h1>\n<p class=\"note\">");
	put_text(page, base_name(plan->side[0].path));
	put(page, " (old) and ");
	put_text(page, base_name(plan->side[1].path));
	put(page, " (new), side by side</p>\n");
}

/* What the verdict of FINDING means, as a class. */
static const char *class_of(const struct finding *finding)
{
	if (!finding->judged)
		return finding->row->standing[0] == BI_STANDING_FAILED ||
				       finding->row->standing[1] ==
					       BI_STANDING_FAILED
			       ? "worse"
			       : "open";
	switch (finding->row->judgement.verdict) {
	case BI_VERDICT_REGRESSION:
		return "worse";
	case BI_VERDICT_IMPROVEMENT:
		return "better";
	case BI_VERDICT_EQUIVALENT:
		return "same";
	case BI_VERDICT_SLOWER:
	case BI_VERDICT_FASTER:
	case BI_VERDICT_UNDECIDED:
		break;
	}
	return "open";
}

static void put_figures(struct page *page, const struct finding *finding)
{
	const struct bi_judgement *judgement = &finding->row->judgement;
	static const char *const side[] = {"old", "new"};
	int i;

	for (i = 0; i < 2; i++) {
		put(page, "<td data-h=\"");
		put(page, side[i]);
		put(page, "\">");
		if (page->rc == 0 && finding->measured)
			page->rc = report_time(finding->ns[i], page->out);
		put(page, "</td>");
	}
	put(page, "<td data-h=\"change\">");
	if (finding->measured) {
		put(page, "<b>");
		if (page->rc == 0)
			page->rc = report_change(judgement->estimate, page->out);
		put(page, "</b> <small>[");
		if (page->rc == 0)
			page->rc = report_change(judgement->low, page->out);
		put(page, ", ");
		if (page->rc == 0)
			page->rc = report_change(judgement->high, page->out);
		put(page, "] ");
		put(page, finding->clock);
		put(page, "</small>");
	}
	put(page, "</td>");
}

static void put_row(struct page *page, const struct findings *findings,
		    const struct finding *finding)
{
	const char *class = class_of(finding);

	put(page, "<tr><th scope=\"row\" class=\"l\">");
	put_text(page, finding->name);
	put(page, "</th>");
	put_figures(page, finding);
	put(page, "<td class=\"plot ");
	put(page, class);
	put(page, "\">");
	if (page->rc == 0)
		page->rc = strip_draw(findings, finding, page->out);
	put(page, "</td><td class=\"l ");
	put(page, class);
	put(page, "\"><b>");
	put_text(page, finding->word);
	put(page, "</b>");
	put_text(page, finding->more);
	if (page->rc == 0 && finding->contends)
		page->rc = bi_buf_addf(page->out,
				       "<br><small>differs under contention: "
				       "mean %+.2f%%</small>",
				       100 * expm1(finding->mean));
	if (page->rc == 0 && finding->measured)
		page->rc = bi_buf_addf(page->out,
				       "<br><small>%zu launches, %.1f s, "
				       "p=%.3f</small>",
				       finding->row->count,
				       (double)finding->row->spent_ns / 1e9,
				       finding->p);
	put(page, "</td></tr>\n");
}

int html_report(const struct findings *findings, struct bi_buf *out)
{
	struct page page = {out, 0};
	struct bi_buf below = BI_BUF_INIT;
	size_t i;

	put_head(&page, findings);
	put(&page, "<table>\n<thead><tr><th scope=\"col\" class=\"l\">name</th>"
		   "<th scope=\"col\">old</th><th scope=\"col\">new</th>"
		   "<th scope=\"col\">change [low, high]</th>"
		   "<th scope=\"col\" class=\"l\">launches</th>"
		   "<th scope=\"col\" class=\"l\">verdict</th></tr></thead>\n"
		   "<tbody>\n");
	for (i = 0; i < findings->count; i++)
		put_row(&page, findings, &findings->row[i]);
	put(&page, "</tbody>\n</table>\n"
		   "<p class=\"note\">A dot is a launch, the later the further "
		   "down; the bar is the interval, the band the margin.  "
		   "Launches far off stand at the edge.</p>\n"
		   "<pre>");
	if (page.rc == 0)
		page.rc = summary_print(findings, false, &below);
	put_text(&page, bi_buf_str(&below) +
				strspn(bi_buf_str(&below), "\n"));
	put(&page, "</pre>\n</body>\n</html>\n");
	bi_buf_release(&below);
	return page.rc;
}
