/* A report for browsers: one page that needs nothing else, neither network nor
 * script; with a script its tables can be sorted and filtered, and show the
 * samples.
 *
 * A row has a cell for the label, one for the baseline, then for every other
 * column one for the center and, unless nothing is compared, one for the change
 * and perhaps one for the effect; the last is the drawing (tab/plot.h). */
#include "tab/render.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "tab/format.h"
#include "tab/html.h"
#include "tab/html_gate.h"
#include "tab/page.h"
#include "tab/plot.h"
#include "tab/render_fit.h"
#include "unit/scale.h"

/* Columns take turns in as many colors. */
#define COLORS 4

/* The work on one report. */
struct html {
	struct bi_page page;
	const struct bi_report *report;
	size_t number; /* of the table at hand */
	const struct bi_table *table;
	struct bi_intern notes;	 /* a note's id is its number less 1 */
	struct bi_buf note_text; /* all notes, as items of a list */
	struct bi_buf scratch;
};

/* The configuration, if it is not that of the table before. */
static void put_lines(struct html *html)
{
	const struct bi_table *table = html->table;
	struct bi_page *page = &html->page;
	size_t i;

	if (table->line_count == 0 ||
	    (html->number > 0 && bi_table_same_lines(table, table - 1)))
		return;
	bi_page_put(page, "<dl>\n");
	for (i = 0; i < table->line_count; i++) {
		if (table->lines[i].value.len == 0)
			continue;
		bi_page_put(page, "<div><dt>");
		bi_page_text(page, table->lines[i].key);
		bi_page_put(page, "</dt><dd>");
		bi_page_text(page, table->lines[i].value);
		bi_page_put(page, "</dd></div>\n");
	}
	bi_page_put(page, "</dl>\n");
}

/* The header of column I on LEVEL. */
static struct bi_slice header_of(const struct bi_table *table, size_t level,
				 size_t i)
{
	return table->header[level * table->column_count + i];
}

/* What column I is called, all levels in one line. */
static void put_name(struct html *html, size_t i)
{
	const struct bi_table *table = html->table;
	size_t level;

	for (level = 0; level < table->level_count; level++) {
		if (level > 0)
			bi_page_put(&html->page, " ");
		bi_page_text(&html->page, header_of(table, level, i));
	}
}

/* Whether column I stands under the same header as its left neighbour, on
 * LEVEL and all above. */
static bool continues(const struct bi_table *table, size_t level, size_t i)
{
	size_t l;

	for (l = 0; l <= level; l++) {
		if (!bi_slice_equal(header_of(table, l, i - 1),
				    header_of(table, l, i)))
			return false;
	}
	return true;
}

/* Whether column I tells what changed. */
static bool compares(const struct bi_table *table, size_t i)
{
	return i > 0 && !table->no_compare;
}

/* Whether it also tells by what factor. */
static bool has_effect(const struct bi_table *table, size_t i)
{
	return compares(table, i) && table->show_effect;
}

/* Cells of the columns from BEGIN to END. */
static size_t span(const struct bi_table *table, size_t begin, size_t end)
{
	size_t i, cells = 0;

	for (i = begin; i < end; i++)
		cells += (size_t)1 + compares(table, i) +
			 has_effect(table, i) + (table->spread != NULL);
	return cells;
}

/* A column of cells that goes through all lines of the header. */
static void put_side(struct html *html, const char *attributes,
		     const char *text)
{
	struct bi_page *page = &html->page;

	bi_page_put(page, "<th scope=\"col\" rowspan=\"");
	bi_page_count(page, html->table->level_count + 1);
	bi_page_put(page, "\" ");
	bi_page_put(page, attributes);
	bi_page_put(page, ">");
	bi_page_put(page, text);
	bi_page_put(page, "</th>");
}

static void put_level(struct html *html, size_t level)
{
	const struct bi_table *table = html->table;
	struct bi_page *page = &html->page;
	size_t i, end;

	for (i = 0; i < table->column_count; i = end) {
		for (end = i + 1; end < table->column_count &&
				  continues(table, level, end);
		     end++)
			;
		bi_page_put(page, "<th scope=\"colgroup\" colspan=\"");
		bi_page_count(page, span(table, i, end));
		bi_page_put(page, "\"");
		if (level + 1 == table->level_count) {
			bi_page_put(page, " class=\"key c");
			bi_page_count(page, i % COLORS);
			bi_page_put(page, "\"");
		}
		bi_page_put(page, ">");
		bi_page_text(page, header_of(table, level, i));
		bi_page_put(page, "</th>");
	}
}

/* The header of a cell of column I, number PLACE in the row. */
static void put_unit(struct html *html, size_t i, size_t place,
		     const char *class, struct bi_slice text)
{
	struct bi_page *page = &html->page;

	bi_page_put(page, "<th scope=\"col\" class=\"");
	bi_page_put(page, class);
	bi_page_put(page, "\" data-k=\"");
	bi_page_count(page, place);
	bi_page_put(page, "\" data-c=\"");
	put_name(html, i);
	bi_page_put(page, "\">");
	bi_page_text(page, text);
	bi_page_put(page, "</th>");
}

/* The last line of the header. */
static void put_units(struct html *html)
{
	const struct bi_table *table = html->table;
	size_t i, place = 1;

	for (i = 0; i < table->column_count; i++) {
		put_unit(html, i, place++, "v", table->unit);
		if (compares(table, i))
			put_unit(html, i, place++, "d",
				 (struct bi_slice){"vs base", 7});
		if (has_effect(table, i))
			put_unit(html, i, place++, "e",
				 (struct bi_slice){"effect", 6});
		if (table->spread != NULL)
			put_unit(html, i, place++, "s",
				 (struct bi_slice){"spread", 6});
	}
}

static void put_header(struct html *html)
{
	struct bi_page *page = &html->page;
	size_t level, levels = html->table->level_count;

	bi_page_put(page, "<thead>\n");
	for (level = 0; level <= levels; level++) {
		bi_page_put(page, "<tr>");
		if (level == 0)
			put_side(html, "class=\"l\" data-k=\"0\"", "name");
		if (level < levels)
			put_level(html, level);
		else
			put_units(html);
		if (level == 0)
			put_side(html, "class=\"plot\"", "samples");
		bi_page_put(page, "</tr>\n");
	}
	bi_page_put(page, "</thead>\n");
}

/* Add the number of the note in the scratch buffer, which is new or known. */
static void put_mark(struct html *html)
{
	struct bi_slice text = {bi_buf_str(&html->scratch), html->scratch.len};
	size_t known = bi_intern_count(&html->notes);
	const struct bi_string *string =
		bi_intern(&html->notes, text.text, text.len);
	int rc = string == NULL ? BENCH_ENOMEM : 0;

	if (rc == 0 && string->id == known) {
		rc = bi_buf_adds(&html->note_text, "<li>");
		if (rc == 0)
			rc = bi_html_text(&html->note_text, text);
		if (rc == 0)
			rc = bi_buf_adds(&html->note_text, "</li>\n");
	}
	html->page.rc = rc;
	if (rc < 0)
		return;
	bi_page_put(&html->page, "<sup>");
	bi_page_count(&html->page, string->id + (size_t)1);
	bi_page_put(&html->page, "</sup>");
}

/* The marks of those WARNINGS that lie between FIRST and LAST. */
static void put_marks(struct html *html, unsigned warnings,
		      enum bi_warning_kind first, enum bi_warning_kind last,
		      const struct bi_cell *cell,
		      const struct bi_cell *baseline)
{
	struct bi_page *page = &html->page;
	unsigned kind;

	for (kind = first; page->rc == 0 && kind <= last; kind++) {
		if (!(warnings & BI_WARNING_BIT(kind)))
			continue;
		bi_page_put(page, " ");
		bi_buf_reset(&html->scratch);
		page->rc = bi_warning_text(html->table,
					   (enum bi_warning_kind)kind, cell,
					   baseline, &html->scratch);
		if (page->rc == 0)
			put_mark(html);
	}
}

/* Begin a cell of column I, of which CLASS says more. */
static void begin_cell(struct html *html, const char *class, size_t i)
{
	struct bi_page *page = &html->page;

	bi_page_put(page, "<td class=\"");
	bi_page_put(page, class);
	bi_page_put(page, " c");
	bi_page_count(page, i % COLORS);
	bi_page_put(page, "\" data-c=\"");
	put_name(html, i);
	bi_page_put(page, "\"");
}

/* What cells are sorted by. */
static void put_key(struct html *html, double value)
{
	bi_page_put(&html->page, " data-v=\"");
	bi_page_number(&html->page, value);
	bi_page_put(&html->page, "\">");
}

static void put_center(struct html *html, double center,
		       const struct bi_scale *scale)
{
	char text[BI_SCALE_SIZE];

	bi_scale_print(text, center, scale);
	bi_page_string(&html->page, text);
}

/* What the change from BASELINE to CELL is, as a class. */
static const char *change_class(const struct bi_table *table,
				const struct bi_cell *cell,
				const struct bi_cell *baseline)
{
	bool more = cell->center > baseline->center;

	if (!cell->significant || cell->center == baseline->center)
		return "d same";
	switch (table->better) {
	case BI_BETTER_LOWER:
		return more ? "d worse" : "d better";
	case BI_BETTER_HIGHER:
		return more ? "d better" : "d worse";
	case BI_BETTER_UNCLEAR:
		break;
	}
	return "d";
}

/* What CELL's change rests on. */
static void put_test(struct html *html, const struct bi_cell *cell,
		     const struct bi_cell *baseline)
{
	char text[BI_FORMAT_SIZE];

	bi_format_test(text, html->table, cell, baseline);
	bi_page_put(&html->page, " <small>(");
	bi_page_string(&html->page, text);
	bi_page_put(&html->page, ")</small>");
	put_marks(html, cell->warnings, BI_WARNING_NAN, BI_WARNING_POWER, cell,
		  baseline);
}

static void put_change(struct html *html, size_t row,
		       const struct bi_cell *cell,
		       const struct bi_cell *baseline)
{
	const struct bi_table *table = html->table;
	const struct bi_gate *gate = html->report->gate;
	struct bi_page *page = &html->page;
	bool compared = cell->comparison != BI_COMPARISON_NONE;
	char delta[BI_FORMAT_SIZE];

	begin_cell(html,
		   compared ? change_class(table, cell, baseline) : "d",
		   cell->column);
	if (compared && table->change != NULL)
		bi_plot_interval(page, &table->change[cell - table->cell]);
	/* What is not shown is not sorted by. */
	if (compared && cell->significant)
		put_key(html, cell->center / baseline->center - 1);
	else
		bi_page_put(page, ">");
	if (compared) {
		bi_format_delta(delta, cell, baseline);
		bi_page_string(page, delta);
		put_test(html, cell, baseline);
	}
	if (gate != NULL)
		bi_html_gate_badges(page, gate, html->number,
				    bi_table_row_number(table, row),
				    cell->column);
	bi_page_put(page, "</td>");
}

/* The rest of a cell: TEXT, small from the first C on. */
static void put_split(struct bi_page *page, const char *text, char c)
{
	const char *rest = strchrnul(text, c);

	bi_page_text(page, (struct bi_slice){text, (size_t)(rest - text)});
	bi_page_put(page, "<small>");
	bi_page_string(page, rest);
	bi_page_put(page, "</small></td>");
}

static void put_effect(struct html *html, const struct bi_cell *cell)
{
	const struct bi_table *table = html->table;
	const struct bi_change *change = &table->change[cell - table->cell];
	struct bi_page *page = &html->page;
	double factor = bi_change_factor(change);
	char text[BI_FORMAT_EFFECT_SIZE];

	begin_cell(html, "e", cell->column);
	if (isnan(factor))
		bi_page_put(page, ">");
	else
		put_key(html, factor - 1);
	bi_format_effect(text, change);
	put_split(page, text, '[');
}

static void put_spread(struct html *html, const struct bi_cell *cell)
{
	const struct bi_table *table = html->table;
	const struct bi_spread *spread = &table->spread[cell - table->cell];
	double relative = bi_spread_relative(spread);
	char text[BI_FORMAT_SPREAD_SIZE];

	begin_cell(html, "s", cell->column);
	if (isnan(relative))
		bi_page_put(&html->page, ">");
	else
		put_key(html, relative);
	bi_format_spread(text, spread);
	put_split(&html->page, text, ',');
}

static void put_cell(struct html *html, size_t row,
		     const struct bi_cell *cell, const struct bi_scale *scale)
{
	const struct bi_cell *baseline = bi_table_baseline(html->table, row);
	struct bi_page *page = &html->page;
	char range[BI_FORMAT_SIZE];

	begin_cell(html, "v", cell->column);
	put_key(html, cell->center);
	put_center(html, cell->center, scale);
	bi_page_put(page, " <small>± ");
	bi_format_range(range, cell);
	bi_page_string(page, range);
	bi_page_put(page, "</small>");
	put_marks(html, cell->warnings, BI_WARNING_VARY, BI_WARNING_INTERVAL,
		  cell, baseline);
	bi_page_put(page, "</td>");
	if (compares(html->table, cell->column))
		put_change(html, row, cell, baseline);
	if (has_effect(html->table, cell->column))
		put_effect(html, cell);
	if (html->table->spread != NULL)
		put_spread(html, cell);
}

/* The cells of column I in which the row has nothing. */
static void put_nothing(struct html *html, size_t i)
{
	bi_page_put(&html->page, "<td class=\"v\"></td>");
	if (compares(html->table, i))
		bi_page_put(&html->page, "<td class=\"d\"></td>");
	if (has_effect(html->table, i))
		bi_page_put(&html->page, "<td class=\"e\"></td>");
	if (html->table->spread != NULL)
		bi_page_put(&html->page, "<td class=\"s\"></td>");
}

static void put_row(struct html *html, size_t row)
{
	const struct bi_table *table = html->table;
	struct bi_page *page = &html->page;
	size_t next = table->row_start[row], end = table->row_start[row + 1];
	struct bi_scale scale;
	double least = 0;
	size_t i;

	for (i = next; i < end; i++)
		bi_scale_take(&least, table->cell[i].center);
	scale = bi_scale_for(least, table->unit_class);
	bi_page_put(page, "<tr><th scope=\"row\" class=\"l\">");
	bi_page_text(page, table->label[row]);
	bi_page_put(page, "</th>");
	for (i = 0; i < table->column_count; i++) {
		if (next < end && table->cell[next].column == i)
			put_cell(html, row, &table->cell[next++], &scale);
		else
			put_nothing(html, i);
	}
	bi_plot_samples(page, table, row, &scale);
	bi_page_put(page, "</tr>\n");
	bi_page_piece(page);
}

static void put_summary(struct html *html, size_t i)
{
	const struct bi_table *table = html->table;
	const struct bi_summary *summary = &table->summary[i];
	struct bi_page *page = &html->page;
	char ratio[BI_FORMAT_SIZE];
	struct bi_scale scale;
	double least = 0;

	begin_cell(html, "v", i);
	if (summary->has_center) {
		bi_scale_take(&least, summary->center);
		scale = bi_scale_for(least, table->unit_class);
		put_key(html, summary->center);
		put_center(html, summary->center, &scale);
	} else {
		bi_page_put(page, ">");
	}
	if (compares(table, i)) {
		bi_page_put(page, "</td>");
		begin_cell(html, "d", i);
		bi_page_put(page, ">");
		bi_format_ratio(ratio, summary);
		bi_page_string(page, ratio);
	}
	if (!table->no_compare)
		put_marks(html, summary->warnings, BI_WARNING_SET,
			  BI_WARNING_RATIOS, NULL, NULL);
	bi_page_put(page, "</td>");
	if (has_effect(table, i))
		bi_page_put(page, "<td class=\"e\"></td>");
	if (table->spread != NULL)
		bi_page_put(page, "<td class=\"s\"></td>");
}

static void put_summaries(struct html *html)
{
	const struct bi_table *table = html->table;
	size_t i;

	if (table->no_geomean || table->row_count + table->hidden_count < 2)
		return;
	bi_page_put(&html->page, "<tfoot>\n<tr><th scope=\"row\" class=\"l\">"
				 "geomean</th>");
	for (i = 0; i < table->column_count; i++)
		put_summary(html, i);
	bi_page_put(&html->page, "<td></td></tr>\n</tfoot>\n");
}

static void put_caption(struct html *html)
{
	const struct bi_table *table = html->table;
	struct bi_page *page = &html->page;

	bi_page_put(page, "<caption>Medians with their ");
	bi_page_number(page, table->confidence * 100);
	bi_page_put(page, " % intervals");
	if (table->column_count > 1 && !table->no_compare)
		bi_page_put(page, "; changes from the first column, ~ where "
				  "they may be chance");
	bi_page_put(page, "</caption>\n");
}

/* What is said below the table. */
static void put_notes(struct html *html)
{
	struct bi_page *page = &html->page;

	if (html->note_text.len > 0) {
		bi_page_put(page, "<ol>\n");
		bi_page_put(page, html->note_text.data);
		bi_page_put(page, "</ol>\n");
	}
	bi_buf_reset(&html->note_text);
	bi_intern_release(&html->notes);
	if (html->table->hidden_count > 0) {
		bi_page_put(page, "<p class=\"hidden\">");
		bi_page_count(page, html->table->hidden_count);
		bi_page_put(page, " without a change</p>\n");
	}
}

static void put_fits(struct html *html)
{
	struct bi_buf *text = &html->scratch;

	if (html->table->fit_count == 0)
		return;
	bi_buf_reset(text);
	if (html->page.rc == 0)
		html->page.rc = bi_fit_text(html->table, text);
	bi_page_put(&html->page, "<pre>");
	bi_page_string(&html->page, bi_buf_str(text));
	bi_page_put(&html->page, "</pre>\n");
}

static void put_table(struct html *html)
{
	struct bi_page *page = &html->page;
	size_t i;

	bi_page_put(page, "<section>\n<h2>");
	bi_page_text(page, html->table->unit);
	bi_page_put(page, "</h2>\n");
	put_lines(html);
	bi_page_put(page, "<table>\n");
	put_caption(html);
	put_header(html);
	bi_page_put(page, "<tbody>\n");
	for (i = 0; i < html->table->row_count; i++)
		put_row(html, i);
	bi_page_put(page, "</tbody>\n");
	put_summaries(html);
	bi_page_put(page, "</table>\n");
	put_notes(html);
	put_fits(html);
	bi_page_put(page, "</section>\n");
}

int bi_render_html(struct bi_render *render, const struct bi_report *report)
{
	struct html html = {.report = report};

	bi_page_begin(&html.page, render->out, "Benchmark comparison");
	if (report->gate != NULL)
		bi_html_gate(&html.page, report->gate);
	for (; html.number < report->count; html.number++) {
		html.table = &report->tables[html.number];
		put_table(&html);
	}
	bi_buf_release(&html.note_text);
	bi_buf_release(&html.scratch);
	bi_intern_release(&html.notes);
	return bi_page_end(&html.page);
}
