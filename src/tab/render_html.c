/* Tables for browsers: one page that needs nothing else, neither network nor
 * script; with a script its tables can be sorted and filtered, and show the
 * samples.
 *
 * The page has no end of its own: HTML lets those of body and html be left out,
 * so each table is written as it comes.
 *
 * A row has a cell for the label, one for the baseline, two (center, change)
 * for every other column, and one for the drawing.  The data-i of a change is
 * its interval, in fractions of the baseline.  The drawing has the samples:
 * its data-f is the scale of the row, its data-s has for each column, parted by
 * ";", the center, the ends of its interval, the number of samples and these. */
#include "tab/render.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/real.h"
#include "tab/format.h"
#include "tab/html.h"
#include "tab/page.h"
#include "unit/scale.h"

/* So many samples are drawn; of more, as many that lie evenly among them. */
#define DRAWN 101

/* Columns take turns in as many colors. */
#define COLORS 4

/* Rows are handed on in pieces of about this size. */
#define PIECE ((size_t)32 * 1024)

/* The work on one table. */
struct html {
	struct bi_render *render;
	const struct bi_table *table;
	struct bi_buf out;
	struct bi_intern notes;  /* a note's id is its number less 1 */
	struct bi_buf note_text; /* all notes, as items of a list */
	struct bi_buf scratch;
	int rc; /* the first failure; nothing is added behind it */
};

/* Add markup. */
static void put(struct html *html, const char *markup)
{
	if (html->rc == 0)
		html->rc = bi_buf_adds(&html->out, markup);
}

/* Add text. */
static void put_text(struct html *html, struct bi_slice text)
{
	if (html->rc == 0)
		html->rc = bi_html_text(&html->out, text);
}

static void put_string(struct html *html, const char *text)
{
	put_text(html, (struct bi_slice){text, strlen(text)});
}

static void put_count(struct html *html, size_t count)
{
	if (html->rc == 0)
		html->rc = bi_buf_addf(&html->out, "%zu", count);
}

static void put_number(struct html *html, double value)
{
	char text[BI_REAL_SIZE];

	bi_real_print(text, value);
	put(html, text);
}

static void flush(struct html *html)
{
	const struct bi_sink *out = &html->render->out;

	if (html->rc == 0)
		html->rc = out->write(out->arg, bi_buf_str(&html->out),
				      html->out.len);
	bi_buf_reset(&html->out);
}

static void put_head(struct html *html)
{
	put(html,
	    "<!DOCTYPE html>\n"
	    "<html lang=\"en\">\n"
	    "<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n"
	    "<title>Benchmark comparison</title>\n"
	    "<style>\n");
	if (html->rc == 0)
		html->rc = bi_buf_add(&html->out, style_css, sizeof(style_css));
	put(html, "</style>\n<script>\n");
	if (html->rc == 0)
		html->rc = bi_buf_add(&html->out, script_js, sizeof(script_js));
	put(html, "</script>\n"
		  "</head>\n"
		  "<body>\n"
		  "<main>\n"
		  "<h1>Benchmark comparison</h1>\n");
}

/* The configuration above the table. */
static void put_lines(struct html *html)
{
	const struct bi_table *table = html->table;
	size_t i;

	if (table->line_count == 0)
		return;
	put(html, "<dl>\n");
	for (i = 0; i < table->line_count; i++) {
		put(html, "<div><dt>");
		put_text(html, table->lines[i].key);
		put(html, "</dt><dd>");
		put_text(html, table->lines[i].value);
		put(html, "</dd></div>\n");
	}
	put(html, "</dl>\n");
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
			put(html, " ");
		put_text(html, header_of(table, level, i));
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

/* Cells of the columns from BEGIN to END. */
static size_t span(size_t begin, size_t end)
{
	return 2 * (end - begin) - (begin == 0);
}

/* A column of cells that goes through all lines of the header. */
static void put_side(struct html *html, const char *attributes,
		     const char *text)
{
	put(html, "<th scope=\"col\" rowspan=\"");
	put_count(html, html->table->level_count + 1);
	put(html, "\" ");
	put(html, attributes);
	put(html, ">");
	put(html, text);
	put(html, "</th>");
}

static void put_level(struct html *html, size_t level)
{
	const struct bi_table *table = html->table;
	size_t i, end;

	for (i = 0; i < table->column_count; i = end) {
		for (end = i + 1; end < table->column_count &&
				  continues(table, level, end);
		     end++)
			;
		put(html, "<th scope=\"colgroup\" colspan=\"");
		put_count(html, span(i, end));
		put(html, "\"");
		if (level + 1 == table->level_count && html->rc == 0)
			html->rc = bi_buf_addf(&html->out,
					       " class=\"key c%zu\"", i % COLORS);
		put(html, ">");
		put_text(html, header_of(table, level, i));
		put(html, "</th>");
	}
}

/* The header of a column of cells, number PLACE in the row. */
static void put_unit(struct html *html, size_t i, size_t place,
		     const char *class)
{
	put(html, "<th scope=\"col\" class=\"");
	put(html, class);
	put(html, "\" data-k=\"");
	put_count(html, place);
	put(html, "\" data-c=\"");
	put_name(html, i);
	put(html, "\">");
}

static void put_header(struct html *html)
{
	const struct bi_table *table = html->table;
	size_t level, i;

	put(html, "<thead>\n");
	for (level = 0; level <= table->level_count; level++) {
		put(html, "<tr>");
		if (level == 0)
			put_side(html, "class=\"l\" data-k=\"0\"", "name");
		if (level < table->level_count)
			put_level(html, level);
		for (i = 0; level == table->level_count &&
			    i < table->column_count; i++) {
			put_unit(html, i, i == 0 ? 1 : 2 * i, "v");
			put_text(html, table->unit);
			put(html, "</th>");
			if (i > 0) {
				put_unit(html, i, 2 * i + 1, "d");
				put(html, "vs base</th>");
			}
		}
		if (level == 0)
			put_side(html, "class=\"plot\"", "samples");
		put(html, "</tr>\n");
	}
	put(html, "</thead>\n");
}

/* Add the number of the note in the scratch buffer, which is new or known. */
static void put_mark(struct html *html)
{
	struct bi_buf *note = &html->scratch;
	struct bi_slice text = {bi_buf_str(note), note->len};
	size_t known = bi_intern_count(&html->notes);
	const struct bi_string *string =
		bi_intern(&html->notes, text.text, text.len);

	if (string == NULL) {
		html->rc = BENCH_ENOMEM;
		return;
	}
	if (string->id == known) {
		html->rc = bi_buf_adds(&html->note_text, "<li>");
		if (html->rc == 0)
			html->rc = bi_html_text(&html->note_text, text);
		if (html->rc == 0)
			html->rc = bi_buf_adds(&html->note_text, "</li>\n");
	}
	put(html, "<sup>");
	put_count(html, string->id + 1);
	put(html, "</sup>");
}

/* The marks of those WARNINGS that lie between FIRST and LAST. */
static void put_marks(struct html *html, unsigned warnings,
		      enum bi_warning_kind first, enum bi_warning_kind last,
		      const struct bi_cell *cell,
		      const struct bi_cell *baseline)
{
	unsigned kind;

	for (kind = first; html->rc == 0 && kind <= last; kind++) {
		if (!(warnings & BI_WARNING_BIT(kind)))
			continue;
		put(html, " ");
		bi_buf_reset(&html->scratch);
		html->rc = bi_warning_text(html->table,
					   (enum bi_warning_kind)kind, cell,
					   baseline, &html->scratch);
		if (html->rc == 0)
			put_mark(html);
	}
}

/* Begin a cell of column I, of which CLASS says more. */
static void begin_cell(struct html *html, const char *class, size_t i)
{
	put(html, "<td class=\"");
	put(html, class);
	if (html->rc == 0)
		html->rc = bi_buf_addf(&html->out, " c%zu\" data-c=\"", i % COLORS);
	put_name(html, i);
	put(html, "\"");
}

/* What cells are sorted by. */
static void put_key(struct html *html, double value)
{
	put(html, " data-v=\"");
	put_number(html, value);
	put(html, "\">");
}

static void put_center(struct html *html, double center,
		       const struct bi_scale *scale)
{
	char text[BI_SCALE_SIZE];

	bi_scale_print(text, center, scale);
	put_string(html, text);
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

/* FACTOR as a change in percent, with its sign. */
static void put_percent(struct html *html, double factor)
{
	char text[BI_REAL_FIXED_SIZE];

	bi_real_fixed(text, (factor - 1) * 100, 2);
	if (factor >= 1)
		put(html, "+");
	put(html, text);
	put(html, "%");
}

/* The interval of CELL's change, if it has one. */
static void put_interval(struct html *html, const struct bi_cell *cell)
{
	const struct bi_table *table = html->table;
	const struct bi_change *change;

	if (table->change == NULL)
		return;
	change = &table->change[cell - table->cell];
	if (change->kind != BI_CHANGE_SAMPLED || !(change->low > 0) ||
	    !isfinite(change->high))
		return;
	put(html, " data-i=\"");
	put_number(html, change->low - 1);
	put(html, " ");
	put_number(html, change->high - 1);
	put(html, "\" title=\"between ");
	put_percent(html, change->low);
	put(html, " and ");
	put_percent(html, change->high);
	put(html, "\"");
}

static void put_change(struct html *html, const struct bi_cell *cell,
		       const struct bi_cell *baseline)
{
	char text[BI_FORMAT_SIZE];

	begin_cell(html, change_class(html->table, cell, baseline),
		   cell->column);
	put_interval(html, cell);
	/* What is not shown is not sorted by. */
	if (cell->significant)
		put_key(html, cell->center / baseline->center - 1);
	else
		put(html, ">");
	bi_format_delta(text, cell, baseline);
	put_string(html, text);
	put(html, " <small>(");
	bi_format_test(text, html->table, cell, baseline);
	put_string(html, text);
	put(html, ")</small>");
	put_marks(html, cell->warnings, BI_WARNING_NAN, BI_WARNING_POWER, cell,
		  baseline);
	put(html, "</td>");
}

static void put_cell(struct html *html, const struct bi_cell *cell,
		     const struct bi_cell *baseline,
		     const struct bi_scale *scale)
{
	char text[BI_FORMAT_SIZE];

	begin_cell(html, "v", cell->column);
	put_key(html, cell->center);
	put_center(html, cell->center, scale);
	put(html, " <small>± ");
	bi_format_range(text, cell);
	put_string(html, text);
	put(html, "</small>");
	put_marks(html, cell->warnings, BI_WARNING_VARY, BI_WARNING_INTERVAL,
		  cell, baseline);
	put(html, "</td>");
	if (cell->comparison != BI_COMPARISON_NONE)
		put_change(html, cell, baseline);
	else if (cell->column > 0)
		put(html, "<td class=\"d\"></td>");
}

/* The cells of a column in which the row has nothing. */
static void put_nothing(struct html *html, size_t column)
{
	put(html, "<td class=\"v\"></td>");
	if (column > 0)
		put(html, "<td class=\"d\"></td>");
}

/* The samples of CELL, for its drawing. */
static void put_samples(struct html *html, const struct bi_cell *cell)
{
	const double *sample = cell->sample + cell->nan;
	size_t count = cell->count - cell->nan, i;
	size_t drawn = count < DRAWN ? count : DRAWN;

	put_number(html, cell->center);
	put(html, " ");
	put_number(html, cell->low);
	put(html, " ");
	put_number(html, cell->high);
	put(html, " ");
	put_count(html, cell->count);
	for (i = 0; i < drawn; i++) {
		put(html, " ");
		put_number(html, drawn == count
					 ? sample[i]
					 : sample[i * (count - 1) /
						  (DRAWN - 1)]);
	}
}

static void put_drawing(struct html *html, size_t row,
			const struct bi_scale *scale)
{
	const struct bi_table *table = html->table;
	size_t i, next = table->row_start[row];

	put(html, "<td class=\"plot\" data-f=\"");
	put_number(html, scale->factor);
	if (html->rc == 0)
		html->rc = bi_buf_addf(&html->out, " %d %s\" data-s=\"",
				       scale->decimals, scale->prefix);
	for (i = 0; i < table->column_count; i++) {
		if (i > 0)
			put(html, ";");
		if (next < table->row_start[row + 1] &&
		    table->cell[next].column == i)
			put_samples(html, &table->cell[next++]);
	}
	put(html, "\"></td>");
}

static void put_row(struct html *html, size_t row)
{
	const struct bi_table *table = html->table;
	const struct bi_cell *baseline = bi_table_baseline(table, row);
	size_t i, start = table->row_start[row], end = table->row_start[row + 1];
	struct bi_scale scale;
	double least = 0;

	for (i = start; i < end; i++)
		bi_scale_take(&least, table->cell[i].center);
	scale = bi_scale_for(least, table->unit_class);
	put(html, "<tr><th scope=\"row\" class=\"l\">");
	put_text(html, table->label[row]);
	put(html, "</th>");
	for (i = 0; i < table->column_count; i++) {
		if (start < end && table->cell[start].column == i)
			put_cell(html, &table->cell[start++], baseline, &scale);
		else
			put_nothing(html, i);
	}
	put_drawing(html, row, &scale);
	put(html, "</tr>\n");
	if (html->out.len >= PIECE)
		flush(html);
}

static void put_summary(struct html *html, size_t i)
{
	const struct bi_table *table = html->table;
	const struct bi_summary *summary = &table->summary[i];
	char ratio[BI_FORMAT_SIZE];
	double least = 0;
	struct bi_scale scale;

	begin_cell(html, "v", i);
	if (summary->has_center) {
		bi_scale_take(&least, summary->center);
		scale = bi_scale_for(least, table->unit_class);
		put_key(html, summary->center);
		put_center(html, summary->center, &scale);
	} else {
		put(html, ">");
	}
	if (i > 0) {
		put(html, "</td>");
		begin_cell(html, "d", i);
		put(html, ">");
		bi_format_ratio(ratio, summary);
		put_string(html, ratio);
	}
	put_marks(html, summary->warnings, BI_WARNING_SET, BI_WARNING_RATIOS,
		  NULL, NULL);
	put(html, "</td>");
}

static void put_summaries(struct html *html)
{
	const struct bi_table *table = html->table;
	size_t i;

	if (table->row_count < 2)
		return;
	put(html, "<tfoot>\n<tr><th scope=\"row\" class=\"l\">geomean</th>");
	for (i = 0; i < table->column_count; i++)
		put_summary(html, i);
	put(html, "<td></td></tr>\n</tfoot>\n");
}

static void put_table(struct html *html)
{
	const struct bi_table *table = html->table;
	size_t i;

	put(html, "<table>\n<caption>Medians with their ");
	put_number(html, table->confidence * 100);
	put(html, " % intervals");
	if (table->column_count > 1)
		put(html, "; changes from the first column, ~ where they may "
			  "be chance");
	put(html, "</caption>\n");
	put_header(html);
	put(html, "<tbody>\n");
	for (i = 0; i < table->row_count; i++)
		put_row(html, i);
	put(html, "</tbody>\n");
	put_summaries(html);
	put(html, "</table>\n");
	if (html->note_text.len > 0) {
		put(html, "<ol>\n");
		put(html, html->note_text.data);
		put(html, "</ol>\n");
	}
}

int bi_render_html(struct bi_render *render, const struct bi_table *table)
{
	struct html html = {.render = render, .table = table};

	if (render->tables == 0)
		put_head(&html);
	put(&html, "<section>\n<h2>");
	put_text(&html, table->unit);
	put(&html, "</h2>\n");
	put_lines(&html);
	put_table(&html);
	put(&html, "</section>\n");
	flush(&html);
	render->tables++;
	bi_buf_release(&html.out);
	bi_buf_release(&html.note_text);
	bi_buf_release(&html.scratch);
	bi_intern_release(&html.notes);
	return html.rc;
}
