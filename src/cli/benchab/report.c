/* What is printed of a comparison: the table. */
#include "cli/benchab/report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "cli/benchab/lines.h"
#include "fmt/writer.h"
#include "stat/paired.h"
#include "unit/scale.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define NS_PER_SEC 1e9

/* What every name begins with. */
#define PREFIX "Benchmark"

static const char *const header[] = {
	"name",	   "old",   "new",   "change",	 "[low, high]",
	"p",	   "clock", "verdict", "launches", "time",
};

#define COLUMNS LENGTH(header)
#define VERDICT_COLUMN 7

struct tally report_tally(const struct bi_pair_run *run)
{
	struct tally tally = {.failed = 0};
	size_t i;

	for (i = 0; i < run->suite.count; i++) {
		const struct bi_row *row = &run->suite.row[i];
		const struct bi_judgement *judgement = &row->judgement;

		if (row->standing[0] == BI_STANDING_FAILED ||
		    row->standing[1] == BI_STANDING_FAILED)
			tally.failed++;
		else if (row->standing[0] == BI_STANDING_RUNS &&
			 row->standing[1] != BI_STANDING_RUNS)
			tally.missing++;
		else if (row->standing[0] == BI_STANDING_ABSENT)
			tally.only_new++;
		else if (bi_row_runs(row)) {
			tally.verdict[judgement->verdict]++;
			tally.open +=
				judgement->verdict != BI_VERDICT_REGRESSION &&
				judgement->high >= run->judge.margin;
		}
	}
	return tally;
}

int report_status(const struct bi_pair_run *run, const struct options *options)
{
	struct tally tally = report_tally(run);

	if (tally.failed > 0 || (tally.missing > 0 && !options->missing_ok) ||
	    run->judged == 0)
		return 2;
	if (run->unfit)
		return 3;
	if (tally.verdict[BI_VERDICT_REGRESSION] > 0 ||
	    (options->strict && tally.verdict[BI_VERDICT_SLOWER] > 0))
		return 1;
	return tally.open > 0 && !options->undecided_passes ? 3 : 0;
}

int report_name(const struct bi_row *row, struct bi_buf *out)
{
	const char *name = row->leaf;

	if (strncmp(name, PREFIX, strlen(PREFIX)) == 0)
		name += strlen(PREFIX);
	return bi_writer_name(out, name, row->procs);
}

int report_change(double log, struct bi_buf *out)
{
	if (!isfinite(log))
		return bi_buf_addc(out, '?');
	return bi_buf_addf(out, "%+.2f%%", 100 * expm1(log));
}

static int add_time(double ns, struct bi_buf *out)
{
	double sec = ns / NS_PER_SEC;
	struct bi_scale scale = bi_scale_for(sec, BI_UNIT_DECIMAL);
	char text[BI_SCALE_SIZE];
	size_t len = bi_scale_print(text, sec, &scale);
	int rc = bi_buf_add(out, text, len);

	return rc == 0 ? bi_buf_addc(out, 's') : rc;
}

/* How the open row ROW would be decided: what is known to what, and when. */
static int add_resolution(const struct bi_pair_run *run,
			  const struct bi_row *row, struct bi_buf *out)
{
	const struct bi_judgement *judgement = &row->judgement;
	double half = (judgement->high - judgement->low) / 2, need;
	double launch_sec = row->count == 0
				    ? 0
				    : (double)row->spent_ns / NS_PER_SEC /
					      (double)row->count;

	if (row->count == 0)
		return 0;
	need = isfinite(half) ? bi_judge_need(&run->judge, judgement)
			      : (double)bi_judge_next_look(&run->judge, 1);
	if (isfinite(half) &&
	    bi_buf_addf(out, " (±%.2g%%", 100 * expm1(half)) < 0)
		return BENCH_ENOMEM;
	if (!isfinite(half) && bi_buf_adds(out, " (too few launches") < 0)
		return BENCH_ENOMEM;
	if (need > 0)
		return bi_buf_addf(out, ", needs ~%.2g s)", need * launch_sec);
	return bi_buf_adds(out, ", at the margin)");
}

static int add_verdict(const struct bi_pair_run *run, const struct bi_row *row,
		       bool final, struct bi_buf *out)
{
	static const char *const sides[] = {"OLD", "NEW"};
	enum bi_verdict verdict = row->judgement.verdict;
	int side;

	for (side = 0; side < 2; side++) {
		if (row->standing[side] == BI_STANDING_FAILED)
			return bi_buf_addf(out, "FAILED in %s", sides[side]);
		if (row->standing[side] == BI_STANDING_SKIPPED)
			return bi_buf_addf(out, "skipped in %s", sides[side]);
		if (row->standing[side] == BI_STANDING_ABSENT)
			return bi_buf_addf(out, "missing from %s", sides[side]);
	}
	if (final && run->unfit)
		return 0;
	if (!final && !row->over)
		return bi_buf_adds(out, "...");
	if (bi_buf_adds(out, bi_verdict_word(verdict)) < 0)
		return BENCH_ENOMEM;
	switch (verdict) {
	case BI_VERDICT_UNDECIDED:
		return add_resolution(run, row, out);
	case BI_VERDICT_SLOWER:
	case BI_VERDICT_FASTER:
		return bi_buf_adds(out, " (size unsettled)");
	case BI_VERDICT_REGRESSION:
	case BI_VERDICT_IMPROVEMENT:
	case BI_VERDICT_EQUIVALENT:
		break;
	}
	return 0;
}

static int add_interval(const struct bi_judgement *judgement,
			struct bi_buf *out)
{
	int rc = bi_buf_addc(out, '[');

	if (rc == 0)
		rc = report_change(judgement->low, out);
	if (rc == 0)
		rc = bi_buf_adds(out, ", ");
	if (rc == 0)
		rc = report_change(judgement->high, out);
	return rc == 0 ? bi_buf_addc(out, ']') : rc;
}

/* The sign-flip test of the launches, beside the interval and independent of
 * it. */
static int add_p(const struct bi_pair_run *run, const struct bi_row *row,
		 struct bi_buf *out)
{
	double *ratio = bi_row_ratios(row);
	int rc = BENCH_ENOMEM;

	if (ratio != NULL)
		rc = bi_buf_addf(out, "%.3f",
				 bi_paired_flip_p(ratio, row->count,
						  run->plan->seed));
	free(ratio);
	return rc;
}

static int add_figures(const struct bi_pair_run *run, const struct bi_row *row,
		       bool final, struct lines *lines)
{
	int rc = add_time(bi_row_ns(row, 0), lines_add(lines));

	if (rc == 0)
		rc = add_time(bi_row_ns(row, 1), lines_add(lines));
	if (rc == 0)
		rc = report_change(row->judgement.estimate, lines_add(lines));
	if (rc == 0)
		rc = add_interval(&row->judgement, lines_add(lines));
	/* While it runs nobody needs the p, which takes a while. */
	if (rc == 0 && final)
		rc = add_p(run, row, lines_add(lines));
	else if (rc == 0)
		lines_add(lines);
	if (rc == 0)
		rc = bi_buf_adds(lines_add(lines),
				 row->metric == BI_PAIR_WALL ? "wall" : "cpu");
	return rc;
}

static int add_row(const struct bi_pair_run *run, const struct bi_row *row,
		   bool final, struct lines *lines)
{
	size_t i;
	int rc = report_name(row, lines_add(lines));

	if (rc == 0 && row->count > 0)
		rc = add_figures(run, row, final, lines);
	for (i = 0; row->count == 0 && i < 6; i++)
		lines_add(lines);
	if (rc == 0)
		rc = add_verdict(run, row, final, lines_add(lines));
	if (rc == 0 && row->count > 0)
		rc = bi_buf_addf(lines_add(lines), "%zu", row->count);
	if (rc == 0 && row->count > 0)
		rc = bi_buf_addf(lines_add(lines), "%.1fs",
				 (double)row->spent_ns / NS_PER_SEC);
	return rc == 0 ? lines_end(lines) : rc;
}

int report_table(const struct bi_pair_run *run, bool final, size_t most,
		 bool markdown, struct bi_buf *out)
{
	struct lines lines = {.columns = COLUMNS, .left = VERDICT_COLUMN};
	size_t i, shown = 0;
	int rc = 0;

	for (i = 0; i < COLUMNS && rc == 0; i++)
		rc = bi_buf_adds(lines_add(&lines), header[i]);
	for (i = 0; i < run->suite.count && rc == 0; i++) {
		/* With too many for the screen those that run are shown. */
		if (most > 0 && run->suite.count > most &&
		    run->suite.row[i].over)
			continue;
		if (most == 0 || shown++ < most)
			rc = add_row(run, &run->suite.row[i], final, &lines);
	}
	if (rc == 0)
		rc = lines_print(&lines, markdown, out);
	lines_release(&lines);
	return rc;
}
