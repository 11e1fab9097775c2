/* What is printed below the table: other units, failures, the suite as a whole. */
#include "cli/benchab/summary.h"

#include <math.h>

#include "base/error.h"
#include "cli/benchab/lines.h"
#include "cli/benchab/report.h"

#define NS_PER_SEC 1e9

/* ---- Units other than time ---- */

static int add_extra(const struct finding *finding,
		     const struct bi_extra *extra, struct lines *lines)
{
	int rc = bi_buf_adds(lines_add(lines), finding->name);

	if (rc == 0)
		rc = bi_buf_adds(lines_add(lines), extra->unit);
	if (rc == 0)
		rc = bi_buf_addf(lines_add(lines), "%.6g", extra->side[0]);
	if (rc == 0)
		rc = bi_buf_addf(lines_add(lines), "%.6g", extra->side[1]);
	if (rc == 0 && extra->side[0] > 0 && extra->side[1] > 0)
		rc = report_change(log(extra->side[1] / extra->side[0]),
				   lines_add(lines));
	else
		lines_add(lines);
	if (rc == 0 && extra->exact)
		rc = bi_buf_adds(lines_add(lines), "exact");
	else if (rc == 0)
		rc = bi_buf_addf(lines_add(lines), "[%+.2f%%, %+.2f%%]",
				 100 * expm1(extra->low),
				 100 * expm1(extra->high));
	return rc == 0 ? lines_end(lines) : rc;
}

static int add_extras(const struct findings *findings, struct lines *lines)
{
	size_t i, k;
	int rc = 0;

	for (i = 0; i < findings->count && rc == 0; i++) {
		const struct finding *finding = &findings->row[i];

		for (k = 0; k < finding->extra_count && rc == 0; k++) {
			if (finding->extra[k].changed)
				rc = add_extra(finding, &finding->extra[k],
					       lines);
		}
	}
	return rc;
}

static int print_extras(const struct findings *findings, bool markdown,
			struct bi_buf *out)
{
	static const char *const names[] = {"name", "unit", "old",
					    "new",  "change", ""};
	struct lines lines = {.columns = 6, .left = 1};
	size_t i;
	int rc = 0;

	for (i = 0; i < 6 && rc == 0; i++)
		rc = bi_buf_adds(lines_add(&lines), names[i]);
	if (rc == 0)
		rc = lines_end(&lines);
	if (rc == 0)
		rc = add_extras(findings, &lines);
	if (rc == 0 && lines.count > 6)
		rc = bi_buf_addc(out, '\n');
	if (rc == 0 && lines.count > 6)
		rc = lines_print(&lines, markdown, out);
	lines_release(&lines);
	return rc;
}

/* ---- Failures and remarks ---- */

static int print_failures(const struct findings *findings, struct bi_buf *out)
{
	static const char *const sides[] = {"OLD", "NEW"};
	size_t i;
	int side, rc = 0;

	for (i = 0; i < findings->count; i++) {
		const struct bi_row *row = findings->row[i].row;

		for (side = 0; side < 2 && rc == 0; side++) {
			if (row->standing[side] != BI_STANDING_FAILED)
				continue;
			rc = bi_buf_addf(out, "--- FAIL: %s in %s\n%s",
					 findings->row[i].name, sides[side],
					 bi_buf_str(&row->log[side]));
		}
	}
	return rc;
}

static int print_contention(const struct findings *findings,
			    struct bi_buf *out)
{
	size_t i;
	int rc = 0;

	for (i = 0; i < findings->count && rc == 0; i++) {
		const struct finding *finding = &findings->row[i];

		if (!finding->contends)
			continue;
		rc = bi_buf_addf(out,
				 "%s: differs under contention: the mean of "
				 "all slices changes by ",
				 finding->name);
		if (rc == 0)
			rc = report_change(finding->mean, out);
		if (rc == 0)
			rc = bi_buf_addc(out, '\n');
	}
	return rc;
}

/* ---- The suite ---- */

static int print_geomean(const struct findings *findings, struct bi_buf *out)
{
	int rc;

	if (findings->averaged < 2)
		return 0;
	rc = bi_buf_adds(out, "geomean of the changes: ");
	if (rc == 0)
		rc = report_change(findings->mean, out);
	if (rc == 0)
		rc = bi_buf_adds(out, " [");
	if (rc == 0)
		rc = report_change(findings->low, out);
	if (rc == 0)
		rc = bi_buf_adds(out, ", ");
	if (rc == 0)
		rc = report_change(findings->high, out);
	return rc == 0 ? bi_buf_adds(out, "]\n") : rc;
}

/* The margin as a quantity: "0.5%", "3 ns". */
static int add_margin(const struct findings *findings, struct bi_buf *out)
{
	const struct bi_pair_plan *plan = findings->run->plan;

	if (plan->margin_ns > 0)
		return bi_buf_addf(out, "%.12g ns", plan->margin_ns);
	return bi_buf_addf(out, "%.12g%%", 100 * plan->margin);
}

/* The margin in words. */
static int print_margin(const struct findings *findings, struct bi_buf *out)
{
	const struct bi_pair_plan *plan = findings->run->plan;
	int rc;

	if (plan->margin == 0 && plan->margin_ns == 0)
		return bi_buf_adds(out, "Any change counts (the margin is 0).");
	rc = bi_buf_adds(out, "A change below ");
	if (rc == 0)
		rc = add_margin(findings, out);
	return rc == 0 ? bi_buf_adds(out, " is none (the margin).") : rc;
}

static int print_levels(const struct findings *findings, struct bi_buf *out)
{
	const struct bi_pair_run *run = findings->run;
	int rc = print_margin(findings, out);

	if (rc == 0)
		rc = bi_buf_addf(out,
				 "  Intervals of %.12g%%, held at all looks "
				 "together; %s over %zu benchmark%s.\n",
				 100 * (1 - run->plan->alpha),
				 findings_correction(findings), run->judged,
				 run->judged == 1 ? "" : "s");
	return rc;
}

static int print_sentinel(const struct bi_pair_run *run, struct bi_buf *out)
{
	const struct bi_judgement *judgement = &run->sentinel_judgement;
	int rc;

	if (run->sentinel_count == 0)
		return 0;
	rc = bi_buf_addf(out, "OLD against itself, %zu launches: ",
			 run->sentinel_count);
	if (rc < 0)
		return rc;
	if (!isfinite(judgement->low))
		return bi_buf_adds(out, "too few to say anything.\n");
	return bi_buf_addf(out, "%+.2f%% [%+.2f%%, %+.2f%%].\n",
			   100 * expm1(judgement->estimate),
			   100 * expm1(judgement->low),
			   100 * expm1(judgement->high));
}

static int print_method(const struct findings *findings, struct bi_buf *out)
{
	const struct bi_pair_run *run = findings->run;
	int rc = print_levels(findings, out);

	if (rc == 0)
		rc = print_sentinel(run, out);
	if (rc == 0)
		rc = bi_buf_addf(out,
				 "%.0f%% of the time in measured slices, "
				 "%.0f%% in starting processes and their "
				 "set-up; seed %llu.\n",
				 100 * (double)run->measured_ns /
					 (double)run->wall_ns,
				 100 * (double)run->start_ns /
					 (double)run->wall_ns,
				 (unsigned long long)run->plan->seed);
	return rc;
}

static int add_count(struct bi_buf *out, const char **comma, size_t count,
		     const char *what)
{
	int rc = 0;

	if (count > 0) {
		rc = bi_buf_addf(out, "%s%zu %s", *comma, count, what);
		*comma = ", ";
	}
	return rc;
}

/* How many of each verdict, and of what has none. */
static int add_counts(const struct findings *findings, const char *comma,
		      struct bi_buf *out)
{
	const struct tally *tally = &findings->tally;
	int i, rc = 0;

	for (i = 0; !findings->run->unfit && i <= BI_VERDICT_UNDECIDED &&
		    rc == 0;
	     i++)
		rc = add_count(out, &comma, tally->verdict[i],
			       bi_verdict_word((enum bi_verdict)i));
	if (rc == 0)
		rc = add_count(out, &comma, tally->failed, "failed");
	if (rc == 0)
		rc = add_count(out, &comma, tally->missing, "missing from NEW");
	if (rc == 0)
		rc = add_count(out, &comma, tally->only_new, "only in NEW");
	if (rc == 0 && findings->count == 0)
		rc = bi_buf_adds(out, "no benchmark");
	return rc;
}

int summary_last(const struct findings *findings, struct bi_buf *out)
{
	const struct bi_pair_run *run = findings->run;
	const char *start = "", *comma = "";
	int rc;

	if (run->unfit) {
		start = "UNFIT: OLD differs from itself by more than the "
			"margin; no verdict";
		comma = ", ";
	} else if (run->interrupted) {
		start = "interrupted: ";
	}
	rc = bi_buf_addf(out, "benchab: %s", start);
	if (rc == 0)
		rc = add_counts(findings, comma, out);
	if (rc == 0)
		rc = bi_buf_adds(out, " (margin ");
	if (rc == 0)
		rc = add_margin(findings, out);
	return rc == 0 ? bi_buf_addf(out, ", alpha %.12g, %s, %.1f s%s)",
				     run->plan->alpha,
				     findings_correction(findings),
				     (double)run->wall_ns / NS_PER_SEC,
				     run->out_of_time ? ", out of time" : "")
		       : rc;
}

/* What the gate says, whose summary is the last line then. */
static int print_gate(const struct findings *findings, struct bi_buf *out)
{
	if (findings->options->gate == NULL)
		return 0;
	if (findings->run->unfit)
		return bi_buf_adds(out, "gate: UNFIT: no verdict\n");
	return bi_gate_report(&findings->gate, out);
}

static int print_remarks(const struct findings *findings, struct bi_buf *out)
{
	int rc = print_failures(findings, out);

	if (rc == 0)
		rc = print_contention(findings, out);
	if (rc == 0 && !findings->run->unfit)
		rc = print_geomean(findings, out);
	if (rc == 0 && findings->run->judged > 0)
		rc = print_method(findings, out);
	if (rc == 0)
		rc = bi_buf_addf(out, "%s\n", findings->summary);
	return rc == 0 ? print_gate(findings, out) : rc;
}

int summary_print(const struct findings *findings, bool markdown,
		  struct bi_buf *out)
{
	int rc = print_extras(findings, markdown, out);

	if (rc == 0)
		rc = bi_buf_addc(out, '\n');
	if (rc == 0 && markdown)
		rc = bi_buf_adds(out, "```\n");
	if (rc == 0)
		rc = print_remarks(findings, out);
	return rc == 0 && markdown ? bi_buf_adds(out, "```\n") : rc;
}
