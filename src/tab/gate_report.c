/* What the gate says: a line for all that did not simply pass, and a summary. */
#include "tab/gate.h"

#include <math.h>
#include <string.h>

#include "base/real.h"
#include "tab/format.h"

/* The most samples that are asked for. */
#define NEED_MAX 50

static const char *const word[BI_GATE_VERDICTS] = {
	[BI_GATE_FAIL] = "FAIL",	  [BI_GATE_UNDECIDED] = "undecided",
	[BI_GATE_MISSING] = "missing", [BI_GATE_NEW] = "new",
	[BI_GATE_PASS] = "pass",
};

const char *bi_gate_verdict_word(enum bi_gate_verdict verdict)
{
	return word[verdict];
}

/* The least n for which the test of two samples of n values can have a p of at
 * most LEVEL: all of one below all of the other is one case of C(2n, n). */
static int need(double level)
{
	double ways = 1;
	int n;

	for (n = 1; n <= NEED_MAX; n++) {
		/* C(2n, n) from C(2n - 2, n - 1). */
		ways *= 2 * (2 * (double)n - 1) / n;
		if (1 / ways <= level)
			break;
	}
	return n;
}

static int add_interval(struct bi_buf *out, const struct bi_change *change)
{
	char effect[BI_FORMAT_EFFECT_SIZE], p[BI_REAL_FIXED_SIZE];

	bi_format_effect(effect, change);
	if (change->by_interval)
		return bi_buf_adds(out, effect);
	bi_real_fixed(p, change->p, 3);
	return bi_buf_addf(out, "%s p=%s", effect, p);
}

/* The p that a row must have to fail for certain, among all tests. */
static double strictest(const struct bi_gate *gate)
{
	if (gate->correct == BI_MULTIPLICITY_NONE || gate->sampled == 0)
		return gate->alpha;
	return gate->alpha / (double)gate->sampled;
}

/* Why a sampled change is undecided. */
static int add_doubt(const struct bi_gate *gate, const struct bi_judged *judged,
		     struct bi_buf *out)
{
	const struct bi_change *change = &judged->change;
	double strict = strictest(gate);
	bool beyond;
	int rc;

	if (judged->nan > 0)
		return bi_buf_addf(out, "%u NaN left out", judged->nan);
	/* 2 cases: the interval has two ends. */
	if (change->least_p > gate->alpha / 2)
		return bi_buf_addf(out, "need >= %d samples",
				   need(gate->alpha / 2));
	if (isnan(change->limit))
		return bi_buf_adds(out, "no limit relative to a median of 0");
	rc = add_interval(out, change);
	if (rc < 0)
		return rc;
	beyond = judged->better == BI_BETTER_HIGHER
			 ? change->high < change->limit
			 : change->low > change->limit;
	if (!beyond)
		return 0;
	if (change->least_p > strict)
		return bi_buf_addf(out, ", need >= %d samples to fail one of "
					"%zu tests",
				   need(strict), gate->sampled);
	return bi_buf_addf(out, ", not certain among %zu tests",
			   gate->sampled);
}

int bi_gate_reason(const struct bi_gate *gate, const struct bi_judged *judged,
		   struct bi_buf *out)
{
	const struct bi_change *change = &judged->change;
	char before[BI_REAL_SIZE], after[BI_REAL_SIZE];

	switch (change->kind) {
	case BI_CHANGE_NONE:
		return bi_buf_adds(out, judged->verdict == BI_GATE_NEW
						? "not in the baseline"
						: "only in the baseline");
	case BI_CHANGE_EXACT:
		bi_real_print(before, change->before);
		bi_real_print(after, change->after);
		return bi_buf_addf(out, "%s to %s", before, after);
	case BI_CHANGE_SAMPLED:
		if (judged->verdict == BI_GATE_UNDECIDED)
			return add_doubt(gate, judged, out);
		return add_interval(out, change);
	}
	return 0;
}

static int add_head(const char *what, const struct bi_judged *judged,
		    struct bi_buf *out)
{
	return bi_buf_addf(out, "gate: %s: %.*s (%.*s): %.*s ", what,
			   (int)judged->label.len, judged->label.text,
			   (int)judged->column.len, judged->column.text,
			   (int)judged->unit.len, judged->unit.text);
}

static int add_line(const struct bi_gate *gate, const struct bi_judged *judged,
		    struct bi_buf *out)
{
	int rc = add_head(word[judged->verdict], judged, out);

	if (rc == 0)
		rc = bi_gate_reason(gate, judged, out);
	if (rc == 0 && judged->change.kind != BI_CHANGE_NONE)
		rc = bi_buf_addf(out, " (%.*s)", (int)judged->rule->text.len,
				 judged->rule->text.text);
	return rc < 0 ? rc : bi_buf_addc(out, '\n');
}

int bi_gate_report(const struct bi_gate *gate, struct bi_buf *out)
{
	size_t verdict, i;
	int rc = 0;

	for (verdict = 0; verdict < BI_GATE_PASS; verdict++) {
		for (i = 0; rc == 0 && i < gate->judged_count; i++) {
			if (gate->judged[i].verdict == verdict)
				rc = add_line(gate, &gate->judged[i], out);
		}
	}
	for (i = 0; rc == 0 && i < gate->judged_count; i++) {
		if (!gate->judged[i].change.odd)
			continue;
		rc = add_head("warning", &gate->judged[i], out);
		if (rc == 0)
			rc = bi_buf_adds(out, "varies: judged by a test\n");
	}
	for (i = 0; rc == 0 && i < gate->problems.len;) {
		const char *line = gate->problems.data + i;
		size_t len = strcspn(line, "\n");

		rc = bi_buf_addf(out, "gate: error: %.*s\n", (int)len, line);
		i += len + 1;
	}
	if (rc == 0)
		rc = bi_gate_summary(gate, out);
	return rc < 0 ? rc : bi_buf_addc(out, '\n');
}

int bi_gate_summary(const struct bi_gate *gate, struct bi_buf *out)
{
	static const char *const method[] = {
		[BI_MULTIPLICITY_HOLM] = "Holm",
		[BI_MULTIPLICITY_BH] = "Benjamini-Hochberg",
		[BI_MULTIPLICITY_NONE] = "uncorrected",
	};
	const size_t *count = gate->count;
	char alpha[BI_REAL_SIZE];
	size_t i;
	int rc;

	bi_real_print(alpha, gate->alpha);
	rc = bi_buf_addf(out, "gate: %zu pass, %zu FAIL, %zu undecided",
			 count[BI_GATE_PASS], count[BI_GATE_FAIL],
			 count[BI_GATE_UNDECIDED]);
	for (i = BI_GATE_MISSING; rc == 0 && i <= BI_GATE_NEW; i++) {
		if (count[i] > 0)
			rc = bi_buf_addf(out, ", %zu %s", count[i], word[i]);
	}
	for (i = 0; rc == 0 && i < gate->rules.count; i++)
		rc = bi_buf_addf(out, "%s%.*s", i == 0 ? " (" : ", ",
				 (int)gate->rules.rule[i].text.len,
				 gate->rules.rule[i].text.text);
	return rc < 0 ? rc
		      : bi_buf_addf(out, "; %s, alpha %s)",
				    method[gate->correct], alpha);
}
