/* What is printed below the table: other units, failures, the suite as a whole. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "cli/benchab/json.h"
#include "cli/benchab/lines.h"
#include "cli/benchab/report.h"
#include "pair/extra.h"

#define NS_PER_SEC 1e9

static const char *const correction_name[] = {
	[BI_MULTIPLICITY_HOLM] = "Holm",
	[BI_MULTIPLICITY_BH] = "Benjamini-Hochberg",
	[BI_MULTIPLICITY_NONE] = "no correction",
};

/* ---- Units other than time ---- */

static int add_extra(const struct bi_row *row, const struct bi_extra *extra,
		     struct lines *lines)
{
	int rc = report_name(row, lines_add(lines));

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

static int add_extras(const struct bi_pair_run *run, struct lines *lines)
{
	size_t i, k, count;
	int rc = 0;

	for (i = 0; i < run->suite.count && rc == 0; i++) {
		const struct bi_row *row = &run->suite.row[i];
		struct bi_extra *extra;

		rc = bi_extra_compare(&run->judge, row, &extra, &count);
		for (k = 0; k < count && rc == 0; k++) {
			if (extra[k].changed)
				rc = add_extra(row, &extra[k], lines);
		}
		free(extra);
	}
	return rc;
}

static int print_extras(const struct bi_pair_run *run, bool markdown,
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
		rc = add_extras(run, &lines);
	if (rc == 0 && lines.count > 6)
		rc = bi_buf_addc(out, '\n');
	if (rc == 0 && lines.count > 6)
		rc = lines_print(&lines, markdown, out);
	lines_release(&lines);
	return rc;
}

/* ---- Failures and remarks ---- */

static int print_failures(const struct bi_pair_run *run, struct bi_buf *out)
{
	static const char *const sides[] = {"OLD", "NEW"};
	size_t i;
	int side, rc = 0;

	for (i = 0; i < run->suite.count; i++) {
		const struct bi_row *row = &run->suite.row[i];

		for (side = 0; side < 2 && rc == 0; side++) {
			if (row->standing[side] != BI_STANDING_FAILED)
				continue;
			rc = bi_buf_adds(out, "--- FAIL: ");
			if (rc == 0)
				rc = report_name(row, out);
			if (rc == 0)
				rc = bi_buf_addf(out, " in %s\n%s", sides[side],
						 bi_buf_str(&row->log[side]));
		}
	}
	return rc;
}

static int print_contention(const struct bi_pair_run *run, struct bi_buf *out)
{
	size_t i;
	double mean;
	int rc = 0;

	for (i = 0; i < run->suite.count && rc == 0; i++) {
		const struct bi_row *row = &run->suite.row[i];

		if (!bi_extra_differs_under_contention(&run->judge, row, &mean))
			continue;
		rc = report_name(row, out);
		if (rc == 0)
			rc = bi_buf_adds(out, ": differs under contention: the "
					      "mean of all slices changes by ");
		if (rc == 0)
			rc = report_change(mean, out);
		if (rc == 0)
			rc = bi_buf_addc(out, '\n');
	}
	return rc;
}

/* ---- The suite ---- */

/* Between the means of the ends of the intervals.  Each row's error is its own,
 * since its launches are: together they partly cancel, and the mean is known
 * better than this says. */
static int print_geomean(const struct bi_pair_run *run, struct bi_buf *out)
{
	double estimate = 0, low = 0, high = 0, count = 0;
	size_t i;
	int rc;

	for (i = 0; i < run->suite.count; i++) {
		const struct bi_row *row = &run->suite.row[i];

		if (!bi_row_runs(row) || row->count == 0)
			continue;
		estimate += row->judgement.estimate;
		low += row->judgement.low;
		high += row->judgement.high;
		count++;
	}
	if (count < 2)
		return 0;
	rc = bi_buf_adds(out, "geomean of the changes: ");
	if (rc == 0)
		rc = report_change(estimate / count, out);
	if (rc == 0)
		rc = bi_buf_adds(out, " [");
	if (rc == 0)
		rc = report_change(low / count, out);
	if (rc == 0)
		rc = bi_buf_adds(out, ", ");
	if (rc == 0)
		rc = report_change(high / count, out);
	return rc == 0 ? bi_buf_adds(out, "]\n") : rc;
}

static int print_method(const struct bi_pair_run *run, struct bi_buf *out)
{
	const struct bi_pair_plan *plan = run->plan;
	int rc = bi_buf_addf(
		out,
		"A change below %g%% is none (the margin).  Intervals of "
		"%g%%, held at all looks together; %s over %zu "
		"benchmark%s.\n",
		100 * plan->margin, 100 * (1 - plan->alpha),
		correction_name[plan->correction], run->judged,
		run->judged == 1 ? "" : "s");

	if (rc == 0 && run->sentinel_count > 0)
		rc = bi_buf_addf(out,
				 "OLD against itself, %zu launches: ",
				 run->sentinel_count);
	if (rc == 0 && run->sentinel_count > 0 &&
	    isfinite(run->sentinel_judgement.low))
		rc = bi_buf_addf(
			out, "%+.2f%% [%+.2f%%, %+.2f%%].\n",
			100 * expm1(run->sentinel_judgement.estimate),
			100 * expm1(run->sentinel_judgement.low),
			100 * expm1(run->sentinel_judgement.high));
	else if (rc == 0 && run->sentinel_count > 0)
		rc = bi_buf_adds(out, "too few to say anything.\n");
	if (rc == 0)
		rc = bi_buf_addf(out,
				 "%.0f%% of the time in measured slices, "
				 "%.0f%% in starting processes and their "
				 "set-up; seed %llu.\n",
				 100 * (double)run->measured_ns /
					 (double)run->wall_ns,
				 100 * (double)run->start_ns /
					 (double)run->wall_ns,
				 (unsigned long long)plan->seed);
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

/* One line that can stand alone in a message. */
static int print_last(const struct bi_pair_run *run, struct bi_buf *out)
{
	struct tally tally = report_tally(run);
	const char *comma = "";
	int rc = bi_buf_adds(out, "benchab: "), i;

	if (rc == 0 && run->unfit)
		rc = bi_buf_adds(out, "UNFIT: OLD differs from itself by more "
				      "than the margin; no verdict");
	else if (rc == 0 && run->interrupted)
		rc = bi_buf_adds(out, "interrupted: ");
	for (i = 0; !run->unfit && i <= BI_VERDICT_UNDECIDED && rc == 0; i++)
		rc = add_count(out, &comma, tally.verdict[i],
			       bi_verdict_word((enum bi_verdict)i));
	if (run->unfit)
		comma = ", ";
	if (rc == 0)
		rc = add_count(out, &comma, tally.failed, "failed");
	if (rc == 0)
		rc = add_count(out, &comma, tally.missing, "missing from NEW");
	if (rc == 0)
		rc = add_count(out, &comma, tally.only_new, "only in NEW");
	if (rc == 0 && run->suite.count == 0)
		rc = bi_buf_adds(out, "no benchmark");
	if (rc == 0)
		rc = bi_buf_addf(out,
				 " (margin %g%%, alpha %g, %s, %.1f s%s)\n",
				 100 * run->plan->margin, run->plan->alpha,
				 correction_name[run->plan->correction],
				 (double)run->wall_ns / NS_PER_SEC,
				 run->out_of_time ? ", out of time" : "");
	return rc;
}

int report_all(const struct bi_pair_run *run, const struct options *options,
	       struct bi_buf *out)
{
	bool markdown = options->format == FORMAT_MARKDOWN;
	int rc;

	if (options->format == FORMAT_JSON)
		return json_report(run, report_status(run, options), out);
	rc = report_table(run, true, 0, markdown, out);
	if (rc == 0)
		rc = print_extras(run, markdown, out);
	if (rc == 0)
		rc = bi_buf_addc(out, '\n');
	if (rc == 0 && markdown)
		rc = bi_buf_adds(out, "```\n");
	if (rc == 0)
		rc = print_failures(run, out);
	if (rc == 0)
		rc = print_contention(run, out);
	if (rc == 0 && !run->unfit)
		rc = print_geomean(run, out);
	if (rc == 0 && run->judged > 0)
		rc = print_method(run, out);
	if (rc == 0)
		rc = print_last(run, out);
	if (rc == 0 && markdown)
		rc = bi_buf_adds(out, "```\n");
	return rc;
}
