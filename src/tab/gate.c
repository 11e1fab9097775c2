/* The gate.
 *
 * Tables come one by one and go; what there is to judge in them is kept.  The
 * verdicts come at the end, because the correction is for all tests together. */
#include "tab/gate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/grow.h"

/* A change this close to its limit, relatively, has not passed it: what is meant
 * is a decimal number, what is computed a binary one. */
#define NEAR 1e-12

int bi_gate_start(struct bi_gate *gate)
{
	gate->used = calloc(gate->rules.count + 1, sizeof(*gate->used));
	return gate->used == NULL ? BENCH_ENOMEM : 0;
}

int bi_gate_problem(struct bi_gate *gate, const char *text)
{
	const char *known = strstr(bi_buf_str(&gate->problems), text);

	/* Once is enough for a hundred malformed lines. */
	if (known != NULL && known[strlen(text)] == '\n')
		return 0;
	return bi_buf_addf(&gate->problems, "%s\n", text);
}

static int keep(struct bi_gate *gate, struct bi_slice *text)
{
	text->text = bi_arena_copy(&gate->memory, text->text, text->len);
	return text->text == NULL ? BENCH_ENOMEM : 0;
}

/* Add JUDGED, whose column and unit are kept already. */
static int add(struct bi_gate *gate, struct bi_judged judged)
{
	struct bi_judged *grown = bi_grow(gate->judged, &gate->judged_cap,
					  gate->judged_count + 1,
					  sizeof(*grown));

	if (grown == NULL)
		return BENCH_ENOMEM;
	gate->judged = grown;
	if (keep(gate, &judged.label) < 0)
		return BENCH_ENOMEM;
	gate->judged[gate->judged_count++] = judged;
	return 0;
}

/* The work on one table. */
struct work {
	struct bi_gate *gate;
	const struct bi_table *table;
	struct bi_slice *column; /* their names, kept */
	struct bi_slice *absent;
	struct bi_judged blank; /* what all of the table's have in common */
};

static int name_columns(struct work *work)
{
	const struct bi_table *table = work->table;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < table->column_count; i++) {
		struct bi_buf name = BI_BUF_INIT;

		rc = bi_table_column_name(table, i, &name);
		work->column[i] = (struct bi_slice){bi_buf_str(&name),
						    name.len};
		if (rc == 0)
			rc = keep(work->gate, &work->column[i]);
		bi_buf_release(&name);
	}
	for (i = 0; rc == 0 && i < table->absent_count; i++) {
		work->absent[i] = table->absent[i];
		rc = keep(work->gate, &work->absent[i]);
	}
	return rc;
}

static int add_missing(const struct work *work, size_t row,
		       struct bi_slice column)
{
	struct bi_judged judged = work->blank;

	judged.row = row;
	judged.verdict = BI_GATE_MISSING;
	judged.label = work->table->label[row];
	judged.column = column;
	return add(work->gate, judged);
}

/* CELL of ROW, which has the baseline BASE or (NULL) none. */
static int add_cell(const struct work *work, size_t row, size_t cell,
		    const struct bi_cell *base)
{
	const struct bi_cell *after = &work->table->cell[cell];
	struct bi_judged judged = work->blank;

	judged.row = row;
	judged.place = after->column;
	judged.verdict = BI_GATE_NEW;
	judged.label = work->table->label[row];
	judged.column = work->column[after->column];
	judged.after_count = after->count - after->nan;
	if (base != NULL) {
		judged.verdict = BI_GATE_UNDECIDED;
		judged.change = work->table->change[cell];
		judged.before_count = base->count - base->nan;
		judged.nan = base->nan + after->nan;
	}
	return add(work->gate, judged);
}

static int add_row(const struct work *work, size_t row)
{
	const struct bi_table *table = work->table;
	const struct bi_cell *base = bi_table_baseline(table, row);
	size_t cell = table->row_start[row], end = table->row_start[row + 1];
	size_t column;
	int rc = 0;

	cell += base != NULL;
	for (column = 1; rc == 0 && column < table->column_count; column++) {
		if (cell < end && table->cell[cell].column == column)
			rc = add_cell(work, row, cell++, base);
		else if (base != NULL)
			rc = add_missing(work, row, work->column[column]);
	}
	if (base == NULL)
		return rc;
	/* A column that the whole table lacks is missing from all its rows; but
	 * a table which the first of all columns lacks is new as a whole. */
	if (!table->has_baseline && table->column_count == 1)
		return rc < 0 ? rc : add_cell(work, row, cell - 1, NULL);
	for (column = 0; rc == 0 && table->has_baseline &&
			 column < table->absent_count; column++)
		rc = add_missing(work, row, work->absent[column]);
	return rc;
}

static int add_rows(struct work *work)
{
	const struct bi_table *table = work->table;
	size_t row;
	int rc;

	work->column = calloc(table->column_count + 1, sizeof(*work->column));
	work->absent = calloc(table->absent_count + 1, sizeof(*work->absent));
	rc = work->column == NULL || work->absent == NULL ? BENCH_ENOMEM : 0;
	if (rc == 0)
		rc = name_columns(work);
	if (rc == 0)
		rc = keep(work->gate, &work->blank.unit);
	for (row = 0; rc == 0 && row < table->row_count; row++)
		rc = add_row(work, row);
	free(work->column);
	free(work->absent);
	return rc;
}

int bi_gate_add(struct bi_gate *gate, const struct bi_table *table)
{
	struct work work = {.gate = gate, .table = table};
	struct bi_judged *blank = &work.blank;
	int rc;

	blank->table = gate->tables++;
	blank->unit = table->unit;
	blank->better = table->better;
	rc = bi_rules_find(&gate->rules, table->unit, &blank->rule,
			   &blank->limit);
	if (rc < 0 || blank->rule == NULL)
		return rc;
	gate->used[blank->rule - gate->rules.rule] = true;
	if (table->better == BI_BETTER_UNCLEAR)
		rc = bi_buf_addf(&gate->problems,
				 "%.*s: better= must be higher or lower\n",
				 (int)table->unit.len, table->unit.text);
	return rc < 0 ? rc : add_rows(&work);
}

static enum bi_gate_verdict judge_exact(const struct bi_judged *judged)
{
	double before = judged->change.before, after = judged->change.after;
	double worse = judged->better == BI_BETTER_HIGHER ? before - after
							  : after - before;
	double limit = judged->limit.value;

	/* Also inf - inf. */
	if (before == after)
		return BI_GATE_PASS;
	if (judged->limit.relative)
		limit *= fabs(before);
	/* An infinite value has no per cent. */
	if (!isfinite(worse))
		return worse < 0 ? BI_GATE_PASS : BI_GATE_FAIL;
	return worse > limit + NEAR * fmax(fabs(before), fabs(after))
		       ? BI_GATE_FAIL
		       : BI_GATE_PASS;
}

static enum bi_gate_verdict judge_sampled(const struct bi_gate *gate,
				     const struct bi_judged *judged)
{
	const struct bi_change *change = &judged->change;
	bool better;

	if (judged->adjusted_p <= gate->alpha)
		return BI_GATE_FAIL;
	/* What was left out might have been worse. */
	if (judged->nan > 0 || isnan(change->limit))
		return BI_GATE_UNDECIDED;
	better = judged->better == BI_BETTER_HIGHER
			 ? change->low > change->limit * (1 + NEAR)
			 : change->high < change->limit * (1 - NEAR);
	return better ? BI_GATE_PASS : BI_GATE_UNDECIDED;
}

/* Correct the p of all tests. */
static int adjust(struct bi_gate *gate)
{
	double *p = calloc(gate->judged_count + 1, sizeof(*p));
	size_t i, n = 0;
	int rc;

	if (p == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < gate->judged_count; i++) {
		if (gate->judged[i].change.kind == BI_CHANGE_SAMPLED)
			p[n++] = gate->judged[i].change.p;
	}
	rc = bi_multiplicity_adjust(gate->correct, p, n);
	gate->sampled = n;
	for (i = 0, n = 0; i < gate->judged_count; i++) {
		if (gate->judged[i].change.kind == BI_CHANGE_SAMPLED)
			gate->judged[i].adjusted_p = p[n++];
	}
	free(p);
	return rc;
}

static int check_rules(struct bi_gate *gate)
{
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < gate->rules.count; i++) {
		const struct bi_rule *rule = &gate->rules.rule[i];

		if (!gate->used[i] && !rule->every)
			rc = bi_buf_addf(&gate->problems,
					 "no table has the unit '%.*s'\n",
					 (int)rule->unit.len, rule->unit.text);
	}
	if (rc == 0 && gate->count[BI_GATE_FAIL] == 0 &&
	    gate->count[BI_GATE_PASS] == 0 &&
	    gate->count[BI_GATE_UNDECIDED] == 0)
		rc = bi_gate_problem(gate, "nothing was judged");
	return rc;
}

int bi_gate_judge(struct bi_gate *gate)
{
	size_t i;
	int rc = adjust(gate);

	if (rc < 0)
		return rc;
	for (i = 0; i < gate->judged_count; i++) {
		struct bi_judged *judged = &gate->judged[i];

		switch (judged->change.kind) {
		case BI_CHANGE_EXACT:
			judged->verdict = judge_exact(judged);
			break;
		case BI_CHANGE_SAMPLED:
			judged->verdict = judge_sampled(gate, judged);
			break;
		case BI_CHANGE_NONE:
			break;
		}
		gate->count[judged->verdict]++;
	}
	return check_rules(gate);
}

size_t bi_gate_find(const struct bi_gate *gate, size_t table, size_t row)
{
	size_t low = 0, high = gate->judged_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct bi_judged *judged = &gate->judged[middle];

		if (judged->table < table ||
		    (judged->table == table && judged->row < row))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int bi_gate_status(const struct bi_gate *gate)
{
	if (gate->problems.len > 0)
		return 2;
	if (gate->count[BI_GATE_MISSING] > 0 && !gate->missing_ok)
		return 2;
	if (gate->count[BI_GATE_FAIL] > 0)
		return 1;
	if (gate->count[BI_GATE_UNDECIDED] > 0 && !gate->undecided_ok)
		return 3;
	return 0;
}

void bi_gate_release(struct bi_gate *gate)
{
	bi_rules_release(&gate->rules);
	bi_arena_release(&gate->memory);
	bi_buf_release(&gate->problems);
	free(gate->judged);
	free(gate->used);
	*gate = (struct bi_gate){0};
}
