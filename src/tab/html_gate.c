/* What the gate says, as the first section of a page. */
#include "tab/html_gate.h"

#include <string.h>

/* So many verdicts are shown at once; the rest is folded. */
#define UNFOLDED 10

/* By exit status. */
static const struct {
	const char *word;
	const char *class;
} outcome[] = {
	{"pass", "pass"}, {"FAIL", "fail"}, {"error", "fail"},
	{"undecided", "open"},
};

/* The class of a badge. */
static const char *class_of(enum bi_gate_verdict verdict)
{
	switch (verdict) {
	case BI_GATE_FAIL:
	case BI_GATE_MISSING:
		return "fail";
	case BI_GATE_UNDECIDED:
		return "open";
	case BI_GATE_NEW:
	case BI_GATE_PASS:
		return "pass";
	}
	return "";
}

static void put_badge(struct bi_page *page, enum bi_gate_verdict verdict)
{
	bi_page_put(page, "<b class=\"verdict ");
	bi_page_put(page, class_of(verdict));
	bi_page_put(page, "\">");
	bi_page_put(page, bi_gate_verdict_word(verdict));
	bi_page_put(page, "</b>");
}

static void put_judged(struct bi_page *page, const struct bi_gate *gate,
		       const struct bi_judged *judged)
{
	struct bi_buf reason = BI_BUF_INIT;

	bi_page_put(page, "<li>");
	put_badge(page, judged->verdict);
	bi_page_put(page, " ");
	bi_page_text(page, judged->label);
	bi_page_put(page, " <small>(");
	bi_page_text(page, judged->column);
	bi_page_put(page, ")</small>: ");
	bi_page_text(page, judged->unit);
	bi_page_put(page, " ");
	if (page->rc == 0)
		page->rc = bi_gate_reason(gate, judged, &reason);
	bi_page_string(page, bi_buf_str(&reason));
	if (judged->change.kind != BI_CHANGE_NONE) {
		bi_page_put(page, " <small>(");
		bi_page_text(page, judged->rule->text);
		bi_page_put(page, ")</small>");
	}
	bi_page_put(page, "</li>\n");
	bi_buf_release(&reason);
	bi_page_piece(page);
}

/* All that did not simply pass, the worst first. */
static void put_list(struct bi_page *page, const struct bi_gate *gate)
{
	size_t count = gate->judged_count - gate->count[BI_GATE_PASS];
	size_t verdict, i, put = 0;

	if (count == 0)
		return;
	bi_page_put(page, "<ul>\n");
	for (verdict = 0; verdict < BI_GATE_PASS; verdict++) {
		for (i = 0; i < gate->judged_count; i++) {
			if (gate->judged[i].verdict != verdict)
				continue;
			if (put++ == UNFOLDED) {
				bi_page_put(page, "</ul>\n<details><summary>");
				bi_page_count(page, count - UNFOLDED);
				bi_page_put(page, " more</summary>\n<ul>\n");
			}
			put_judged(page, gate, &gate->judged[i]);
		}
	}
	bi_page_put(page, "</ul>\n");
	if (count > UNFOLDED)
		bi_page_put(page, "</details>\n");
}

static void put_problems(struct bi_page *page, const struct bi_buf *problems)
{
	size_t i, len;

	if (problems->len == 0)
		return;
	bi_page_put(page, "<ul>\n");
	for (i = 0; i < problems->len; i += len + 1) {
		len = strcspn(problems->data + i, "\n");
		bi_page_put(page, "<li><b class=\"verdict fail\">error</b> ");
		bi_page_text(page,
			     (struct bi_slice){problems->data + i, len});
		bi_page_put(page, "</li>\n");
	}
	bi_page_put(page, "</ul>\n");
}

void bi_html_gate(struct bi_page *page, const struct bi_gate *gate)
{
	struct bi_buf summary = BI_BUF_INIT;
	int status = bi_gate_status(gate);

	bi_page_put(page, "<section class=\"gate ");
	bi_page_put(page, outcome[status].class);
	bi_page_put(page, "\">\n<h2>Gate: ");
	bi_page_put(page, outcome[status].word);
	bi_page_put(page, "</h2>\n<p>");
	if (page->rc == 0)
		page->rc = bi_gate_summary(gate, &summary);
	bi_page_string(page, bi_buf_str(&summary));
	bi_page_put(page, "</p>\n");
	put_problems(page, &gate->problems);
	put_list(page, gate);
	bi_page_put(page, "</section>\n");
	bi_buf_release(&summary);
}

void bi_html_gate_badges(struct bi_page *page, const struct bi_gate *gate,
			 size_t table, size_t row, size_t column)
{
	size_t i;

	for (i = bi_gate_find(gate, table, row);
	     i < gate->judged_count && gate->judged[i].table == table &&
	     gate->judged[i].row == row;
	     i++) {
		const struct bi_judged *judged = &gate->judged[i];

		if (judged->verdict == BI_GATE_PASS ||
		    judged->verdict == BI_GATE_MISSING ||
		    judged->place != column)
			continue;
		bi_page_put(page, " ");
		put_badge(page, judged->verdict);
	}
}
