/* A comparison as JSON (RFC 8259). */
#include "cli/benchab/json.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/error.h"
#include "base/real.h"
#include "base/utf8.h"

static const char *const standing_name[] = {
	[BI_STANDING_ABSENT] = "absent",
	[BI_STANDING_RUNS] = "runs",
	[BI_STANDING_SKIPPED] = "skipped",
	[BI_STANDING_FAILED] = "failed",
};

/* What is no UTF-8 becomes U+FFFD. */
static int add_text(struct bi_buf *out, const char *text, size_t len)
{
	size_t i, size;
	int rc = bi_buf_addc(out, '"');

	for (i = 0; rc == 0 && i < len; i += size) {
		uint32_t c = bi_utf8_next(text + i, len - i, &size);

		if (c == BI_UTF8_INVALID)
			rc = bi_buf_adds(out, "\\ufffd");
		else if (c == '"' || c == '\\')
			rc = bi_buf_addf(out, "\\%c", (char)c);
		else if (c < 0x20)
			rc = bi_buf_addf(out, "\\u%04x", (unsigned)c);
		else
			rc = bi_buf_add(out, text + i, size);
	}
	return rc == 0 ? bi_buf_addc(out, '"') : rc;
}

/* KEY is one of ours: it needs no escape. */
static int key(struct bi_buf *out, const char *name)
{
	char last = out->len > 0 ? out->data[out->len - 1] : '{';
	int rc = last == '{' || last == '[' ? 0 : bi_buf_addc(out, ',');

	return rc == 0 ? bi_buf_addf(out, "\"%s\":", name) : rc;
}

static int text(struct bi_buf *out, const char *name, const char *value,
		size_t len)
{
	int rc = key(out, name);

	return rc == 0 ? add_text(out, value, len) : rc;
}

/* What is not finite is null. */
static int number(struct bi_buf *out, const char *name, double value)
{
	char digits[BI_REAL_SIZE];
	int rc = key(out, name);

	if (rc < 0)
		return rc;
	if (!isfinite(value))
		return bi_buf_adds(out, "null");
	return bi_buf_add(out, digits, bi_real_print(digits, value));
}

static int integer(struct bi_buf *out, const char *name, int64_t value)
{
	int rc = key(out, name);

	return rc == 0 ? bi_buf_addf(out, "%lld", (long long)value) : rc;
}

static int boolean(struct bi_buf *out, const char *name, bool value)
{
	int rc = key(out, name);

	return rc == 0 ? bi_buf_adds(out, value ? "true" : "false") : rc;
}

static int add_name(const struct bi_row *row, struct bi_buf *out)
{
	int rc = text(out, "benchmark", row->leaf, strlen(row->leaf));

	return rc == 0 ? integer(out, "procs", row->procs) : rc;
}

static int add_plan(const struct bi_pair_run *run, struct bi_buf *out)
{
	const struct bi_pair_plan *plan = run->plan;
	int rc = text(out, "old", plan->side[0].path,
		      strlen(plan->side[0].path));

	if (rc == 0)
		rc = text(out, "new", plan->side[1].path,
			  strlen(plan->side[1].path));
	if (rc == 0)
		rc = number(out, "alpha", plan->alpha);
	if (rc == 0)
		rc = number(out, "margin", plan->margin);
	if (rc == 0)
		rc = boolean(out, "exact", plan->exact);
	if (rc == 0)
		rc = integer(out, "correction", plan->correction);
	if (rc == 0)
		rc = key(out, "seed");
	if (rc == 0)
		rc = bi_buf_addf(out, "%llu", (unsigned long long)plan->seed);
	if (rc == 0)
		rc = integer(out, "benchmarks", (int64_t)run->judged);
	if (rc == 0)
		rc = boolean(out, "fixed_layout", run->launcher.fixed_layout);
	return rc;
}

static int add_row(const struct bi_pair_run *run, const struct bi_row *row,
		   struct bi_buf *out)
{
	const struct bi_judgement *judgement = &row->judgement;
	const char *word = run->unfit || !bi_row_runs(row)
				   ? ""
				   : bi_verdict_word(judgement->verdict);
	const char *clock = row->metric == BI_PAIR_WALL ? "wall" : "cpu";
	const char *old = standing_name[row->standing[0]];
	const char *new = standing_name[row->standing[1]];
	int rc = add_name(row, out);

	if (rc == 0)
		rc = text(out, "old", old, strlen(old));
	if (rc == 0)
		rc = text(out, "new", new, strlen(new));
	if (rc == 0)
		rc = text(out, "verdict", word, strlen(word));
	if (rc < 0 || row->count == 0)
		return rc;
	rc = text(out, "clock", clock, strlen(clock));
	if (rc == 0)
		rc = number(out, "old_ns", bi_row_ns(row, 0));
	if (rc == 0)
		rc = number(out, "new_ns", bi_row_ns(row, 1));
	if (rc == 0)
		rc = number(out, "change", expm1(judgement->estimate));
	if (rc == 0)
		rc = number(out, "low", expm1(judgement->low));
	if (rc == 0)
		rc = number(out, "high", expm1(judgement->high));
	if (rc == 0)
		rc = integer(out, "launches", (int64_t)row->count);
	return rc == 0 ? integer(out, "wall_ns", row->spent_ns) : rc;
}

int json_report(const struct bi_pair_run *run, int status, struct bi_buf *out)
{
	size_t i;
	int rc = bi_buf_addc(out, '{');

	if (rc == 0)
		rc = add_plan(run, out);
	if (rc == 0)
		rc = integer(out, "status", status);
	if (rc == 0)
		rc = boolean(out, "unfit", run->unfit);
	if (rc == 0)
		rc = boolean(out, "interrupted", run->interrupted);
	if (rc == 0)
		rc = integer(out, "wall_ns", run->wall_ns);
	if (rc == 0)
		rc = bi_buf_adds(out, ",\"rows\":[");
	for (i = 0; i < run->suite.count && rc == 0; i++) {
		rc = bi_buf_adds(out, i == 0 ? "{" : ",\n{");
		if (rc == 0)
			rc = add_row(run, &run->suite.row[i], out);
		if (rc == 0)
			rc = bi_buf_addc(out, '}');
	}
	return rc == 0 ? bi_buf_adds(out, "]}\n") : rc;
}

static int add_side(const struct bi_measure *side, const char *name,
		    struct bi_buf *out)
{
	size_t i;
	int rc = key(out, name);

	if (rc == 0)
		rc = bi_buf_addc(out, '{');
	if (rc == 0)
		rc = number(out, "ns", side->ns);
	if (rc == 0)
		rc = number(out, "mean_ns", side->mean_ns);
	if (rc == 0)
		rc = integer(out, "n", side->n);
	if (rc == 0 && side->counted)
		rc = integer(out, "mallocs", side->mallocs);
	if (rc == 0 && side->counted)
		rc = integer(out, "malloc_bytes", side->malloc_bytes);
	if (rc == 0)
		rc = bi_buf_adds(out, ",\"metrics\":{");
	for (i = 0; i < side->metric_count && rc == 0; i++) {
		char digits[BI_REAL_SIZE];
		double value = side->metrics[i].value;

		rc = i == 0 ? 0 : bi_buf_addc(out, ',');
		if (rc == 0)
			rc = add_text(out, side->metrics[i].unit,
				      strlen(side->metrics[i].unit));
		if (rc == 0)
			rc = bi_buf_addc(out, ':');
		if (rc == 0)
			rc = isfinite(value)
				     ? bi_buf_add(out, digits,
						  bi_real_print(digits, value))
				     : bi_buf_adds(out, "null");
	}
	return rc == 0 ? bi_buf_adds(out, "}}") : rc;
}

static int add_launch(const struct bi_row *row, const struct bi_launch *launch,
		      struct bi_buf *out)
{
	const char *clock = row->metric == BI_PAIR_WALL ? "wall" : "cpu";
	int rc = bi_buf_addc(out, '{');

	if (rc == 0)
		rc = add_name(row, out);
	if (rc == 0)
		rc = text(out, "clock", clock, strlen(clock));
	if (rc == 0)
		rc = number(out, "ratio", launch->ratio);
	if (rc == 0)
		rc = number(out, "mean_ratio", launch->mean_ratio);
	if (rc == 0)
		rc = integer(out, "cpu", launch->cpu);
	if (rc == 0)
		rc = integer(out, "slice_n", launch->n);
	if (rc == 0)
		rc = integer(out, "slices", (int64_t)launch->slices);
	if (rc == 0)
		rc = integer(out, "wall_ns", launch->wall_ns);
	if (rc == 0)
		rc = integer(out, "measured_ns", launch->measured_ns);
	if (rc == 0)
		rc = integer(out, "switches", launch->switches);
	if (rc == 0)
		rc = integer(out, "waited_ns", launch->waited_ns);
	if (rc == 0)
		rc = integer(out, "faults", launch->faults);
	if (rc == 0)
		rc = add_side(&launch->side[0], "old", out);
	if (rc == 0)
		rc = add_side(&launch->side[1], "new", out);
	return rc == 0 ? bi_buf_adds(out, "}\n") : rc;
}

int json_launches(const struct bi_pair_run *run, struct bi_buf *out)
{
	size_t i, k;
	int rc = bi_buf_addc(out, '{');

	if (rc == 0)
		rc = add_plan(run, out);
	if (rc == 0)
		rc = bi_buf_adds(out, "}\n");
	for (i = 0; i < run->suite.count; i++) {
		const struct bi_row *row = &run->suite.row[i];

		for (k = 0; k < row->count && rc == 0; k++)
			rc = add_launch(row, &row->launch[k], out);
	}
	for (i = 0; i < run->sentinel_count && rc == 0; i++) {
		rc = bi_buf_adds(out, "{\"sentinel\":true");
		if (rc == 0)
			rc = number(out, "ratio", run->sentinel[i]);
		if (rc == 0)
			rc = bi_buf_adds(out, "}\n");
	}
	return rc;
}
