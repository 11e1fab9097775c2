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
	{"format", "FORMAT", "text (default), csv or html",
	 set_format},
	{"compat", NULL, "exit status and oddities of Go's benchstat",
	 set_compat},
};

const struct bi_option_table options_table = {options, LENGTH(options), NULL};

int options_help(struct bi_buf *out)
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
		rc = bi_option_help(&options_table, out);
	if (rc == 0)
		rc = bi_buf_adds(
			out, "\n"
			     "PROJ is a list such as '.name,/size@num', QUERY "
			     "'.unit:ns/op -/fmt:xml';\n"
			     "benchstat(1) tells all.  Exit status: 0, or 2 if "
			     "something failed.\n");
	return rc;
}

/* A way to write tables. */
struct format {
	const char *name;
	bi_render_table *render;
	bool samples; /* that the tables must keep */
};

static const struct format formats[] = {
	{"text", bi_render_text, false},
	{"csv", bi_render_csv, false},
	{"html", bi_render_html, true},
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

bool options_samples(const struct options *values)
{
	return find_format(values)->samples;
}

const char *options_check(const struct options *values)
{
	/* A level of NaN for alpha makes every change count. */
	if (values->alpha < 0 || values->alpha > 1)
		return "-alpha must be in range [0, 1]";
	if (!(values->confidence >= 0 && values->confidence <= 1))
		return "-confidence must be in range [0, 1]";
	if (find_format(values) == NULL)
		return "-format must be text, csv or html";
	return NULL;
}
