/* A comparison on file: writing it. */
#include "pair/record.h"

#include <string.h>

#include "base/json.h"

#define LENGTH(array) ((int)(sizeof(array) / sizeof((array)[0])))

static const char *const standing_word[] = {
	[BI_STANDING_ABSENT] = "absent",
	[BI_STANDING_RUNS] = "runs",
	[BI_STANDING_SKIPPED] = "skipped",
	[BI_STANDING_FAILED] = "failed",
};

static const char *const metric_word[] = {
	[BI_PAIR_AUTO] = "auto",
	[BI_PAIR_CPU] = "cpu",
	[BI_PAIR_WALL] = "wall",
};

static const char *const correction_word[] = {
	[BI_MULTIPLICITY_HOLM] = "holm",
	[BI_MULTIPLICITY_BH] = "bh",
	[BI_MULTIPLICITY_NONE] = "none",
};

const struct bi_record_words bi_record_standings = {standing_word,
						    LENGTH(standing_word)};
const struct bi_record_words bi_record_metrics = {metric_word,
						  LENGTH(metric_word)};
const struct bi_record_words bi_record_corrections = {correction_word,
						      LENGTH(correction_word)};

/* A line that is being written; the first failure stays. */
struct line {
	struct bi_buf *out;
	int rc;
};

static void raw(struct line *line, const char *text)
{
	if (line->rc == 0)
		line->rc = bi_buf_adds(line->out, text);
}

/* KEY is one of ours: it needs no escape. */
static void key(struct line *line, const char *name)
{
	char last = line->out->len > 0 ? line->out->data[line->out->len - 1]
				       : '\n';

	if (line->rc == 0 && last != '{' && last != '\n')
		line->rc = bi_buf_addc(line->out, ',');
	if (line->rc == 0 && last == '\n')
		line->rc = bi_buf_addc(line->out, '{');
	if (line->rc == 0)
		line->rc = bi_buf_addf(line->out, "\"%s\":", name);
}

static void text(struct line *line, const char *name, const char *value)
{
	key(line, name);
	if (line->rc == 0)
		line->rc = bi_json_string(line->out, value, strlen(value));
}

static void number(struct line *line, const char *name, double value)
{
	key(line, name);
	if (line->rc == 0)
		line->rc = bi_json_number(line->out, value);
}

static void integer(struct line *line, const char *name, int64_t value)
{
	key(line, name);
	if (line->rc == 0)
		line->rc = bi_buf_addf(line->out, "%lld", (long long)value);
}

static void boolean(struct line *line, const char *name, bool value)
{
	key(line, name);
	raw(line, value ? "true" : "false");
}

static void end(struct line *line)
{
	raw(line, "}\n");
}

static size_t count_launches(const struct bi_pair_run *run)
{
	size_t i, count = 0;

	for (i = 0; i < run->suite.count; i++)
		count += run->suite.row[i].count;
	return count;
}

static void add_run(struct line *line, const struct bi_pair_run *run,
		    const struct bi_record_terms *terms)
{
	const struct bi_pair_plan *plan = run->plan;

	text(line, "format", "launches-1");
	integer(line, "rows", (int64_t)run->suite.count);
	integer(line, "launches", (int64_t)count_launches(run));
	integer(line, "sentinels", (int64_t)run->sentinel_count);
	text(line, "old", plan->side[0].path);
	text(line, "new", plan->side[1].path);
	number(line, "alpha", plan->alpha);
	number(line, "margin", plan->margin);
	number(line, "margin_ns", plan->margin_ns);
	boolean(line, "exact", plan->exact);
	text(line, "correct", correction_word[plan->correction]);
	text(line, "metric", metric_word[plan->metric]);
	integer(line, "seed", (int64_t)plan->seed);
	text(line, "gate", terms->gate);
	boolean(line, "strict", terms->strict);
	boolean(line, "undecided_ok", terms->undecided_passes);
	boolean(line, "missing_ok", terms->missing_ok);
	boolean(line, "fixed_layout", run->launcher.fixed_layout);
	boolean(line, "interrupted", run->interrupted);
	boolean(line, "out_of_time", run->out_of_time);
	integer(line, "wall_ns", run->wall_ns);
	integer(line, "measured_ns", run->measured_ns);
	integer(line, "start_ns", run->start_ns);
	integer(line, "sentinel_ns", run->sentinel_ns);
	end(line);
}

static void add_row(struct line *line, const struct bi_row *row, size_t i)
{
	integer(line, "row", (int64_t)i);
	text(line, "benchmark", row->leaf);
	integer(line, "procs", row->procs);
	text(line, "old", standing_word[row->standing[0]]);
	text(line, "new", standing_word[row->standing[1]]);
	text(line, "old_log", bi_buf_str(&row->log[0]));
	text(line, "new_log", bi_buf_str(&row->log[1]));
	text(line, "metric", metric_word[row->metric]);
	integer(line, "spent_ns", row->spent_ns);
	end(line);
}

static void add_side(struct line *line, const char *name,
		     const struct bi_measure *side)
{
	size_t i;

	key(line, name);
	raw(line, "{");
	number(line, "ns", side->ns);
	number(line, "mean_ns", side->mean_ns);
	number(line, "cpu_ns", side->by_ns[0]);
	number(line, "wall_ns", side->by_ns[1]);
	number(line, "mean_cpu_ns", side->by_mean_ns[0]);
	number(line, "mean_wall_ns", side->by_mean_ns[1]);
	integer(line, "n", side->n);
	integer(line, "bytes", side->bytes);
	if (side->counted) {
		integer(line, "mallocs", side->mallocs);
		integer(line, "malloc_bytes", side->malloc_bytes);
	}
	key(line, "metrics");
	raw(line, "{");
	for (i = 0; i < side->metric_count && line->rc == 0; i++) {
		const struct bi_metric_value *metric = &side->metrics[i];

		raw(line, i == 0 ? "" : ",");
		if (line->rc == 0)
			line->rc = bi_json_string(line->out, metric->unit,
						  strlen(metric->unit));
		raw(line, ":");
		if (line->rc == 0)
			line->rc = bi_json_number(line->out, metric->value);
	}
	raw(line, "}}");
}

static void add_launch(struct line *line, const struct bi_launch *launch,
		       size_t i)
{
	integer(line, "launch", (int64_t)i);
	number(line, "ratio", launch->ratio);
	number(line, "mean_ratio", launch->mean_ratio);
	integer(line, "cpu", launch->cpu);
	integer(line, "slice_n", launch->n);
	integer(line, "slices", (int64_t)launch->slices);
	integer(line, "wall_ns", launch->wall_ns);
	integer(line, "measured_ns", launch->measured_ns);
	integer(line, "start_ns", launch->start_ns);
	integer(line, "switches", launch->switches);
	integer(line, "waited_ns", launch->waited_ns);
	integer(line, "stolen_ns", launch->stolen_ns);
	integer(line, "faults", launch->faults);
	add_side(line, "old", &launch->side[0]);
	add_side(line, "new", &launch->side[1]);
	end(line);
}

int bi_record_write(const struct bi_pair_run *run,
		    const struct bi_record_terms *terms, struct bi_buf *out)
{
	struct line line = {out, 0};
	size_t i, k;

	add_run(&line, run, terms);
	for (i = 0; i < run->suite.count; i++)
		add_row(&line, &run->suite.row[i], i);
	for (i = 0; i < run->suite.count; i++) {
		const struct bi_row *row = &run->suite.row[i];

		for (k = 0; k < row->count; k++)
			add_launch(&line, &row->launch[k], i);
	}
	for (i = 0; i < run->sentinel_count; i++) {
		number(&line, "sentinel", run->sentinel[i]);
		end(&line);
	}
	return line.rc;
}
