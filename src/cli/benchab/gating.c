/* The gate of benchab: a table for each unit, whose changes have the engine's
 * intervals. */
#include "cli/benchab/gating.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "cli/gate_text.h"
#include "unit/traits.h"

#define NS_PER_SEC 1e9
#define TIME_UNIT "sec/op"

/* Fewer values that agree may do so by chance. */
#define CONSTANT_LEAST 4

/* ---- Rules ---- */

/* The rule for time; NULL: there is none but the margin's. */
static const struct bi_rule *time_rule(const struct bi_rules *rules)
{
	size_t i;

	for (i = 0; i < rules->count; i++) {
		const struct bi_slice *tidy = &rules->rule[i].tidy;

		if (!rules->rule[i].every && tidy->len == strlen(TIME_UNIT) &&
		    memcmp(tidy->text, TIME_UNIT, tidy->len) == 0)
			return &rules->rule[i];
	}
	return NULL;
}

static int add_margin(struct bi_rules *rules, double margin)
{
	struct bench_error err = BENCH_ERROR_INIT;
	char text[64];
	int len = snprintf(text, sizeof(text), TIME_UNIT ">%.12g%%",
			   100 * margin);

	return bi_rules_parse(rules, text, (size_t)len, &err);
}

/* All rules as one text, as -gate would take it, in the place of *OUT. */
static int join(const struct bi_rules *rules, char **out)
{
	struct bi_buf text = BI_BUF_INIT;
	size_t i;
	int rc = bi_buf_adds(&text, "");

	for (i = 0; i < rules->count && rc == 0; i++)
		rc = bi_buf_addf(&text, "%s%.*s", i == 0 ? "" : "; ",
				 (int)rules->rule[i].text.len,
				 rules->rule[i].text.text);
	free(*out);
	*out = bi_buf_detach(&text);
	return rc;
}

int gating_load(struct options *options, struct bi_buf *message)
{
	struct bi_rules rules = BI_RULES_INIT;
	const struct bi_rule *rule;
	int rc = 0;

	if (options->gate != NULL)
		rc = gate_text_load(options->gate, &rules, message);
	if (rc == 0)
		rc = join(&rules, &options->gate_given);
	if (rc < 0)
		goto out;
	rule = time_rule(&rules);
	if (rule == NULL) {
		rc = add_margin(&rules, options->margin);
	} else {
		options->margin = rule->relative ? rule->value : 0;
		options->margin_ns = rule->relative ? 0
						    : rule->value * NS_PER_SEC;
	}
	if (rc == 0)
		rc = join(&rules, &options->gate_text);
out:
	bi_rules_release(&rules);
	return rc;
}

/* ---- Tables ---- */

/* A table being made: two columns, all rows. */
struct sheet {
	struct bi_table table;
	struct bi_slice header[2];
	size_t cells;
};

static int sheet_init(struct sheet *sheet, const char *unit, size_t rows)
{
	struct bi_table *table = &sheet->table;
	struct bi_arena *memory = &table->memory;
	size_t len = strlen(unit);

	*sheet = (struct sheet){.header = {{"old", 3}, {"new", 3}}};
	*table = (struct bi_table){
		.unit = {unit, len},
		.column_count = 2,
		.level_count = 1,
		.header = sheet->header,
		.has_baseline = true,
		.better = bi_unit_more_is_better(unit, len) ? BI_BETTER_HIGHER
							     : BI_BETTER_LOWER,
	};
	/* A cell of each side, and a row's end more than there are rows. */
	table->label = bi_arena_alloc(memory, (rows + 1) *
						      sizeof(*table->label));
	table->cell = bi_arena_alloc(memory,
				     (2 * rows + 1) * sizeof(*table->cell));
	table->change = bi_arena_alloc(memory, (2 * rows + 1) *
						       sizeof(*table->change));
	table->row_start = bi_arena_alloc(
		memory, (rows + 1) * sizeof(*table->row_start));
	if (table->label == NULL || table->cell == NULL ||
	    table->change == NULL || table->row_start == NULL)
		return BENCH_ENOMEM;
	table->row_start[0] = 0;
	return 0;
}

static void add_cell(struct sheet *sheet, uint32_t column,
		     const struct bi_row *row, const struct bi_change *change)
{
	sheet->table.cell[sheet->cells] = (struct bi_cell){
		.column = column, .count = (uint32_t)row->count};
	sheet->table.change[sheet->cells++] = *change;
}

/* FINDING's row, of which CHANGE is there if both sides have it. */
static void add_row(struct sheet *sheet, const struct finding *finding,
		    bool old, bool new, const struct bi_change *change)
{
	struct bi_table *table = &sheet->table;
	struct bi_change none = {.kind = BI_CHANGE_NONE};

	table->label[table->row_count] = (struct bi_slice){
		finding->name, strlen(finding->name)};
	if (old)
		add_cell(sheet, 0, finding->row, &none);
	if (new)
		add_cell(sheet, 1, finding->row, old ? change : &none);
	table->row_start[++table->row_count] = sheet->cells;
}

/* ---- Changes ---- */

/* Nothing is known: of a row that was not measured, or a run that is unfit. */
static struct bi_change unknown(void)
{
	return (struct bi_change){.kind = BI_CHANGE_SAMPLED,
				  .factor = NAN,
				  .low = 0,
				  .high = INFINITY,
				  .limit = 1,
				  .p = 1,
				  .by_interval = true};
}

/* The verdict is already corrected for all rows: no p is left to correct. */
static struct bi_change time_change(const struct findings *findings,
				    const struct finding *finding)
{
	const struct bi_row *row = finding->row;
	const struct bi_judgement *judgement = &row->judgement;
	struct bi_judge judge = bi_row_judge(&findings->run->judge, row);
	struct bi_change change = unknown();
	bool fails = judgement->verdict == BI_VERDICT_REGRESSION ||
		     (findings->options->strict &&
		      judgement->verdict == BI_VERDICT_SLOWER);

	if (!finding->measured || findings->run->unfit)
		return change;
	change.factor = exp(judgement->estimate);
	change.low = exp(judgement->low);
	change.high = exp(judgement->high);
	change.limit = exp(judge.margin);
	change.p = fails ? 0 : 1;
	return change;
}

/* What LIMIT comes to for EXTRA, as a factor; NaN: none. */
static double limit_factor(const struct bi_limit *limit,
			   const struct bi_extra *extra, bool less)
{
	double value = limit->value;

	if (!limit->relative && !(extra->side[0] > 0))
		return NAN;
	if (!limit->relative)
		value /= extra->side[0];
	return less ? 1 - value : 1 + value;
}

/* By value, as everywhere, what is seen to be constant and is no time. */
static bool is_exact(const struct finding *finding,
		     const struct bi_extra *extra)
{
	size_t len = strlen(extra->unit);

	return extra->exact && !bi_unit_is_time(extra->unit, len) &&
	       (bi_unit_is_count(extra->unit, len) ||
		finding->row->count >= CONSTANT_LEAST);
}

static int extra_change(const struct findings *findings,
			const struct finding *finding,
			const struct bi_extra *extra,
			const struct bi_limit *limit, struct bi_change *change)
{
	size_t len = strlen(extra->unit);
	bool less = bi_unit_more_is_better(extra->unit, len);

	*change = unknown();
	if (findings->run->unfit)
		return 0;
	if (is_exact(finding, extra)) {
		*change = (struct bi_change){.kind = BI_CHANGE_EXACT,
					     .before = extra->side[0],
					     .after = extra->side[1]};
		return 0;
	}
	change->by_interval = false;
	change->odd = bi_unit_is_count(extra->unit, len);
	change->limit = limit_factor(limit, extra, less);
	if (extra->count == 0)
		return 0;
	change->factor = extra->side[1] / extra->side[0];
	change->low = exp(extra->low);
	change->high = exp(extra->high);
	if (isnan(change->limit))
		return 0;
	return bi_extra_beyond(&findings->run->judge, extra, change->limit,
			       less, &change->p);
}

/* ---- Judging ---- */

static int add_time(struct findings *findings)
{
	struct sheet sheet;
	size_t i;
	int rc = sheet_init(&sheet, TIME_UNIT, findings->count);

	for (i = 0; i < findings->count && rc == 0; i++) {
		const struct finding *finding = &findings->row[i];
		const enum bi_standing *standing = finding->row->standing;
		struct bi_change change = time_change(findings, finding);
		bool old = standing[0] == BI_STANDING_RUNS;
		bool new = standing[1] == BI_STANDING_RUNS;

		if (standing[0] == BI_STANDING_FAILED ||
		    standing[1] == BI_STANDING_FAILED)
			rc = bi_buf_addf(&findings->gate.problems, "%s: %s\n",
					 finding->name, finding->word);
		/* One that OLD skips is no new one. */
		else if (old || (new && standing[0] == BI_STANDING_ABSENT))
			add_row(&sheet, finding, old, new, &change);
	}
	if (rc == 0)
		rc = bi_gate_add(&findings->gate, &sheet.table);
	bi_table_release(&sheet.table);
	return rc;
}

static const struct bi_extra *find_extra(const struct finding *finding,
					 const char *unit)
{
	size_t i;

	for (i = 0; i < finding->extra_count; i++) {
		if (strcmp(finding->extra[i].unit, unit) == 0)
			return &finding->extra[i];
	}
	return NULL;
}

/* UNIT, from row FIRST on, which is the first that has it. */
static int add_unit(struct findings *findings, size_t first, const char *unit)
{
	const struct bi_rule *rule;
	struct bi_limit limit;
	struct sheet sheet;
	size_t i;
	int rc = sheet_init(&sheet, unit, findings->count);

	if (rc == 0)
		rc = bi_rules_find(&findings->gate.rules, sheet.table.unit,
				   &rule, &limit);
	for (i = first; rc == 0 && rule != NULL && i < findings->count; i++) {
		const struct finding *finding = &findings->row[i];
		const struct bi_extra *extra = find_extra(finding, unit);
		struct bi_change change;

		if (extra == NULL || !bi_row_runs(finding->row))
			continue;
		rc = extra_change(findings, finding, extra, &limit, &change);
		add_row(&sheet, finding, true, true, &change);
	}
	if (rc == 0)
		rc = bi_gate_add(&findings->gate, &sheet.table);
	bi_table_release(&sheet.table);
	return rc;
}

static bool is_known(const struct findings *findings, size_t rows,
		     const char *unit)
{
	size_t i;

	for (i = 0; i < rows; i++) {
		if (find_extra(&findings->row[i], unit) != NULL)
			return true;
	}
	return false;
}

static int add_units(struct findings *findings)
{
	size_t i, k;
	int rc = 0;

	for (i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->row[i];

		for (k = 0; k < finding->extra_count && rc == 0; k++) {
			const char *unit = finding->extra[k].unit;

			if (!is_known(findings, i, unit))
				rc = add_unit(findings, i, unit);
		}
	}
	return rc;
}

int gating_judge(struct findings *findings)
{
	const struct options *options = findings->options;
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_gate *gate = &findings->gate;
	const char *rules = options->gate_text;
	int rc;

	*gate = (struct bi_gate){
		.correct = findings->run->plan->correction,
		.alpha = findings->run->plan->alpha,
		.missing_ok = options->missing_ok,
		.undecided_ok = options->undecided_passes,
	};
	rc = bi_rules_parse(&gate->rules, rules, strlen(rules), &err);
	if (rc == 0)
		rc = bi_gate_start(gate);
	if (rc == 0)
		rc = add_time(findings);
	if (rc == 0)
		rc = add_units(findings);
	if (rc == 0)
		rc = bi_gate_judge(gate);
	findings->status = bi_gate_status(gate);
	/* Neither is anything wrong then, nor is it open: nothing is known. */
	if (findings->run->unfit && findings->status != 2)
		findings->status = 3;
	return rc;
}
