/* The command line of benchstat. */
#ifndef BI_CLI_BENCHSTAT_OPTIONS_H
#define BI_CLI_BENCHSTAT_OPTIONS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/option.h"
#include "tab/render.h"

/* Texts as they were given; they belong to the command line. */
struct options {
	const char *table;
	const char *row;
	const char *col;
	const char *ignore;
	const char *filter;
	const char *format;
	double alpha;
	double confidence;
	bool compat;
};

#define OPTIONS_INIT                                                           \
	{".config", ".fullname", ".file", "", "*", "text", 0.05, 0.95, false}

extern const struct bi_option_table options_table;

/* Append the text of -h: at most 24 lines of 80 columns. */
int options_help(struct bi_buf *out);

/* What is wrong with the values, which are all well-formed; NULL: nothing. */
const char *options_check(const struct options *options);

/* The writer for -format, which has been checked. */
bi_render_table *options_render(const struct options *options);

/* Whether that needs the samples. */
bool options_samples(const struct options *options);

#endif
