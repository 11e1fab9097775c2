/* A comparison as JSON (RFC 8259). */
#include "cli/benchab/json.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "pair/record.h"

/* The object being written; the first failure stays. */
struct json {
	struct bi_buf *out;
	int rc;
};

static void raw(struct json *json, const char *text)
{
	if (json->rc == 0)
		json->rc = bi_buf_adds(json->out, text);
}

/* What follows is a member or an item: a comma, unless it is the first. */
static void separate(struct json *json)
{
	const struct bi_buf *out = json->out;
	char last = out->len > 0 ? out->data[out->len - 1] : '{';

	if (last != '{' && last != '[')
		raw(json, ",");
}

/* KEY is one of ours: it needs no escape. */
static void key(struct json *json, const char *name)
{
	separate(json);
	if (json->rc == 0)
		json->rc = bi_buf_addf(json->out, "\"%s\":", name);
}

static void slice(struct json *json, const char *name, struct bi_slice value)
{
	key(json, name);
	if (json->rc == 0)
		json->rc = bi_json_string(json->out, value.text, value.len);
}

static void text(struct json *json, const char *name, const char *value)
{
	slice(json, name, (struct bi_slice){value, strlen(value)});
}

static void number(struct json *json, const char *name, double value)
{
	key(json, name);
	if (json->rc == 0)
		json->rc = bi_json_number(json->out, value);
}

/* A log ratio as a fraction of the old value. */
static void change(struct json *json, const char *name, double log)
{
	number(json, name, expm1(log));
}

static void integer(struct json *json, const char *name, int64_t value)
{
	key(json, name);
	if (json->rc == 0)
		json->rc = bi_buf_addf(json->out, "%lld", (long long)value);
}

static void boolean(struct json *json, const char *name, bool value)
{
	key(json, name);
	raw(json, value ? "true" : "false");
}

static void open_array(struct json *json, const char *name)
{
	key(json, name);
	raw(json, "[");
}

static void open_item(struct json *json)
{
	separate(json);
	raw(json, "\n{");
}

static void add_plan(struct json *json, const struct findings *findings)
{
	const struct bi_pair_run *run = findings->run;
	const struct bi_pair_plan *plan = run->plan;

	text(json, "format", "benchab-1");
	text(json, "old", plan->side[0].path);
	text(json, "new", plan->side[1].path);
	number(json, "alpha", plan->alpha);
	if (plan->margin_ns > 0)
		number(json, "margin_ns", plan->margin_ns);
	else
		number(json, "margin", plan->margin);
	boolean(json, "exact", plan->exact);
	text(json, "correct", bi_record_corrections.word[plan->correction]);
	integer(json, "seed", (int64_t)plan->seed);
	integer(json, "benchmarks", (int64_t)run->judged);
	boolean(json, "fixed_layout", run->launcher.fixed_layout);
	integer(json, "status", findings->status);
	boolean(json, "unfit", run->unfit);
	boolean(json, "interrupted", run->interrupted);
	boolean(json, "out_of_time", run->out_of_time);
	integer(json, "wall_ns", run->wall_ns);
	integer(json, "measured_ns", run->measured_ns);
	integer(json, "start_ns", run->start_ns);
	text(json, "summary", findings->summary);
}

/* Three members: a change and the ends of its interval. */
static void add_interval(struct json *json, double estimate, double low,
			 double high)
{
	change(json, "change", estimate);
	change(json, "low", low);
	change(json, "high", high);
}

static void add_suite(struct json *json, const struct findings *findings)
{
	const struct bi_pair_run *run = findings->run;
	const struct bi_judgement *sentinel = &run->sentinel_judgement;

	if (findings->averaged >= 2) {
		key(json, "geomean");
		raw(json, "{");
		add_interval(json, findings->mean, findings->low,
			     findings->high);
		raw(json, "}");
	}
	key(json, "sentinel");
	raw(json, "{");
	integer(json, "launches", (int64_t)run->sentinel_count);
	if (isfinite(sentinel->low))
		add_interval(json, sentinel->estimate, sentinel->low,
			     sentinel->high);
	raw(json, "}");
}

static void add_metrics(struct json *json, const struct finding *finding)
{
	size_t i;

	open_array(json, "metrics");
	for (i = 0; i < finding->extra_count; i++) {
		const struct bi_extra *extra = &finding->extra[i];

		separate(json);
		raw(json, "{");
		text(json, "unit", extra->unit);
		number(json, "old", extra->side[0]);
		number(json, "new", extra->side[1]);
		boolean(json, "exact", extra->exact);
		boolean(json, "changed", extra->changed);
		change(json, "low", extra->low);
		change(json, "high", extra->high);
		raw(json, "}");
	}
	raw(json, "]");
}

static void add_figures(struct json *json, const struct finding *finding)
{
	const struct bi_row *row = finding->row;
	const struct bi_judgement *judgement = &row->judgement;
	size_t i;

	text(json, "clock", finding->clock);
	number(json, "old_ns", finding->ns[0]);
	number(json, "new_ns", finding->ns[1]);
	add_interval(json, judgement->estimate, judgement->low,
		     judgement->high);
	number(json, "p", finding->p);
	if (finding->need_sec > 0)
		number(json, "needs_sec", finding->need_sec);
	if (finding->contends)
		change(json, "under_contention", finding->mean);
	integer(json, "launches", (int64_t)row->count);
	integer(json, "wall_ns", row->spent_ns);
	add_metrics(json, finding);
	open_array(json, "ratios");
	for (i = 0; i < row->count && json->rc == 0; i++) {
		separate(json);
		json->rc = bi_json_number(json->out, exp(row->launch[i].ratio));
	}
	raw(json, "]");
}

static void add_row(struct json *json, const struct finding *finding)
{
	const struct bi_row *row = finding->row;

	open_item(json);
	text(json, "benchmark", row->leaf);
	integer(json, "procs", row->procs);
	text(json, "old", bi_record_standings.word[row->standing[0]]);
	text(json, "new", bi_record_standings.word[row->standing[1]]);
	text(json, "verdict", finding->judged ? finding->word : "");
	if (finding->measured)
		add_figures(json, finding);
	raw(json, "}");
}

static void add_judged(struct json *json, const struct bi_gate *gate,
		       const struct bi_judged *judged)
{
	struct bi_buf reason = BI_BUF_INIT;

	open_item(json);
	text(json, "verdict", bi_gate_verdict_word(judged->verdict));
	slice(json, "name", judged->label);
	slice(json, "unit", judged->unit);
	slice(json, "rule", judged->rule->text);
	if (json->rc == 0)
		json->rc = bi_gate_reason(gate, judged, &reason);
	text(json, "reason", bi_buf_str(&reason));
	raw(json, "}");
	bi_buf_release(&reason);
}

/* Of an unfit run the gate says nothing. */
static void add_gate(struct json *json, const struct findings *findings)
{
	const struct bi_gate *gate = &findings->gate;
	struct bi_buf summary = BI_BUF_INIT;
	size_t i;

	if (findings->run->unfit)
		return;
	if (json->rc == 0)
		json->rc = bi_gate_summary(gate, &summary);
	key(json, "gate");
	raw(json, "{");
	text(json, "summary", bi_buf_str(&summary));
	text(json, "problems", bi_buf_str(&gate->problems));
	open_array(json, "rows");
	for (i = 0; i < gate->judged_count; i++)
		add_judged(json, gate, &gate->judged[i]);
	raw(json, "]}");
	bi_buf_release(&summary);
}

int json_report(const struct findings *findings, struct bi_buf *out)
{
	struct json json = {out, 0};
	size_t i;

	raw(&json, "{");
	add_plan(&json, findings);
	add_suite(&json, findings);
	open_array(&json, "rows");
	for (i = 0; i < findings->count; i++)
		add_row(&json, &findings->row[i]);
	raw(&json, "]");
	add_gate(&json, findings);
	raw(&json, "}\n");
	return json.rc;
}
