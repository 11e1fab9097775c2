/* The gate: which changes are worse than a limit allows, and whether all that
 * should have been judged was.  GATE.md tells the user. */
#ifndef BI_TAB_GATE_H
#define BI_TAB_GATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "stat/multiplicity.h"
#include "tab/model.h"
#include "tab/rules.h"

enum bi_gate_verdict {
	BI_GATE_FAIL,
	BI_GATE_UNDECIDED,
	BI_GATE_MISSING, /* the baseline has it, the column has not */
	BI_GATE_NEW,     /* the other way round */
	BI_GATE_PASS
};

#define BI_GATE_VERDICTS 5

/* One row of one column. */
struct bi_judged {
	size_t table; /* in the order in which they were added */
	size_t row;
	size_t place; /* of its column in the table; not for MISSING */
	enum bi_gate_verdict verdict;
	struct bi_slice label; /* what follows lives as long as the gate */
	struct bi_slice unit;
	struct bi_slice column;
	const struct bi_rule *rule;
	struct bi_change change; /* NONE for MISSING and NEW */
	double adjusted_p;       /* CHANGE.P after correction */
	uint32_t before_count;   /* samples */
	uint32_t after_count;
	uint32_t nan;            /* left out of both */
	struct bi_limit limit;
	enum bi_better better;
};

struct bi_gate {
	struct bi_rules rules;
	enum bi_multiplicity correct;
	double alpha;
	bool missing_ok;   /* a missing row passes */
	bool undecided_ok; /* an undecided one does */

	struct bi_arena memory;
	struct bi_judged *judged;
	size_t judged_count;
	size_t judged_cap;
	bool *used;    /* by rule: a table has its unit */
	size_t tables; /* added so far */
	size_t sampled; /* rows with a test, which the correction is for */
	size_t count[BI_GATE_VERDICTS];
	struct bi_buf problems; /* lines: why nothing can pass */
};

/* Make GATE, whose rules and settings are there, ready for tables. */
int bi_gate_start(struct bi_gate *gate);

/* Take what there is to judge from TABLE, whose changes are there. */
int bi_gate_add(struct bi_gate *gate, const struct bi_table *table);

/* Note a reason why nothing can pass, in a line. */
int bi_gate_problem(struct bi_gate *gate, const char *text);

/* All tables are there: judge.  These return 0 or BENCH_ENOMEM. */
int bi_gate_judge(struct bi_gate *gate);

/* Where in JUDGED what belongs to ROW of TABLE begins; what follows may be of
 * another row. */
size_t bi_gate_find(const struct bi_gate *gate, size_t table, size_t row);

/* The exit status: 0 pass, 1 a row failed, 2 something is missing or wrong, 3 a
 * row is undecided.  Of several, 2 comes before 1, and 1 before 3. */
int bi_gate_status(const struct bi_gate *gate);

void bi_gate_release(struct bi_gate *gate);

/* "FAIL", "pass", ... */
const char *bi_gate_verdict_word(enum bi_gate_verdict verdict);

/* Append why JUDGED has its verdict: "+10.0% [+9.1%, +11.2%]: worse than 3%". */
int bi_gate_reason(const struct bi_gate *gate, const struct bi_judged *judged,
		   struct bi_buf *out);

/* Append a line for all that did not simply pass, and the summary as the last
 * one. */
int bi_gate_report(const struct bi_gate *gate, struct bi_buf *out);

/* Append the summary without a newline: "gate: 2 pass, 0 FAIL, ...". */
int bi_gate_summary(const struct bi_gate *gate, struct bi_buf *out);

#endif
