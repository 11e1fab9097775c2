/* Tables for programs: comma-separated values.
 *
 * The baseline takes two fields (center, range) behind the label, every other
 * column four (and change, test), or seven (and an effect, with its interval);
 * how a sample is spread takes three more of each.  Centers are written in full, unscaled.
 *
 * libcsv's writer is no help: it quotes every field, and the fields here are
 * quoted only where they must be. */
#include "tab/render.h"

#include <math.h>
#include <string.h>

#include "base/real.h"
#include "base/utf8.h"
#include "tab/format.h"

/* Fields of a column. */
enum field { CENTER, RANGE, CHANGE, TEST, EFFECT, LOW, HIGH, FIELDS };

/* The last fields of a column, if spreads are shown. */
enum spread_field { SCALE, OUTLIERS, LAG1, SPREAD_FIELDS };

/* The record being written, and those before it. */
struct csv {
	struct bi_render *render;
	const struct bi_table *table;
	struct bi_buf out;
	struct bi_buf warning;
	size_t field; /* the next one of the record */
	int rc;       /* the first failure; nothing is added behind it */
};

/* The first field of column I; for the one behind the last, the number of
 * fields. */
static size_t place_of(const struct bi_table *table, size_t i)
{
	size_t fields = table->no_compare    ? CHANGE
			: table->show_effect ? FIELDS
					     : EFFECT;
	size_t spread = table->spread != NULL ? SPREAD_FIELDS : 0;

	return i == 0 ? 1 : 1 + CHANGE + spread + (fields + spread) * (i - 1);
}

/* Where what is said about the spreads of column I begins. */
static size_t spread_of(const struct bi_table *table, size_t i)
{
	return place_of(table, i + 1) - SPREAD_FIELDS;
}

static bool must_quote(struct bi_slice text)
{
	size_t i, size;

	if (text.len == 0)
		return false;
	/* What databases take for the end of data. */
	if (text.len == 2 && memcmp(text.text, "\\.", 2) == 0)
		return true;
	for (i = 0; i < text.len; i++) {
		if (text.text[i] != '\0' &&
		    strchr(",\"\r\n", text.text[i]) != NULL)
			return true;
	}
	return bi_rune_is_space(bi_utf8_next(text.text, text.len, &size));
}

static int add_quoted(struct bi_buf *out, struct bi_slice text)
{
	size_t i;
	int rc = bi_buf_addc(out, '"');

	for (i = 0; rc == 0 && i < text.len; i++) {
		if (text.text[i] == '"')
			rc = bi_buf_addc(out, '"');
		if (rc == 0)
			rc = bi_buf_addc(out, text.text[i]);
	}
	return rc < 0 ? rc : bi_buf_addc(out, '"');
}

/* Put TEXT into field PLACE, behind as many empty ones as it takes. */
static void add(struct csv *csv, size_t place, struct bi_slice text)
{
	/* The first field has no comma before it. */
	size_t commas = place - csv->field + (csv->field > 0);

	if (csv->rc == 0)
		csv->rc = bi_buf_fill(&csv->out, ',', commas);
	if (csv->rc == 0)
		csv->rc = must_quote(text)
				  ? add_quoted(&csv->out, text)
				  : bi_buf_add(&csv->out, text.text, text.len);
	csv->field = place + 1;
}

static void add_string(struct csv *csv, size_t place, const char *text)
{
	add(csv, place, (struct bi_slice){text, strlen(text)});
}

static void add_number(struct csv *csv, size_t place, double value)
{
	char text[BI_REAL_SIZE];

	add(csv, place, (struct bi_slice){text, bi_real_print(text, value)});
}

/* Records are handed on in pieces of about this size. */
#define PIECE ((size_t)32 * 1024)

static void flush(struct csv *csv)
{
	const struct bi_sink *out = &csv->render->out;

	if (csv->rc == 0)
		csv->rc = out->write(out->arg, bi_buf_str(&csv->out),
				     csv->out.len);
	bi_buf_reset(&csv->out);
}

static void end_record(struct csv *csv)
{
	if (csv->rc == 0)
		csv->rc = bi_buf_addc(&csv->out, '\n');
	csv->field = 0;
	csv->render->records++;
	if (csv->out.len >= PIECE)
		flush(csv);
}

/* Fill the record up to as many fields as a full one has. */
static void pad(struct csv *csv)
{
	size_t last = place_of(csv->table, csv->table->column_count) - 1;

	if (csv->field <= last)
		add(csv, last, (struct bi_slice){"", 0});
}

/* The letters of field FIELD: A to Z, AA to ZZ, ... */
static int add_letters(struct bi_buf *out, size_t field, bool compat)
{
	/* Digits to base 26 alone would make BA of the field behind Z. */
	size_t rest = field / 26;
	int rc = 0;

	if (rest > 0)
		rc = add_letters(out, compat ? rest : rest - 1, compat);
	return rc < 0 ? rc : bi_buf_addc(out, (char)('A' + field % 26));
}

/* Tell those WARNINGS that lie between FIRST and LAST, about field PLACE of the
 * record at hand. */
static void warn(struct csv *csv, unsigned warnings,
		 enum bi_warning_kind first, enum bi_warning_kind last,
		 const struct bi_cell *cell, const struct bi_cell *baseline,
		 size_t place)
{
	const struct bi_sink *sink = &csv->render->warnings;
	struct bi_buf *out = &csv->warning;
	unsigned kind;

	for (kind = first; csv->rc == 0 && kind <= last; kind++) {
		if (!(warnings & BI_WARNING_BIT(kind)))
			continue;
		bi_buf_reset(out);
		csv->rc = add_letters(out, place, csv->table->compat);
		if (csv->rc == 0)
			csv->rc = bi_buf_addf(out, "%zu: ",
					      csv->render->records + 1);
		if (csv->rc == 0)
			csv->rc = bi_warning_text(csv->table,
						  (enum bi_warning_kind)kind,
						  cell, baseline, out);
		if (csv->rc == 0)
			csv->rc = bi_buf_addc(out, '\n');
		if (csv->rc == 0)
			csv->rc = sink->write(sink->arg, out->data, out->len);
	}
}

/* A header line is a record of one field. */
static void add_line(struct csv *csv, const struct bi_header_line *line)
{
	struct bi_buf text = BI_BUF_INIT;
	int rc = bi_buf_add(&text, line->key.text, line->key.len);

	if (rc == 0)
		rc = bi_buf_adds(&text, ": ");
	if (rc == 0)
		rc = bi_buf_add(&text, line->value.text, line->value.len);
	if (rc < 0)
		csv->rc = rc;
	else
		add(csv, 0, (struct bi_slice){text.data, text.len});
	end_record(csv);
	bi_buf_release(&text);
}

static void add_header(struct csv *csv)
{
	const struct bi_table *table = csv->table;
	size_t level, i;

	for (level = 0; level < table->level_count; level++) {
		const struct bi_slice *header =
			table->header + level * table->column_count;

		add_string(csv, 0, "");
		for (i = 0; i < table->column_count; i++)
			add(csv, place_of(table, i), header[i]);
		pad(csv);
		end_record(csv);
	}
	add_string(csv, 0, "");
	for (i = 0; i < table->column_count; i++) {
		add(csv, place_of(table, i) + CENTER, table->unit);
		add_string(csv, place_of(table, i) + RANGE, "CI");
		if (i > 0 && !table->no_compare) {
			add_string(csv, place_of(table, i) + CHANGE, "vs base");
			add_string(csv, place_of(table, i) + TEST, "P");
		}
		if (i > 0 && table->show_effect) {
			add_string(csv, place_of(table, i) + EFFECT, "effect");
			add_string(csv, place_of(table, i) + LOW, "low");
			add_string(csv, place_of(table, i) + HIGH, "high");
		}
		if (table->spread != NULL) {
			add_string(csv, spread_of(table, i) + SCALE, "Qn");
			add_string(csv, spread_of(table, i) + OUTLIERS,
				   "outliers");
			add_string(csv, spread_of(table, i) + LAG1, "lag 1");
		}
	}
	end_record(csv);
}

static void add_cell(struct csv *csv, const struct bi_cell *cell,
		     const struct bi_cell *baseline)
{
	size_t place = place_of(csv->table, cell->column);
	char text[BI_FORMAT_SIZE];

	add_number(csv, place + CENTER, cell->center);
	bi_format_range(text, cell);
	add_string(csv, place + RANGE, text);
	warn(csv, cell->warnings, BI_WARNING_VARY, BI_WARNING_INTERVAL, cell,
	     baseline, place + CENTER);
	if (cell->comparison == BI_COMPARISON_NONE)
		return;
	bi_format_delta(text, cell, baseline);
	add_string(csv, place + CHANGE, text);
	bi_format_test(text, csv->table, cell, baseline);
	add_string(csv, place + TEST, text);
	warn(csv, cell->warnings, BI_WARNING_NAN, BI_WARNING_POWER, cell,
	     baseline, place + CHANGE);
}

/* The factor, and its interval if it is sampled. */
static void add_effect(struct csv *csv, size_t place,
		       const struct bi_change *change)
{
	switch (change->kind) {
	case BI_CHANGE_NONE:
		break;
	case BI_CHANGE_EXACT:
		add_number(csv, place + EFFECT, bi_change_factor(change));
		break;
	case BI_CHANGE_SAMPLED:
		add_number(csv, place + EFFECT, change->factor);
		add_number(csv, place + LOW, change->low);
		add_number(csv, place + HIGH, change->high);
		break;
	}
}

/* What is not known leaves its field empty. */
static void add_spread(struct csv *csv, size_t place,
		       const struct bi_spread *spread)
{
	if (!isnan(spread->scale))
		add_number(csv, place + SCALE, spread->scale);
	if (spread->count >= BI_SPREAD_LEAST)
		add_number(csv, place + OUTLIERS, spread->outliers);
	if (!isnan(spread->lag1))
		add_number(csv, place + LAG1, spread->lag1);
}

static void add_row(struct csv *csv, size_t row)
{
	const struct bi_table *table = csv->table;
	const struct bi_cell *baseline = bi_table_baseline(table, row);
	size_t i;

	add(csv, 0, table->label[row]);
	for (i = table->row_start[row]; i < table->row_start[row + 1]; i++) {
		add_cell(csv, &table->cell[i], baseline);
		if (table->show_effect)
			add_effect(csv,
				   place_of(table, table->cell[i].column),
				   &table->change[i]);
		if (table->spread != NULL)
			add_spread(csv,
				   spread_of(table, table->cell[i].column),
				   &table->spread[i]);
	}
	end_record(csv);
}

static void add_summaries(struct csv *csv)
{
	const struct bi_table *table = csv->table;
	char text[BI_FORMAT_SIZE];
	size_t i;

	add_string(csv, 0, "geomean");
	for (i = 0; i < table->column_count; i++) {
		const struct bi_summary *summary = &table->summary[i];
		size_t place = place_of(table, i);

		if (summary->has_center)
			add_number(csv, place + CENTER, summary->center);
		if (i > 0 && !table->no_compare) {
			bi_format_ratio(text, summary);
			add_string(csv, place + CHANGE, text);
		}
		if (!table->no_compare)
			warn(csv, summary->warnings, BI_WARNING_SET,
			     BI_WARNING_RATIOS, NULL, NULL, place + CENTER);
	}
	pad(csv);
	end_record(csv);
}

/* A record for each fit: the family, its column, and the best curve with its
 * coefficient and rms, or why there is none. */
static void add_fits(struct csv *csv)
{
	enum place { FAMILY, COLUMN, GROWTH, COEFFICIENT, RMS, REASON };
	static const char *const header[] = {"column", "growth", "coefficient",
					     "rms", "reason"};
	const struct bi_table *table = csv->table;
	struct bi_buf text = BI_BUF_INIT;
	size_t i;

	if (table->fit_count == 0)
		return;
	if (csv->rc == 0)
		csv->rc = bi_buf_addf(&text, "fit over %.*s",
				      (int)table->fit_key.len,
				      table->fit_key.text);
	add_string(csv, FAMILY, bi_buf_str(&text));
	for (i = 0; i < sizeof(header) / sizeof(header[0]); i++)
		add_string(csv, COLUMN + i, header[i]);
	end_record(csv);
	for (i = 0; i < table->fit_count; i++) {
		const struct bi_fit *fit = &table->fit[i];

		add(csv, FAMILY, fit->label);
		bi_buf_reset(&text);
		if (csv->rc == 0)
			csv->rc = bi_table_column_name(table, fit->column,
						       &text);
		add_string(csv, COLUMN, bi_buf_str(&text));
		bi_buf_reset(&text);
		if (csv->rc == 0)
			csv->rc = bi_fit_reason(table, fit, &text);
		if (fit->problem == BI_FIT_FOUND) {
			add_string(csv, GROWTH, fit->curve[0].name);
			add_number(csv, COEFFICIENT, fit->curve[0].coefficient);
			add_number(csv, RMS, fit->curve[0].rms);
		} else {
			add_string(csv, REASON, bi_buf_str(&text));
		}
		end_record(csv);
	}
	bi_buf_release(&text);
}

int bi_render_csv(struct bi_render *render, const struct bi_table *table)
{
	struct csv csv = {.render = render, .table = table};
	size_t i;

	if (render->tables > 0)
		end_record(&csv);
	for (i = 0; i < table->line_count; i++)
		add_line(&csv, &table->lines[i]);
	add_header(&csv);
	for (i = 0; i < table->row_count; i++)
		add_row(&csv, i);
	if (!table->no_geomean)
		add_summaries(&csv);
	add_fits(&csv);
	flush(&csv);
	render->tables++;
	bi_buf_release(&csv.out);
	bi_buf_release(&csv.warning);
	return csv.rc;
}
