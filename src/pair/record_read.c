/* A comparison on file: reading it back.
 *
 * The file may be anybody's: whatever is not as bi_record_write writes it is
 * refused, with its line. */
#include "pair/record.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* Lines by which a file says how much it has; more is a lie, and would be asked
 * of the memory. */
#define COUNT_MOST INT64_C(100000000)

/* What the first line promises. */
struct promise {
	int64_t rows;
	int64_t launches;
	int64_t sentinels;
};

struct reading {
	struct bi_record *record;
	struct promise promise;
	int64_t launches; /* so far */
	struct bench_error *err;
};

/* ---- One line's members ---- */

static int wrong(struct reading *r, const char *name, const char *want)
{
	return bi_error_set(r->err, BENCH_EINPUT, "'%s' is not %s", name, want);
}

static int get_real(struct reading *r, const json_t *object, const char *name,
		    double *out)
{
	const json_t *value = json_object_get(object, name);
	const char *text = json_string_value(value);

	if (json_is_number(value))
		*out = json_number_value(value);
	else if (text != NULL && strcmp(text, "NaN") == 0)
		*out = NAN;
	else if (text != NULL && strcmp(text, "Infinity") == 0)
		*out = INFINITY;
	else if (text != NULL && strcmp(text, "-Infinity") == 0)
		*out = -INFINITY;
	else
		return wrong(r, name, "a number");
	return 0;
}

static int get_finite(struct reading *r, const json_t *object, const char *name,
		      double *out)
{
	int rc = get_real(r, object, name, out);

	return rc == 0 && !isfinite(*out) ? wrong(r, name, "a finite number")
					  : rc;
}

static int get_integer(struct reading *r, const json_t *object,
		       const char *name, int64_t least, int64_t *out)
{
	const json_t *value = json_object_get(object, name);

	if (!json_is_integer(value) || json_integer_value(value) < least)
		return wrong(r, name, least < 0 ? "a whole number"
						: "a count");
	*out = json_integer_value(value);
	return 0;
}

static int get_boolean(struct reading *r, const json_t *object,
		       const char *name, bool *out)
{
	const json_t *value = json_object_get(object, name);

	if (!json_is_boolean(value))
		return wrong(r, name, "true or false");
	*out = json_is_true(value);
	return 0;
}

static int get_text(struct reading *r, const json_t *object, const char *name,
		    const char **out)
{
	*out = json_string_value(json_object_get(object, name));
	return *out == NULL ? wrong(r, name, "a string") : 0;
}

/* A text that lives as long as the record. */
static int keep_text(struct reading *r, const json_t *object, const char *name,
		     const char **out)
{
	int rc = get_text(r, object, name, out);

	if (rc < 0)
		return rc;
	*out = bi_arena_copy(&r->record->memory, *out, strlen(*out));
	return *out == NULL ? bi_error_nomem(r->err) : 0;
}

/* The place of member NAME among WORDS. */
static int get_word(struct reading *r, const json_t *object, const char *name,
		    const struct bi_record_words *words, int *out)
{
	const char *text;
	int rc = get_text(r, object, name, &text);

	if (rc < 0)
		return rc;
	for (*out = 0; *out < words->count; ++*out) {
		if (strcmp(text, words->word[*out]) == 0)
			return 0;
	}
	return wrong(r, name, "a known word");
}

/* ---- The run ---- */

static int read_levels(struct reading *r, const json_t *line)
{
	struct bi_pair_plan *plan = &r->record->plan;
	int rc = get_finite(r, line, "alpha", &plan->alpha);

	if (rc == 0 && !(plan->alpha > 0 && plan->alpha < 0.5))
		rc = wrong(r, "alpha", "a level");
	if (rc == 0)
		rc = get_finite(r, line, "margin", &plan->margin);
	if (rc == 0 && plan->margin < 0)
		rc = wrong(r, "margin", "a share");
	if (rc == 0)
		rc = get_finite(r, line, "margin_ns", &plan->margin_ns);
	if (rc == 0 && plan->margin_ns < 0)
		rc = wrong(r, "margin_ns", "a time");
	return rc == 0 ? get_boolean(r, line, "exact", &plan->exact) : rc;
}

static int read_plan(struct reading *r, const json_t *line)
{
	struct bi_pair_plan *plan = &r->record->plan;
	int correction = 0, metric = 0, rc;
	int64_t seed = 0;

	rc = keep_text(r, line, "old", &plan->side[0].path);
	if (rc == 0)
		rc = keep_text(r, line, "new", &plan->side[1].path);
	if (rc == 0)
		rc = read_levels(r, line);
	if (rc == 0)
		rc = get_word(r, line, "correct", &bi_record_corrections,
			      &correction);
	if (rc == 0)
		rc = get_word(r, line, "metric", &bi_record_metrics, &metric);
	if (rc == 0)
		rc = get_integer(r, line, "seed", INT64_MIN, &seed);
	plan->correction = (enum bi_multiplicity)correction;
	plan->metric = (enum bi_pair_metric)metric;
	plan->seed = (uint64_t)seed;
	return rc;
}

static int read_run(struct reading *r, const json_t *line)
{
	struct bi_pair_run *run = &r->record->run;
	struct bi_record_terms *terms = &r->record->terms;
	const struct {
		const char *name;
		bool *out;
	} flag[] = {
		{"strict", &terms->strict},
		{"undecided_ok", &terms->undecided_passes},
		{"missing_ok", &terms->missing_ok},
		{"fixed_layout", &run->launcher.fixed_layout},
		{"interrupted", &run->interrupted},
		{"out_of_time", &run->out_of_time},
	};
	const struct {
		const char *name;
		int64_t *out;
	} count[] = {
		{"rows", &r->promise.rows},
		{"launches", &r->promise.launches},
		{"sentinels", &r->promise.sentinels},
		{"wall_ns", &run->wall_ns},
		{"measured_ns", &run->measured_ns},
		{"start_ns", &run->start_ns},
		{"sentinel_ns", &run->sentinel_ns},
	};
	const char *format;
	size_t i;
	int rc = get_text(r, line, "format", &format);

	if (rc < 0 || strcmp(format, "launches-1") != 0)
		return bi_error_set(r->err, BENCH_EINPUT,
				    "not launches that this benchab wrote");
	rc = read_plan(r, line);
	if (rc == 0)
		rc = keep_text(r, line, "gate", &terms->gate);
	for (i = 0; i < LENGTH(flag) && rc == 0; i++)
		rc = get_boolean(r, line, flag[i].name, flag[i].out);
	for (i = 0; i < LENGTH(count) && rc == 0; i++)
		rc = get_integer(r, line, count[i].name, 0, count[i].out);
	for (i = 0; i < 3 && rc == 0; i++) {
		if (*count[i].out > COUNT_MOST)
			rc = wrong(r, count[i].name, "believable");
	}
	return rc;
}

/* ---- Rows ---- */

static int add_row(struct reading *r, struct bi_row **out)
{
	struct bi_suite *suite = &r->record->run.suite;

	if (suite->count == suite->capacity) {
		size_t capacity = 2 * suite->capacity + 16;
		struct bi_row *list = reallocarray(suite->row, capacity,
						   sizeof(*list));

		if (list == NULL)
			return bi_error_nomem(r->err);
		suite->row = list;
		suite->capacity = capacity;
	}
	*out = &suite->row[suite->count++];
	**out = (struct bi_row){.over = true};
	return 0;
}

static int read_log(struct reading *r, const json_t *line, const char *name,
		    struct bi_buf *out)
{
	const char *text;
	int rc = get_text(r, line, name, &text);

	if (rc == 0 && bi_buf_adds(out, text) < 0)
		rc = bi_error_nomem(r->err);
	return rc;
}

static int read_row(struct reading *r, const json_t *line)
{
	struct bi_row *row = NULL;
	const char *leaf;
	int old = 0, new = 0, metric = 0, rc;
	int64_t place, procs = 1;

	if ((int64_t)r->record->run.suite.count == r->promise.rows)
		return bi_error_set(r->err, BENCH_EINPUT,
				    "more rows than the first line says");
	rc = get_integer(r, line, "row", 0, &place);
	if (rc == 0 && (size_t)place != r->record->run.suite.count)
		rc = wrong(r, "row", "the next row's number");
	if (rc == 0)
		rc = add_row(r, &row);
	if (rc < 0)
		return rc;
	rc = get_text(r, line, "benchmark", &leaf);
	if (rc == 0) {
		row->leaf = strdup(leaf);
		rc = row->leaf == NULL ? bi_error_nomem(r->err) : 0;
	}
	if (rc == 0)
		rc = get_integer(r, line, "procs", 1, &procs);
	if (rc == 0 && procs > INT32_MAX)
		rc = wrong(r, "procs", "believable");
	if (rc == 0)
		rc = get_word(r, line, "old", &bi_record_standings, &old);
	if (rc == 0)
		rc = get_word(r, line, "new", &bi_record_standings, &new);
	if (rc == 0)
		rc = read_log(r, line, "old_log", &row->log[0]);
	if (rc == 0)
		rc = read_log(r, line, "new_log", &row->log[1]);
	if (rc == 0)
		rc = get_word(r, line, "metric", &bi_record_metrics, &metric);
	if (rc == 0)
		rc = get_integer(r, line, "spent_ns", 0, &row->spent_ns);
	row->procs = (int)procs;
	row->standing[0] = (enum bi_standing)old;
	row->standing[1] = (enum bi_standing)new;
	row->metric = (enum bi_pair_metric)metric;
	return rc;
}

/* ---- Launches ---- */

static int read_metrics(struct reading *r, json_t *metrics,
			struct bi_measure *side)
{
	const char *unit;
	json_t *value;
	int rc = 0;

	if (!json_is_object(metrics))
		return wrong(r, "metrics", "an object");
	side->metrics = calloc(json_object_size(metrics) + 1,
			       sizeof(*side->metrics));
	if (side->metrics == NULL)
		return bi_error_nomem(r->err);
	json_object_foreach(metrics, unit, value)
	{
		struct bi_metric_value *metric =
			&side->metrics[side->metric_count];

		rc = get_real(r, metrics, unit, &metric->value);
		if (rc < 0)
			break;
		metric->unit = strdup(unit);
		if (metric->unit == NULL)
			return bi_error_nomem(r->err);
		side->metric_count++;
	}
	return rc;
}

static int read_side(struct reading *r, const json_t *launch, const char *name,
		     struct bi_measure *side)
{
	const json_t *object = json_object_get(launch, name);
	const struct {
		const char *name;
		double *out;
	} time[] = {
		{"ns", &side->ns},
		{"mean_ns", &side->mean_ns},
		{"cpu_ns", &side->by_ns[0]},
		{"wall_ns", &side->by_ns[1]},
		{"mean_cpu_ns", &side->by_mean_ns[0]},
		{"mean_wall_ns", &side->by_mean_ns[1]},
	};
	size_t i;
	int rc = 0;

	if (!json_is_object(object))
		return wrong(r, name, "an object");
	for (i = 0; i < LENGTH(time) && rc == 0; i++) {
		rc = get_finite(r, object, time[i].name, time[i].out);
		/* The clock that is judged by always moves. */
		if (rc == 0 && (*time[i].out < 0 ||
				(i < 2 && *time[i].out == 0)))
			rc = wrong(r, time[i].name, "a time");
	}
	if (rc == 0)
		rc = get_integer(r, object, "n", 1, &side->n);
	if (rc == 0)
		rc = get_integer(r, object, "bytes", 0, &side->bytes);
	side->counted = json_object_get(object, "mallocs") != NULL;
	if (rc == 0 && side->counted)
		rc = get_integer(r, object, "mallocs", 0, &side->mallocs);
	if (rc == 0 && side->counted)
		rc = get_integer(r, object, "malloc_bytes", 0,
				 &side->malloc_bytes);
	return rc == 0 ? read_metrics(r, json_object_get(object, "metrics"),
				      side)
		       : rc;
}

static int read_figures(struct reading *r, const json_t *line,
			struct bi_launch *launch)
{
	int64_t cpu = 0, slices = 0;
	const struct {
		const char *name;
		int64_t least;
		int64_t *out;
	} count[] = {
		{"cpu", -1, &cpu},
		{"slice_n", 1, &launch->n},
		{"slices", 1, &slices},
		{"wall_ns", 0, &launch->wall_ns},
		{"measured_ns", 0, &launch->measured_ns},
		{"start_ns", 0, &launch->start_ns},
		{"switches", 0, &launch->switches},
		{"waited_ns", -1, &launch->waited_ns},
		{"stolen_ns", -1, &launch->stolen_ns},
		{"faults", 0, &launch->faults},
	};
	size_t i;
	int rc = get_finite(r, line, "ratio", &launch->ratio);

	if (rc == 0)
		rc = get_finite(r, line, "mean_ratio", &launch->mean_ratio);
	for (i = 0; i < LENGTH(count) && rc == 0; i++)
		rc = get_integer(r, line, count[i].name, count[i].least,
				 count[i].out);
	if (rc == 0 && cpu > INT32_MAX)
		rc = wrong(r, "cpu", "believable");
	launch->cpu = (int)cpu;
	launch->slices = (size_t)slices;
	return rc;
}

static int read_launch(struct reading *r, const json_t *line)
{
	struct bi_suite *suite = &r->record->run.suite;
	struct bi_launch launch = {.ratio = 0};
	int64_t place = 0;
	int rc = get_integer(r, line, "launch", 0, &place);

	if (rc == 0 && (size_t)place >= suite->count)
		rc = wrong(r, "launch", "the number of a row above");
	if (rc == 0 && r->launches++ == r->promise.launches)
		rc = bi_error_set(r->err, BENCH_EINPUT,
				  "more launches than the first line says");
	if (rc == 0)
		rc = read_figures(r, line, &launch);
	if (rc == 0)
		rc = read_side(r, line, "old", &launch.side[0]);
	if (rc == 0)
		rc = read_side(r, line, "new", &launch.side[1]);
	if (rc == 0 && bi_row_add(&suite->row[place], &launch) < 0)
		rc = bi_error_nomem(r->err);
	if (rc < 0)
		bi_launch_release(&launch);
	return rc;
}

static int read_sentinel(struct reading *r, const json_t *line)
{
	struct bi_pair_run *run = &r->record->run;
	double value = 0, *list;
	int rc = get_finite(r, line, "sentinel", &value);

	if (rc == 0 && (int64_t)run->sentinel_count == r->promise.sentinels)
		rc = bi_error_set(r->err, BENCH_EINPUT,
				  "more sentinels than the first line says");
	if (rc < 0)
		return rc;
	list = reallocarray(run->sentinel, run->sentinel_count + 1,
			    sizeof(*list));
	if (list == NULL)
		return bi_error_nomem(r->err);
	run->sentinel = list;
	list[run->sentinel_count++] = value;
	return 0;
}

/* ---- Lines ---- */

static int read_line(struct reading *r, const char *text, size_t len,
		     bool first)
{
	json_error_t problem;
	json_t *line = json_loadb(text, len, JSON_REJECT_DUPLICATES, &problem);
	int rc;

	if (line == NULL && json_error_code(&problem) == json_error_out_of_memory)
		return bi_error_nomem(r->err);
	if (line == NULL)
		return bi_error_set(r->err, BENCH_EINPUT, "invalid JSON: %s",
				    problem.text);
	if (first)
		rc = read_run(r, line);
	else if (json_object_get(line, "row") != NULL)
		rc = read_row(r, line);
	else if (json_object_get(line, "launch") != NULL)
		rc = read_launch(r, line);
	else if (json_object_get(line, "sentinel") != NULL)
		rc = read_sentinel(r, line);
	else
		rc = bi_error_set(r->err, BENCH_EINPUT,
				  "neither a row nor a launch");
	json_decref(line);
	return rc;
}

/* Nothing may be missing at the end. */
static int check_end(struct reading *r)
{
	const struct bi_pair_run *run = &r->record->run;

	if ((int64_t)run->suite.count == r->promise.rows &&
	    r->launches == r->promise.launches &&
	    (int64_t)run->sentinel_count == r->promise.sentinels)
		return 0;
	return bi_error_set(r->err, BENCH_EINPUT,
			    "ends after %zu of %lld rows, %lld of %lld "
			    "launches, %zu of %lld sentinels",
			    run->suite.count, (long long)r->promise.rows,
			    (long long)r->launches,
			    (long long)r->promise.launches,
			    run->sentinel_count,
			    (long long)r->promise.sentinels);
}

int bi_record_read(struct bi_record *record, const char *file, const char *text,
		   size_t len, struct bench_error *err)
{
	struct bench_error own = BENCH_ERROR_INIT;
	struct reading r = {.record = record, .err = err ? err : &own};
	size_t at = 0;
	int number = 0, rc = 0;

	record->run.plan = &record->plan;
	while (rc == 0 && at < len) {
		const char *newline = memchr(text + at, '\n', len - at);
		size_t size = newline == NULL ? len - at
					      : (size_t)(newline - text) - at;

		number++;
		rc = newline == NULL
			     ? bi_error_set(r.err, BENCH_EINPUT,
					    "the line has no end")
			     : read_line(&r, text + at, size, number == 1);
		at += size + 1;
	}
	if (rc == 0 && number == 0)
		rc = bi_error_set(r.err, BENCH_EINPUT, "nothing in it");
	if (rc == 0)
		rc = check_end(&r);
	if (rc == BENCH_EINPUT)
		bi_error_place(r.err, file, number, 0);
	return rc;
}

int bi_record_use_metric(struct bi_record *record, enum bi_pair_metric metric,
			 struct bench_error *err)
{
	int clock = metric == BI_PAIR_WALL, p;
	size_t i, k;

	if (metric == BI_PAIR_AUTO)
		return 0;
	for (i = 0; i < record->run.suite.count; i++) {
		struct bi_row *row = &record->run.suite.row[i];

		for (k = 0; k < row->count; k++) {
			struct bi_launch *launch = &row->launch[k];
			struct bi_measure *side = launch->side;

			for (p = 0; p < 2; p++) {
				if (!(side[p].by_ns[clock] > 0))
					return bi_error_set(
						err, BENCH_EINPUT,
						"%s took no time of the CPU",
						row->leaf);
				side[p].ns = side[p].by_ns[clock];
				side[p].mean_ns = side[p].by_mean_ns[clock];
			}
			launch->ratio = log(side[1].ns / side[0].ns);
			launch->mean_ratio =
				log(side[1].mean_ns / side[0].mean_ns);
		}
		row->metric = metric;
	}
	return 0;
}

void bi_record_release(struct bi_record *record)
{
	bi_pair_run_release(&record->run);
	bi_arena_release(&record->memory);
	*record = (struct bi_record){.terms = {.gate = ""}};
}
