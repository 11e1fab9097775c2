/* From a run to all that is said of it. */
#include "cli/benchab/finding.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "cli/benchab/gating.h"
#include "cli/benchab/summary.h"
#include "fmt/writer.h"
#include "stat/paired.h"

#define NS_PER_SEC 1e9

/* What every name begins with. */
#define PREFIX "Benchmark"

const char *findings_correction(const struct findings *findings)
{
	static const char *const name[] = {
		[BI_MULTIPLICITY_HOLM] = "Holm",
		[BI_MULTIPLICITY_BH] = "Benjamini-Hochberg",
		[BI_MULTIPLICITY_NONE] = "no correction",
	};

	return name[findings->run->plan->correction];
}

/* TEXT, kept; NULL: no memory.  TEXT is released. */
static const char *keep(struct findings *findings, struct bi_buf *text)
{
	char *copy = bi_arena_copy(&findings->memory, bi_buf_str(text),
				   text->len);

	bi_buf_release(text);
	return copy;
}

static int name_row(struct findings *findings, struct finding *finding)
{
	struct bi_buf text = BI_BUF_INIT;
	const char *name = finding->row->leaf;
	int rc;

	if (strncmp(name, PREFIX, strlen(PREFIX)) == 0)
		name += strlen(PREFIX);
	rc = bi_writer_name(&text, name, finding->row->procs);
	finding->name = keep(findings, &text);
	return finding->name == NULL ? BENCH_ENOMEM : rc;
}

/* A launch of ROW, on average. */
static double launch_sec(const struct bi_row *row)
{
	return row->count == 0 ? 0
			       : (double)row->spent_ns / NS_PER_SEC /
					 (double)row->count;
}

static void set_need(const struct bi_pair_run *run, struct finding *finding)
{
	const struct bi_row *row = finding->row;
	const struct bi_judgement *judgement = &row->judgement;
	struct bi_judge judge = bi_row_judge(&run->judge, row);
	double need;

	finding->half = (judgement->high - judgement->low) / 2;
	if (judgement->settled || row->count == 0)
		return;
	need = isfinite(finding->half)
		       ? bi_judge_need(&judge, judgement)
		       : (double)bi_judge_next_look(&judge, 1);
	finding->need_sec = need * launch_sec(row);
}

/* What would decide the open row: what is known how well, and when it would be
 * known better. */
static int add_resolution(const struct finding *finding, struct bi_buf *out)
{
	bool known = isfinite(finding->half);
	int rc;

	if (finding->row->count == 0)
		return 0;
	rc = known ? bi_buf_addf(out, " (±%.2g%%", 100 * expm1(finding->half))
		   : bi_buf_adds(out, " (too few launches");
	if (rc < 0)
		return rc;
	if (finding->need_sec > 0)
		return bi_buf_addf(out, ", needs ~%.2g s)", finding->need_sec);
	return bi_buf_adds(out, ", at the margin)");
}

/* While it runs: how long it will still take, at most what is left. */
static int add_time_left(const struct bi_pair_run *run,
			 const struct finding *finding, struct bi_buf *out)
{
	const struct bi_row *row = finding->row;
	double spent = (double)row->spent_ns / NS_PER_SEC;
	double left = (double)run->plan->budget_ns / NS_PER_SEC - spent;

	if (finding->need_sec > 0)
		left = fmin(left, finding->need_sec - spent);
	if (row->count == 0)
		return 0;
	return bi_buf_addf(out, " %.1f s left", fmax(left, launch_sec(row)));
}

static int add_more(const struct bi_pair_run *run,
		    const struct finding *finding, bool final,
		    struct bi_buf *out)
{
	const struct bi_row *row = finding->row;

	if (!final && !row->over)
		return add_time_left(run, finding, out);
	switch (row->judgement.verdict) {
	case BI_VERDICT_UNDECIDED:
		return add_resolution(finding, out);
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

/* Why ROW is not judged; NULL: it is. */
static const char *why_not(const struct bi_row *row)
{
	static const char *const word[][2] = {
		[BI_STANDING_ABSENT] = {"missing from OLD", "missing from NEW"},
		[BI_STANDING_RUNS] = {NULL, NULL},
		[BI_STANDING_SKIPPED] = {"skipped in OLD", "skipped in NEW"},
		[BI_STANDING_FAILED] = {"FAILED in OLD", "FAILED in NEW"},
	};
	int side;

	for (side = 0; side < 2; side++) {
		if (word[row->standing[side]][side] != NULL)
			return word[row->standing[side]][side];
	}
	return NULL;
}

static int set_word(struct findings *findings, struct finding *finding,
		    bool final)
{
	const struct bi_pair_run *run = findings->run;
	const struct bi_row *row = finding->row;
	struct bi_buf more = BI_BUF_INIT;
	int rc;

	finding->more = "";
	finding->word = why_not(row);
	if (finding->word != NULL)
		return 0;
	finding->word = "";
	if (final && run->unfit)
		return 0;
	finding->judged = final || row->over;
	finding->word = finding->judged
				? bi_verdict_word(row->judgement.verdict)
				: "...";
	rc = add_more(run, finding, final, &more);
	finding->more = keep(findings, &more);
	return finding->more == NULL ? BENCH_ENOMEM : rc;
}

/* The sign-flip test of the launches, beside the interval and independent of
 * it. */
static int set_p(const struct bi_pair_run *run, struct finding *finding)
{
	double *ratio = bi_row_ratios(finding->row);

	if (ratio == NULL)
		return BENCH_ENOMEM;
	finding->p = bi_paired_flip_p(ratio, finding->row->count,
				      run->plan->seed);
	free(ratio);
	return 0;
}

static int find_row(struct findings *findings, const struct bi_row *row,
		    bool final, struct finding *finding)
{
	const struct bi_pair_run *run = findings->run;
	struct bi_judge judge = bi_row_judge(&run->judge, row);
	int rc;

	*finding = (struct finding){
		.row = row,
		.measured = row->count > 0,
		.ns = {bi_row_ns(row, 0), bi_row_ns(row, 1)},
		.p = NAN,
		.clock = row->count == 0		 ? ""
			 : row->metric == BI_PAIR_WALL ? "wall"
							 : "cpu",
	};
	rc = name_row(findings, finding);
	set_need(run, finding);
	if (rc == 0)
		rc = set_word(findings, finding, final);
	if (rc < 0 || !final || row->count == 0)
		return rc;
	finding->contends = bi_extra_differs_under_contention(&judge, row,
							      &finding->mean);
	rc = bi_extra_compare(&judge, row, &finding->extra,
			      &finding->extra_count);
	return rc == 0 ? set_p(run, finding) : rc;
}

static void count_row(struct tally *tally, const struct bi_row *row)
{
	if (row->standing[0] == BI_STANDING_FAILED ||
	    row->standing[1] == BI_STANDING_FAILED)
		tally->failed++;
	else if (row->standing[0] == BI_STANDING_RUNS &&
		 row->standing[1] != BI_STANDING_RUNS)
		tally->missing++;
	else if (row->standing[0] == BI_STANDING_ABSENT)
		tally->only_new++;
	else if (bi_row_runs(row))
		tally->verdict[row->judgement.verdict]++;
}

/* Between the means of the ends of the intervals.  Each row's error is its own,
 * since its launches are: together they partly cancel, and the mean is known
 * better than this says. */
static void average(struct findings *findings)
{
	double n;
	size_t i;

	for (i = 0; i < findings->count; i++) {
		const struct bi_row *row = findings->row[i].row;

		if (!bi_row_runs(row) || row->count == 0)
			continue;
		findings->mean += row->judgement.estimate;
		findings->low += row->judgement.low;
		findings->high += row->judgement.high;
		findings->averaged++;
	}
	n = (double)findings->averaged;
	findings->mean /= n;
	findings->low /= n;
	findings->high /= n;
}

static int find_rows(struct findings *findings, const struct bi_pair_run *run,
		     const struct options *options, bool final)
{
	size_t i;
	int rc = 0;

	findings->run = run;
	findings->options = options;
	findings->final = final;
	findings->row = calloc(run->suite.count + 1, sizeof(*findings->row));
	if (findings->row == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < run->suite.count && rc == 0; i++) {
		rc = find_row(findings, &run->suite.row[i], final,
			      &findings->row[findings->count++]);
		count_row(&findings->tally, &run->suite.row[i]);
	}
	return rc;
}

int findings_glance(struct findings *findings, const struct bi_pair_run *run,
		    const struct options *options)
{
	return find_rows(findings, run, options, false);
}

int findings_make(struct findings *findings, const struct bi_pair_run *run,
		  const struct options *options)
{
	struct bi_buf text = BI_BUF_INIT;
	int rc = find_rows(findings, run, options, true);

	if (rc < 0)
		return rc;
	average(findings);
	rc = gating_judge(findings);
	if (rc == 0)
		rc = summary_last(findings, &text);
	findings->summary = keep(findings, &text);
	return findings->summary == NULL ? BENCH_ENOMEM : rc;
}

void findings_release(struct findings *findings)
{
	size_t i;

	for (i = 0; i < findings->count; i++)
		bi_extra_free(findings->row[i].extra,
			      findings->row[i].extra_count);
	free(findings->row);
	bi_gate_release(&findings->gate);
	bi_arena_release(&findings->memory);
	*findings = (struct findings){.count = 0};
}
