/* All of a run as one JSON object; benchstat.schema.json describes it. */
#include "tab/render.h"

#include <math.h>
#include <string.h>

#include "base/json.h"

/* The work on one report. */
struct json {
	struct bi_render *render;
	const struct bi_report *report;
	struct bi_buf out;
	struct bi_buf scratch;
	bool comma; /* something stands before, on this level */
	int rc;     /* the first failure; nothing is added behind it */
};

/* What is written is handed on in pieces of about this size. */
#define PIECE ((size_t)32 * 1024)

static void flush(struct json *json)
{
	const struct bi_sink *out = &json->render->out;

	if (json->rc == 0)
		json->rc = out->write(out->arg, bi_buf_str(&json->out),
				      json->out.len);
	bi_buf_reset(&json->out);
}

static void add(struct json *json, const char *text)
{
	if (json->rc == 0)
		json->rc = bi_buf_adds(&json->out, text);
}

/* Part what follows from what stands before. */
static void separate(struct json *json)
{
	if (json->comma)
		add(json, ",");
	json->comma = true;
}

/* A member's name; NULL in an array. */
static void name(struct json *json, const char *key)
{
	separate(json);
	if (key != NULL && json->rc == 0)
		json->rc = bi_buf_addf(&json->out, "\"%s\":", key);
}

static void open(struct json *json, const char *key, const char *bracket)
{
	name(json, key);
	add(json, bracket);
	json->comma = false;
}

static void close(struct json *json, const char *bracket)
{
	add(json, bracket);
	json->comma = true;
}

static void number(struct json *json, const char *key, double value)
{
	name(json, key);
	if (json->rc == 0)
		json->rc = bi_json_number(&json->out, value);
}

static void count(struct json *json, const char *key, size_t value)
{
	name(json, key);
	if (json->rc == 0)
		json->rc = bi_buf_addf(&json->out, "%zu", value);
}

static void string(struct json *json, const char *key, struct bi_slice value)
{
	name(json, key);
	if (json->rc == 0)
		json->rc = bi_json_string(&json->out, value.text, value.len);
}

static void word(struct json *json, const char *key, const char *value)
{
	string(json, key, (struct bi_slice){value, strlen(value)});
}

static void boolean(struct json *json, const char *key, bool value)
{
	name(json, key);
	add(json, value ? "true" : "false");
}

static void warnings(struct json *json, const struct bi_table *table,
		     unsigned bits, const struct bi_cell *cell,
		     const struct bi_cell *baseline)
{
	unsigned kind;

	open(json, "warnings", "[");
	for (kind = 0; json->rc == 0 && bits >> kind != 0; kind++) {
		if (!(bits & BI_WARNING_BIT(kind)))
			continue;
		bi_buf_reset(&json->scratch);
		json->rc = bi_warning_text(table, (enum bi_warning_kind)kind,
					   cell, baseline, &json->scratch);
		word(json, NULL, bi_buf_str(&json->scratch));
	}
	close(json, "]");
}

static void add_change(struct json *json, const struct bi_change *change)
{
	switch (change->kind) {
	case BI_CHANGE_NONE:
		return;
	case BI_CHANGE_EXACT:
		open(json, "change", "{");
		word(json, "kind", "exact");
		number(json, "before", change->before);
		number(json, "after", change->after);
		break;
	case BI_CHANGE_SAMPLED:
		open(json, "change", "{");
		word(json, "kind", "sampled");
		number(json, "factor", change->factor);
		number(json, "low", change->low);
		number(json, "high", change->high);
		break;
	}
	close(json, "}");
}

static void add_comparison(struct json *json, const struct bi_cell *cell,
			   const struct bi_cell *baseline)
{
	switch ((enum bi_comparison)cell->comparison) {
	case BI_COMPARISON_NONE:
		return;
	case BI_COMPARISON_EXACT:
		open(json, "comparison", "{");
		word(json, "kind", "exact");
		break;
	case BI_COMPARISON_TESTED:
		open(json, "comparison", "{");
		word(json, "kind", "tested");
		number(json, "p", cell->p);
		break;
	}
	boolean(json, "significant", cell->significant);
	number(json, "ratio", cell->center / baseline->center);
	close(json, "}");
}

static void add_spread(struct json *json, const struct bi_spread *spread)
{
	if (spread->count < BI_SPREAD_LEAST)
		return;
	open(json, "spread", "{");
	number(json, "median", spread->median);
	number(json, "scale", spread->scale);
	count(json, "outliers", spread->outliers);
	if (!isnan(spread->trend)) {
		number(json, "lag1", spread->lag1);
		open(json, "trend", "{");
		word(json, "direction", spread->falls ? "fall" : "rise");
		number(json, "p", spread->trend);
		number(json, "adjusted_p", spread->adjusted_trend);
		close(json, "}");
	}
	close(json, "}");
}

static void add_cell(struct json *json, const struct bi_table *table,
		     size_t index, const struct bi_cell *baseline)
{
	const struct bi_cell *cell = &table->cell[index];
	size_t i;

	open(json, NULL, "{");
	count(json, "column", cell->column);
	count(json, "n", cell->count);
	count(json, "nan", cell->nan);
	number(json, "center", cell->center);
	number(json, "low", cell->low);
	number(json, "high", cell->high);
	add_comparison(json, cell, baseline);
	if (table->change != NULL)
		add_change(json, &table->change[index]);
	if (table->spread != NULL)
		add_spread(json, &table->spread[index]);
	warnings(json, table, cell->warnings, cell, baseline);
	if (cell->sample != NULL) {
		open(json, "samples", "[");
		for (i = 0; i < cell->count; i++)
			number(json, NULL, cell->sample[i]);
		close(json, "]");
	}
	close(json, "}");
}

static void add_row(struct json *json, const struct bi_table *table,
		    size_t row)
{
	const struct bi_cell *baseline = bi_table_baseline(table, row);
	size_t i;

	open(json, NULL, "{");
	string(json, "name", table->label[row]);
	open(json, "cells", "[");
	for (i = table->row_start[row]; i < table->row_start[row + 1]; i++)
		add_cell(json, table, i, baseline);
	close(json, "]");
	close(json, "}");
	if (json->out.len >= PIECE)
		flush(json);
}

static void add_column(struct json *json, const struct bi_table *table,
		       size_t column)
{
	const struct bi_summary *summary = &table->summary[column];
	size_t level;

	open(json, NULL, "{");
	open(json, "header", "[");
	for (level = 0; level < table->level_count; level++)
		string(json, NULL,
		       table->header[level * table->column_count + column]);
	close(json, "]");
	if (summary->has_center && !table->no_geomean)
		number(json, "geomean", summary->center);
	if (summary->has_ratio && !table->no_geomean && !table->no_compare)
		number(json, "ratio", summary->ratio);
	warnings(json, table, summary->warnings, NULL, NULL);
	close(json, "}");
}

static const char *better(enum bi_better which)
{
	switch (which) {
	case BI_BETTER_LOWER:
		return "lower";
	case BI_BETTER_HIGHER:
		return "higher";
	case BI_BETTER_UNCLEAR:
		return "unclear";
	}
	return "";
}

static void add_fit(struct json *json, const struct bi_table *table,
		    const struct bi_fit *fit)
{
	size_t i;

	open(json, NULL, "{");
	string(json, "name", fit->label);
	count(json, "column", fit->column);
	count(json, "sizes", fit->size_count);
	if (fit->problem != BI_FIT_FOUND) {
		bi_buf_reset(&json->scratch);
		if (json->rc == 0)
			json->rc = bi_fit_reason(table, fit, &json->scratch);
		word(json, "problem", bi_buf_str(&json->scratch));
		close(json, "}");
		return;
	}
	open(json, "curves", "[");
	for (i = 0; i < BI_FIT_CURVES; i++) {
		open(json, NULL, "{");
		word(json, "growth", fit->curve[i].name);
		number(json, "coefficient", fit->curve[i].coefficient);
		number(json, "rms", fit->curve[i].rms);
		close(json, "}");
	}
	close(json, "]");
	close(json, "}");
}

static void add_fits(struct json *json, const struct bi_table *table)
{
	size_t i;

	if (table->fit_key.text == NULL)
		return;
	string(json, "fit_over", table->fit_key);
	open(json, "fits", "[");
	for (i = 0; i < table->fit_count; i++)
		add_fit(json, table, &table->fit[i]);
	close(json, "]");
}

static void add_table(struct json *json, const struct bi_table *table)
{
	size_t i;

	open(json, NULL, "{");
	open(json, "configuration", "[");
	for (i = 0; i < table->line_count; i++) {
		if (table->lines[i].value.len == 0)
			continue;
		open(json, NULL, "{");
		string(json, "key", table->lines[i].key);
		string(json, "value", table->lines[i].value);
		close(json, "}");
	}
	close(json, "]");
	string(json, "unit", table->unit);
	word(json, "better", better(table->better));
	if (table->hidden_count > 0)
		count(json, "hidden", table->hidden_count);
	open(json, "columns", "[");
	for (i = 0; i < table->column_count; i++)
		add_column(json, table, i);
	close(json, "]");
	open(json, "rows", "[");
	for (i = 0; i < table->row_count; i++)
		add_row(json, table, i);
	close(json, "]");
	add_fits(json, table);
	close(json, "}");
}

static void add_judged(struct json *json, const struct bi_judged *judged)
{
	const struct bi_gate *gate = json->report->gate;

	open(json, NULL, "{");
	word(json, "verdict", bi_gate_verdict_word(judged->verdict));
	string(json, "name", judged->label);
	string(json, "column", judged->column);
	string(json, "unit", judged->unit);
	string(json, "rule", judged->rule->text);
	if (judged->change.kind == BI_CHANGE_SAMPLED) {
		number(json, "p", judged->change.p);
		number(json, "adjusted_p", judged->adjusted_p);
	}
	bi_buf_reset(&json->scratch);
	if (json->rc == 0)
		json->rc = bi_gate_reason(gate, judged, &json->scratch);
	word(json, "reason", bi_buf_str(&json->scratch));
	close(json, "}");
}

static void add_problems(struct json *json, const struct bi_buf *problems)
{
	size_t i, len;

	open(json, "problems", "[");
	for (i = 0; i < problems->len; i += len + 1) {
		len = strcspn(problems->data + i, "\n");
		string(json, NULL, (struct bi_slice){problems->data + i, len});
	}
	close(json, "]");
}

static void add_gate(struct json *json, const struct bi_gate *gate)
{
	size_t i;

	open(json, "gate", "{");
	count(json, "status", (size_t)bi_gate_status(gate));
	bi_buf_reset(&json->scratch);
	if (json->rc == 0)
		json->rc = bi_gate_summary(gate, &json->scratch);
	word(json, "summary", bi_buf_str(&json->scratch));
	for (i = 0; i < BI_GATE_VERDICTS; i++)
		count(json, bi_gate_verdict_word((enum bi_gate_verdict)i),
		      gate->count[i]);
	add_problems(json, &gate->problems);
	open(json, "rows", "[");
	for (i = 0; i < gate->judged_count; i++)
		add_judged(json, &gate->judged[i]);
	close(json, "]");
	close(json, "}");
}

int bi_render_json(struct bi_render *render, const struct bi_report *report)
{
	struct json json = {.render = render, .report = report};
	size_t i;

	open(&json, NULL, "{");
	word(&json, "format", "benchstat-1");
	number(&json, "alpha", report->tables[0].alpha);
	number(&json, "confidence", report->tables[0].confidence);
	open(&json, "tables", "[");
	for (i = 0; i < report->count; i++)
		add_table(&json, &report->tables[i]);
	close(&json, "]");
	if (report->gate != NULL)
		add_gate(&json, report->gate);
	close(&json, "}");
	add(&json, "\n");
	flush(&json);
	bi_buf_release(&json.out);
	bi_buf_release(&json.scratch);
	return json.rc;
}
