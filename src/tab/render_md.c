/* All of a run as a comment on a pull request: what it comes to first, then what
 * changed, the long rest folded.  The dialect is GitHub's (GFM 0.29). */
#include "tab/render.h"

#include <string.h>

#include "base/error.h"
#include "tab/format.h"
#include "tab/render_fit.h"
#include "unit/scale.h"

/* So many rows without a change are shown; more of them are folded. */
#define UNFOLDED 10

/* How a unit is said in words, and written behind a number. */
struct unit_words {
	const char *unit;
	const char *words;
	const char *symbol;
};

static const struct unit_words known_units[] = {
	{"sec/op", "Time per operation", "s"},
	{"B/s", "Throughput", "B/s"},
	{"B/op", "Bytes allocated per operation", "B"},
	{"allocs/op", "Allocations per operation", ""},
};

/* The work on one report. */
struct md {
	struct bi_render *render;
	const struct bi_report *report;
	size_t number; /* of the table at hand */
	const struct bi_table *table;
	const char *symbol;
	bool in_table;
	struct bi_buf out;
	struct bi_buf scratch;
	struct bi_buf note_text; /* of the table: all notes, a line each */
	struct bi_intern notes;  /* a note's id is its number less 1 */
	int rc; /* the first failure; nothing is added behind it */
};

static void add(struct md *md, const char *text)
{
	if (md->rc == 0)
		md->rc = bi_buf_adds(&md->out, text);
}

static void add_count(struct md *md, size_t count, const char *what)
{
	if (md->rc == 0)
		md->rc = bi_buf_addf(&md->out, "%zu %s", count, what);
}

/* TEXT as it is: in backquotes, in which nothing but they have a meaning. */
static void add_code(struct md *md, struct bi_slice text)
{
	size_t i, run = 0, longest = 0;
	bool blank = text.len == 0 || text.text[0] == '`' ||
		     text.text[text.len - 1] == '`';

	for (i = 0; i < text.len; i++) {
		run = text.text[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	if (md->rc == 0)
		md->rc = bi_buf_fill(&md->out, '`', longest + 1);
	add(md, blank ? " " : "");
	for (i = 0; md->rc == 0 && i < text.len; i++) {
		/* But for the bar, in a table. */
		if (text.text[i] == '|' && md->in_table)
			add(md, "\\|");
		else
			md->rc = bi_buf_addc(&md->out, text.text[i]);
	}
	add(md, blank ? " " : "");
	if (md->rc == 0)
		md->rc = bi_buf_fill(&md->out, '`', longest + 1);
}

static void flush(struct md *md)
{
	const struct bi_sink *out = &md->render->out;

	if (md->rc == 0)
		md->rc = out->write(out->arg, bi_buf_str(&md->out),
				    md->out.len);
	bi_buf_reset(&md->out);
}

/* Whether CELL is worse than its baseline (1), better (-1) or neither. */
static int direction(const struct bi_table *table, const struct bi_cell *cell,
		     const struct bi_cell *baseline)
{
	int sign;

	if (cell->comparison == BI_COMPARISON_NONE || !cell->significant)
		return 0;
	sign = (cell->center > baseline->center) -
	       (cell->center < baseline->center);
	return table->better == BI_BETTER_HIGHER ? -sign : sign;
}

/* Whether ROW should be looked at. */
static bool has_changed(const struct md *md, size_t row)
{
	const struct bi_table *table = md->table;
	const struct bi_cell *baseline = bi_table_baseline(table, row);
	const struct bi_gate *gate = md->report->gate;
	size_t i;

	/* Also what came or went. */
	if (table->row_start[row + 1] - table->row_start[row] <
	    table->column_count)
		return true;
	for (i = table->row_start[row]; i < table->row_start[row + 1]; i++) {
		if (direction(table, &table->cell[i], baseline) != 0)
			return true;
	}
	if (gate == NULL)
		return false;
	row = bi_table_row_number(table, row);
	for (i = bi_gate_find(gate, md->number, row);
	     i < gate->judged_count && gate->judged[i].table == md->number &&
	     gate->judged[i].row == row;
	     i++) {
		if (gate->judged[i].verdict != BI_GATE_PASS)
			return true;
	}
	return false;
}

/* The mark of the note in the scratch buffer. */
static void add_mark(struct md *md)
{
	size_t known = bi_intern_count(&md->notes);
	const struct bi_string *note;

	if (md->rc < 0)
		return;
	note = bi_intern(&md->notes, bi_buf_str(&md->scratch),
			 md->scratch.len);
	if (note == NULL)
		md->rc = BENCH_ENOMEM;
	else if (note->id == known)
		md->rc = bi_buf_addf(&md->note_text,
				     "<sup>%zu</sup> %s\\\n", known + 1,
				     note->text);
	if (md->rc == 0)
		md->rc = bi_buf_addf(&md->out, " <sup>%u</sup>", note->id + 1);
}

static void add_marks(struct md *md, unsigned warnings,
		      enum bi_warning_kind first, enum bi_warning_kind last,
		      const struct bi_cell *cell,
		      const struct bi_cell *baseline)
{
	unsigned kind;

	for (kind = first; md->rc == 0 && kind <= last; kind++) {
		if (!(warnings & BI_WARNING_BIT(kind)))
			continue;
		bi_buf_reset(&md->scratch);
		md->rc = bi_warning_text(md->table, (enum bi_warning_kind)kind,
					 cell, baseline, &md->scratch);
		add_mark(md);
	}
}

/* Whether COLUMN tells what changed. */
static bool compares(const struct bi_table *table, size_t column)
{
	return column > 0 && !table->no_compare;
}

/* Whether it also tells by what factor. */
static bool has_effect(const struct bi_table *table, size_t column)
{
	return compares(table, column) && table->show_effect;
}

static void add_header(struct md *md)
{
	const struct bi_table *table = md->table;
	size_t i;

	add(md, "| |");
	for (i = 0; i < table->column_count; i++) {
		bi_buf_reset(&md->scratch);
		if (md->rc == 0)
			md->rc = bi_table_column_name(table, i, &md->scratch);
		add(md, " ");
		if (md->scratch.len > 0)
			add_code(md, (struct bi_slice){md->scratch.data,
						       md->scratch.len});
		add(md, compares(table, i) ? " | change | |" : " |");
		add(md, has_effect(table, i) ? " effect |" : "");
		add(md, table->spread != NULL ? " spread |" : "");
	}
	add(md, "\n|---|");
	for (i = 0; i < table->column_count; i++) {
		add(md, compares(table, i) ? "--:|--:|---|" : "--:|");
		add(md, has_effect(table, i) ? "---|" : "");
		add(md, table->spread != NULL ? "---|" : "");
	}
	add(md, "\n");
}

static void add_value(struct md *md, double value,
		      const struct bi_scale *scale)
{
	char text[BI_SCALE_SIZE];

	bi_scale_print(text, value, scale);
	add(md, " ");
	add(md, text);
	add(md, md->symbol);
}

/* What a change rests on, in words. */
static void add_test(struct md *md, const struct bi_cell *cell,
		     const struct bi_cell *baseline)
{
	uint32_t n = cell->count, base_n = baseline->count;
	char p[BI_REAL_FIXED_SIZE];

	if (cell->comparison == BI_COMPARISON_TESTED) {
		n -= cell->nan;
		base_n -= baseline->nan;
		bi_real_fixed(p, cell->p, 3);
		add(md, " p=");
		add(md, p);
		add(md, ",");
	}
	if (md->rc == 0 && n == base_n)
		md->rc = bi_buf_addf(&md->out, " %u %s", n,
				     n == 1 ? "sample each" : "samples each");
	else if (md->rc == 0)
		md->rc = bi_buf_addf(&md->out, " %u and %u samples", base_n, n);
}

/* What the gate says about COLUMN of ROW, unless it passes. */
static void add_verdict(struct md *md, size_t row, size_t column)
{
	const struct bi_gate *gate = md->report->gate;
	size_t i;

	if (gate == NULL)
		return;
	row = bi_table_row_number(md->table, row);
	for (i = bi_gate_find(gate, md->number, row);
	     i < gate->judged_count && gate->judged[i].table == md->number &&
	     gate->judged[i].row == row;
	     i++) {
		const struct bi_judged *judged = &gate->judged[i];

		if (judged->verdict == BI_GATE_PASS ||
		    judged->verdict == BI_GATE_MISSING ||
		    judged->place != column)
			continue;
		add(md, " **");
		add(md, bi_gate_verdict_word(judged->verdict));
		add(md, "**");
	}
}

static void add_comparison(struct md *md, const struct bi_cell *cell,
			   const struct bi_cell *baseline)
{
	static const char *const word[] = {" better", "", " worse"};
	int way = direction(md->table, cell, baseline);
	char delta[BI_FORMAT_SIZE];

	bi_format_delta(delta, cell, baseline);
	add(md, way != 0 ? " **" : " ");
	add(md, delta);
	add(md, way != 0 ? "**" : "");
	add(md, word[way + 1]);
	add(md, " |");
	add_test(md, cell, baseline);
	add_marks(md, cell->warnings, BI_WARNING_NAN, BI_WARNING_POWER, cell,
		  baseline);
}

/* A column that is only TEXT. */
static void add_column(struct md *md, const char *text)
{
	add(md, " ");
	add(md, text);
	add(md, " |");
}

static void add_cell(struct md *md, size_t row, size_t index,
		     const struct bi_scale *scale)
{
	const struct bi_cell *baseline = bi_table_baseline(md->table, row);
	const struct bi_cell *cell = &md->table->cell[index];
	char range[BI_FORMAT_SIZE], effect[BI_FORMAT_EFFECT_SIZE];
	char spread[BI_FORMAT_SPREAD_SIZE];

	add_value(md, cell->center, scale);
	bi_format_range(range, cell);
	add(md, " ± ");
	add(md, range);
	add_marks(md, cell->warnings, BI_WARNING_VARY, BI_WARNING_INTERVAL,
		  cell, baseline);
	add(md, " |");
	if (compares(md->table, cell->column)) {
		if (cell->comparison != BI_COMPARISON_NONE)
			add_comparison(md, cell, baseline);
		else
			add(md, " |");
		add_verdict(md, row, cell->column);
		add(md, " |");
	}
	if (has_effect(md->table, cell->column)) {
		bi_format_effect(effect, &md->table->change[index]);
		add_column(md, effect);
	}
	if (md->table->spread != NULL) {
		bi_format_spread(spread, &md->table->spread[index]);
		add_column(md, spread);
	}
}

static void add_row(struct md *md, size_t row)
{
	const struct bi_table *table = md->table;
	size_t i = table->row_start[row], end = table->row_start[row + 1];
	size_t column, cell;
	struct bi_scale scale;
	double least = 0;

	for (cell = i; cell < end; cell++)
		bi_scale_take(&least, table->cell[cell].center);
	scale = bi_scale_for(least, table->unit_class);
	add(md, "| ");
	add_code(md, table->label[row]);
	add(md, " |");
	for (column = 0; column < table->column_count; column++) {
		if (i < end && table->cell[i].column == column) {
			add_cell(md, row, i++, &scale);
			continue;
		}
		add(md, compares(table, column) ? " | | |" : " |");
		add(md, has_effect(table, column) ? " |" : "");
		add(md, table->spread != NULL ? " |" : "");
	}
	add(md, "\n");
	if (md->out.len >= (size_t)32 * 1024)
		flush(md);
}

static void add_summaries(struct md *md)
{
	const struct bi_table *table = md->table;
	char ratio[BI_FORMAT_SIZE];
	size_t i;

	add(md, "| geomean |");
	for (i = 0; i < table->column_count; i++) {
		const struct bi_summary *summary = &table->summary[i];
		struct bi_scale scale;
		double least = 0;

		if (summary->has_center) {
			bi_scale_take(&least, summary->center);
			scale = bi_scale_for(least, table->unit_class);
			add_value(md, summary->center, &scale);
		}
		add(md, " |");
		if (compares(table, i)) {
			bi_format_ratio(ratio, summary);
			add_column(md, ratio);
			add_marks(md, summary->warnings, BI_WARNING_SET,
				  BI_WARNING_RATIOS, NULL, NULL);
			add(md, has_effect(table, i) ? " | |" : " |");
		}
		add(md, table->spread != NULL ? " |" : "");
	}
	add(md, "\n");
}

/* The rows that have changed, or those that have not. */
static size_t add_rows(struct md *md, bool changed)
{
	size_t row, count = 0;

	for (row = 0; row < md->table->row_count; row++) {
		if (has_changed(md, row) != changed)
			continue;
		add_row(md, row);
		count++;
	}
	return count;
}

static void add_notes(struct md *md)
{
	if (md->note_text.len == 0)
		return;
	/* Every line but the last ends with a break. */
	md->note_text.data[md->note_text.len - 2] = '\0';
	add(md, "\n");
	add(md, md->note_text.data);
	add(md, "\n");
	bi_buf_reset(&md->note_text);
	bi_intern_release(&md->notes);
}

static void add_title(struct md *md)
{
	const struct bi_table *table = md->table;
	size_t i;

	md->symbol = "";
	add(md, "\n### ");
	for (i = 0; i < sizeof(known_units) / sizeof(known_units[0]); i++) {
		const char *unit = known_units[i].unit;

		if (!bi_slice_equal(table->unit, (struct bi_slice){
							 unit, strlen(unit)}))
			continue;
		md->symbol = known_units[i].symbol;
		add(md, known_units[i].words);
		add(md, " ");
	}
	add_code(md, table->unit);
	add(md, "\n\n");
}

/* The configuration, if it is not that of the table before. */
static void add_lines(struct md *md)
{
	const struct bi_table *table = md->table;
	size_t i;

	if (md->number > 0 && bi_table_same_lines(table, table - 1))
		return;
	for (i = 0; i < table->line_count; i++) {
		if (table->lines[i].value.len == 0)
			continue;
		add(md, i == 0 ? "\n" : " · ");
		bi_buf_reset(&md->scratch);
		if (md->rc == 0)
			md->rc = bi_buf_addf(&md->scratch, "%.*s: %.*s",
					     (int)table->lines[i].key.len,
					     table->lines[i].key.text,
					     (int)table->lines[i].value.len,
					     table->lines[i].value.text);
		if (md->rc == 0)
			add_code(md, (struct bi_slice){md->scratch.data,
						       md->scratch.len});
	}
	add(md, table->line_count > 0 ? "\n" : "");
}

static void add_table(struct md *md)
{
	const struct bi_table *table = md->table;
	size_t row, rest = table->row_count;

	add_lines(md);
	add_title(md);
	for (row = 0; row < table->row_count; row++)
		rest -= has_changed(md, row);
	md->in_table = true;
	add_header(md);
	add_rows(md, true);
	if (rest <= UNFOLDED)
		add_rows(md, false);
	if (table->row_count + table->hidden_count > 1 && !table->no_geomean)
		add_summaries(md);
	if (rest > UNFOLDED) {
		add(md, "\n<details><summary>");
		add_count(md, rest, "rows without a change</summary>\n\n");
		add_header(md);
		add_rows(md, false);
		add(md, "\n</details>\n");
	}
	md->in_table = false;
	add_notes(md);
	if (table->hidden_count > 0) {
		add(md, "\n");
		add_count(md, table->hidden_count, "without a change\n");
	}
	if (table->fit_count > 0) {
		add(md, "\n```\n");
		if (md->rc == 0)
			md->rc = bi_fit_text(table, &md->out);
		add(md, "```\n");
	}
}

/* What the run comes to. */
static void add_verdicts(struct md *md)
{
	static const char *const word[] = {"pass", "FAIL", "error",
					   "undecided"};
	const struct bi_gate *gate = md->report->gate;
	size_t i, len;

	if (gate == NULL)
		return;
	add(md, "**Gate: ");
	add(md, word[bi_gate_status(gate)]);
	add(md, "**\n\n");
	bi_buf_reset(&md->scratch);
	if (md->rc == 0)
		md->rc = bi_gate_summary(gate, &md->scratch);
	if (md->rc == 0)
		add_code(md, (struct bi_slice){md->scratch.data,
					       md->scratch.len});
	add(md, "\n\n");
	for (i = 0; i < gate->problems.len; i += len + 1) {
		len = strcspn(gate->problems.data + i, "\n");
		add(md, "- ");
		add_code(md, (struct bi_slice){gate->problems.data + i, len});
		add(md, "\n");
	}
	for (i = 0; i < gate->judged_count; i++) {
		const struct bi_judged *judged = &gate->judged[i];

		if (judged->verdict == BI_GATE_PASS)
			continue;
		add(md, "- **");
		add(md, bi_gate_verdict_word(judged->verdict));
		add(md, "** ");
		add_code(md, judged->label);
		add(md, " in ");
		add_code(md, judged->column);
		add(md, ": ");
		add_code(md, judged->unit);
		add(md, " ");
		if (md->rc == 0)
			md->rc = bi_gate_reason(gate, judged, &md->out);
		add(md, "\n");
	}
	add(md, gate->problems.len > 0 ||
				gate->count[BI_GATE_PASS] <
					gate->judged_count
			? "\n"
			: "");
}

static void add_counts(struct md *md)
{
	size_t count[3] = {0}, all, table, row, i;

	for (table = 0; table < md->report->count; table++) {
		const struct bi_table *t = &md->report->tables[table];

		for (row = 0; row < t->row_count; row++) {
			const struct bi_cell *base = bi_table_baseline(t, row);

			for (i = t->row_start[row]; i < t->row_start[row + 1];
			     i++) {
				if (t->cell[i].comparison !=
				    BI_COMPARISON_NONE)
					count[direction(t, &t->cell[i], base) +
					      1]++;
			}
		}
	}
	all = count[0] + count[1] + count[2];
	if (all == 0)
		return;
	if (md->rc == 0)
		md->rc = bi_buf_addf(&md->out,
				     "%zu of %zu comparisons show a change: "
				     "%zu worse, %zu better.\n",
				     count[0] + count[2], all, count[2],
				     count[0]);
}

int bi_render_md(struct bi_render *render, const struct bi_report *report)
{
	struct md md = {.render = render, .report = report};

	add_verdicts(&md);
	add_counts(&md);
	for (; md.number < report->count; md.number++) {
		md.table = &report->tables[md.number];
		add_table(&md);
		flush(&md);
	}
	flush(&md);
	bi_buf_release(&md.out);
	bi_buf_release(&md.scratch);
	bi_buf_release(&md.note_text);
	bi_intern_release(&md.notes);
	return md.rc;
}
