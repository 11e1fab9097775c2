/* The command line of benchstat. */
#include "cli/benchstat/options.h"

#include <math.h>
#include <string.h>

#include "base/real.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static int set_table(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	((struct options *)target)->table = value;
	return 0;
}

static int set_row(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	((struct options *)target)->row = value;
	return 0;
}

static int set_col(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	((struct options *)target)->col = value;
	return 0;
}

static int set_ignore(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	((struct options *)target)->ignore = value;
	return 0;
}

static int set_filter(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	((struct options *)target)->filter = value;
	return 0;
}

static int set_format(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	((struct options *)target)->format = value;
	return 0;
}

static int set_alpha(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	return bi_real_parse(value, strlen(value),
			     &((struct options *)target)->alpha);
}

static int set_confidence(void *target, const char *value,
			  struct bench_error *err)
{
	(void)err;
	return bi_real_parse(value, strlen(value),
			     &((struct options *)target)->confidence);
}

static int set_compat(void *target, const char *value, struct bench_error *err)
{
	(void)err;
	return bi_option_bool(value, &((struct options *)target)->compat);
}

/* A word that a flag takes, and what it means. */
struct word {
	const char *word;
	int meaning;
};

static int find_word(const struct word *words, size_t count, const char *value,
		     int *meaning)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (strcmp(words[i].word, value) == 0) {
			*meaning = words[i].meaning;
			return 0;
		}
	}
	return BENCH_EINPUT;
}

static int set_gate(void *target, const char *value, struct bench_error *err)
{
	struct options *values = target;

	/* The last one would win, and the first be lost without a word. */
	if (values->gate != NULL)
		return bi_error_set(err, BENCH_EINPUT, "a second gate");
	values->gate = value;
	return 0;
}

static int set_correct(void *target, const char *value, struct bench_error *err)
{
	static const struct word words[] = {{"holm", BI_MULTIPLICITY_HOLM},
					    {"bh", BI_MULTIPLICITY_BH},
					    {"none", BI_MULTIPLICITY_NONE}};
	int meaning = BI_MULTIPLICITY_HOLM;

	if (find_word(words, LENGTH(words), value, &meaning) < 0)
		return bi_error_set(err, BENCH_EINPUT, "not holm, bh or none");
	((struct options *)target)->correct = (enum bi_multiplicity)meaning;
	return 0;
}

static int set_missing(void *target, const char *value, struct bench_error *err)
{
	static const struct word words[] = {{"fail", false}, {"ok", true}};
	int meaning = false;

	if (find_word(words, LENGTH(words), value, &meaning) < 0)
		return bi_error_set(err, BENCH_EINPUT, "not fail or ok");
	((struct options *)target)->missing_ok = meaning;
	return 0;
}

static int set_samples(void *target, const char *value,
		       struct bench_error *err)
{
	(void)err;
	return bi_option_bool(value, &((struct options *)target)->samples);
}

static int set_only(void *target, const char *value, struct bench_error *err)
{
	if (strcmp(value, "changed") != 0)
		return bi_error_set(err, BENCH_EINPUT, "not changed");
	((struct options *)target)->view.only_changed = true;
	return 0;
}

static int set_stat(void *target, const char *value, struct bench_error *err)
{
	struct options *values = target;

	/* One flag each: both can be asked for. */
	if (strcmp(value, "effect") == 0)
		values->view.effect = true;
	else if (strcmp(value, "spread") == 0)
		values->spread = true;
	else
		return bi_error_set(err, BENCH_EINPUT, "not effect or spread");
	return 0;
}

static int set_fit(void *target, const char *value, struct bench_error *err)
{
	if (value[0] != '/' || value[1] == '\0' ||
	    strchr(value + 1, '/') != NULL || strchr(value, '=') != NULL)
		return bi_error_set(err, BENCH_EINPUT,
				    "not a part of names, as /n");
	((struct options *)target)->fit = value;
	return 0;
}

static int set_sort(void *target, const char *value, struct bench_error *err)
{
	static const struct word words[] = {{"delta", BI_VIEW_DELTA},
					    {"name", BI_VIEW_NAME},
					    {"p", BI_VIEW_P}};
	int meaning = BI_VIEW_AS_IS;

	if (find_word(words, LENGTH(words), value, &meaning) < 0)
		return bi_error_set(err, BENCH_EINPUT, "not delta, name or p");
	((struct options *)target)->view.sort = (enum bi_view_sort)meaning;
	return 0;
}

static int set_geomean(void *target, const char *value, struct bench_error *err)
{
	static const struct word words[] = {{"on", false}, {"off", true}};
	int meaning = false;

	if (find_word(words, LENGTH(words), value, &meaning) < 0)
		return bi_error_set(err, BENCH_EINPUT, "not on or off");
	((struct options *)target)->view.no_geomean = meaning;
	return 0;
}

static int set_nocompare(void *target, const char *value,
			 struct bench_error *err)
{
	(void)err;
	return bi_option_bool(value,
			      &((struct options *)target)->view.no_compare);
}

static int set_color(void *target, const char *value, struct bench_error *err)
{
	static const struct word words[] = {{"auto", COLOR_AUTO},
					    {"always", COLOR_ALWAYS},
					    {"never", COLOR_NEVER}};
	int meaning = COLOR_AUTO;

	if (find_word(words, LENGTH(words), value, &meaning) < 0)
		return bi_error_set(err, BENCH_EINPUT,
				    "not auto, always or never");
	((struct options *)target)->color = (enum options_color)meaning;
	return 0;
}

static int set_undecided(void *target, const char *value,
			 struct bench_error *err)
{
	static const struct word words[] = {{"fail", false}, {"pass", true}};
	int meaning = false;

	if (find_word(words, LENGTH(words), value, &meaning) < 0)
		return bi_error_set(err, BENCH_EINPUT, "not fail or pass");
	((struct options *)target)->undecided_ok = meaning;
	return 0;
}

static const struct bi_option options[] = {
	{"table", "PROJ", "a table for each value of PROJ (default .config)",
	 set_table},
	{"row", "PROJ", "a row for each value of PROJ (default .fullname)",
	 set_row},
	{"col", "PROJ", "a column for each value of PROJ (default .file)",
	 set_col},
	{"ignore", "PROJ", "what may vary within a cell without a warning",
	 set_ignore},
	{"filter", "QUERY", "look only at what matches QUERY (default '*')",
	 set_filter},
	{"alpha", "LEVEL", "a change counts if p <= LEVEL (default 0.05)",
	 set_alpha},
	{"confidence", "LEVEL", "level of the ± interval (default 0.95)",
	 set_confidence},
	{"format", "text|csv|md|json|html", "of the tables (default text)",
	 set_format},
	{"only", "changed", "leave out rows without a change", set_only},
	{"sort", "delta|name|p", "rows by what changed most, name or p", set_sort},
	{"gate", "RULES", "exit 1 if worse: 'sec/op>3%; allocs/op>0', or @FILE",
	 set_gate},
	{"missing", "fail|ok", "rows that vanished (default fail)",
	 set_missing},
	{"undecided", "fail|pass", "rows without a verdict (default fail)",
	 set_undecided},
	{"compat", NULL, "exit status and oddities of Go's benchstat",
	 set_compat},
	{"stat", "effect|spread", "effect or spread, or both: more of each cell", set_stat},
	{"fit", "/KEY", "the curve that medians follow over the values of a key",
	 set_fit},
	{"geomean", "on|off", "the row of geometric means (default on)", set_geomean},
	{"nocompare", NULL, "no changes: each column by itself", set_nocompare},
	{"color", "auto|always|never", "(default auto)", set_color},
	{"samples", NULL, "the values of every cell as they were read", set_samples},
	{"correct", "holm|bh|none", "for many rows of a gate (default holm)", set_correct},
};

const struct bi_option_table options_table = {options, LENGTH(options), NULL,
						"compat"};

int options_help(bool all, struct bi_buf *out)
{
	int rc = bi_buf_adds(
		out,
		"Usage: benchstat [flags] [label=]file...\n"
		"\n"
		"Compare recorded benchmark results: medians by row and "
		"column, and what changed\n"
		"from the first column to the others.  \"~\" means that a "
		"change may be chance;\n"
		"a file named - is standard input.\n"
		"\n");

	if (rc == 0)
		rc = bi_option_help(&options_table, all, out);
	if (rc == 0)
		rc = bi_buf_adds(
			out, "\n"
			     "PROJ is a list such as '.name,/size@num', QUERY "
			     "'.unit:ns/op -/fmt:xml';\n"
			     "-h=all and benchstat(1) tell all.  Exit status: "
			     "0, or 2 if something failed;\n"
			     "of a gate, 1 if a row fails, 3 if one is "
			     "undecided.\n");
	return rc;
}

/* A way to write tables: one by one, or all at once. */
struct format {
	const char *name;
	bi_render_table *render;
	enum bi_keep keep; /* samples that it always shows */
	bi_render_report *report;
};

static const struct format formats[] = {
	{"text", bi_render_text, BI_KEEP_NONE, NULL},
	{"csv", bi_render_csv, BI_KEEP_NONE, NULL},
	{"md", NULL, BI_KEEP_NONE, bi_render_md},
	{"json", NULL, BI_KEEP_NONE, bi_render_json},
	{"html", NULL, BI_KEEP_SORTED, bi_render_html},
};

static const struct format *find_format(const struct options *values)
{
	size_t i;

	for (i = 0; i < LENGTH(formats); i++) {
		if (strcmp(formats[i].name, values->format) == 0)
			return &formats[i];
	}
	return NULL;
}

bi_render_table *options_render(const struct options *values)
{
	return find_format(values)->render;
}

bi_render_report *options_report(const struct options *values)
{
	return find_format(values)->report;
}

enum bi_keep options_keep(const struct options *values)
{
	enum bi_keep keep = find_format(values)->keep;

	return keep == BI_KEEP_NONE && values->samples ? BI_KEEP_AS_READ : keep;
}

bool options_changes(const struct options *values)
{
	/* What shows the samples shows the interval of their change, too. */
	return find_format(values)->keep != BI_KEEP_NONE ||
	       values->view.effect;
}

bool options_is_text(const struct options *values)
{
	return strcmp(values->format, "text") == 0;
}

const char *options_check(const struct options *values)
{
	/* A level of NaN for alpha makes every change count. */
	if (values->alpha < 0 || values->alpha > 1)
		return "-alpha must be in range [0, 1]";
	if (!(values->confidence >= 0 && values->confidence <= 1))
		return "-confidence must be in range [0, 1]";
	if (find_format(values) == NULL)
		return "-format must be text, csv, md, json or html";
	return NULL;
}

const char *options_conflict(const struct options *values)
{
	const struct bi_view *view = &values->view;

	if (view->no_compare && view->effect)
		return "-nocompare leaves no effect to show";
	if (view->no_compare &&
	    (view->only_changed || view->sort == BI_VIEW_DELTA ||
	     view->sort == BI_VIEW_P || values->gate != NULL))
		return "-nocompare leaves nothing to choose rows by";
	if (values->gate == NULL)
		return NULL;
	if (values->compat)
		return "-gate needs exit statuses that -compat takes away";
	/* At 0 it could not fail, at 1 and for NaN it always would. */
	if (!(values->alpha > 0 && values->alpha < 1))
		return "-gate needs an -alpha between 0 and 1";
	return NULL;
}
