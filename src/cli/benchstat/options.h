/* The command line of benchstat. */
#ifndef BI_CLI_BENCHSTAT_OPTIONS_H
#define BI_CLI_BENCHSTAT_OPTIONS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/option.h"
#include "stat/multiplicity.h"
#include "tab/render.h"
#include "tab/view.h"

enum options_color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

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
	const char *gate; /* NULL: none */
	enum bi_multiplicity correct;
	bool missing_ok;
	bool undecided_ok;
	bool samples; /* in the output, if it has a place for them */
	bool spread; /* of the samples */
	const char *fit; /* the part of names with a size; NULL: none */
	struct bi_view view;
	enum options_color color;
};

#define OPTIONS_INIT                                                           \
	{                                                                      \
		.table = ".config", .row = ".fullname", .col = ".file",        \
		.ignore = "", .filter = "*", .format = "text", .alpha = 0.05,  \
		.confidence = 0.95                                             \
	}

extern const struct bi_option_table options_table;

/* Append the text of -h, at most 24 lines of 80 columns; ALL: of -h=all. */
int options_help(bool all, struct bi_buf *out);

/* What is wrong with the values, which are all well-formed; NULL: nothing. */
const char *options_check(const struct options *options);

/* Which flags exclude each other; NULL: none of those given. */
const char *options_conflict(const struct options *options);

/* Whether -format is for people at a terminal. */
bool options_is_text(const struct options *options);

/* The writer for -format, which has been checked; NULL: it has a writer of
 * whole reports. */
bi_render_table *options_render(const struct options *options);
bi_render_report *options_report(const struct options *options);

/* Which samples that needs; whether it needs the changes. */
enum bi_keep options_keep(const struct options *options);
bool options_changes(const struct options *options);

#endif
