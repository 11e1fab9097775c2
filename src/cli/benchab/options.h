/* The command line of benchab. */
#ifndef BI_CLI_BENCHAB_OPTIONS_H
#define BI_CLI_BENCHAB_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/option.h"
#include "pair/run.h"

enum format { FORMAT_TEXT, FORMAT_MARKDOWN, FORMAT_JSON, FORMAT_HTML };

/* Texts as they were given; they belong to the command line. */
struct options {
	double alpha;
	double margin; /* a fraction */
	double margin_ns; /* more than 0: in its place; by a rule alone */
	int64_t budget_ns;
	int64_t time_ns;
	int64_t timeout_ns;
	enum bi_pair_metric metric;
	enum bi_multiplicity correction;
	enum format format;
	bool exact;
	bool strict;
	bool undecided_passes;
	bool missing_ok;
	bool short_run;
	bool seed_given;
	uint64_t seed;
	const char *bench;
	const char *skip;
	const char *cpu;
	const char *directory;
	const char *gate;     /* NULL: none */
	char *gate_given;     /* its rules, wherever they stood; ours */
	char *gate_text;      /* these and the margin's; ours */
	const char *reanalyse; /* a directory; NULL: measure */

	/* Of -git. */
	const char *revision; /* OLD's; NULL: no -git */
	const char *build;
	const char *program;

	/* Lines for the records, in order; the array is ours. */
	const char **config;
	size_t config_count;

	/* Of -selftest. */
	bool selftest;
	bool sequential;
	double minutes; /* 0: as long as it takes */
	int load;
	int tries;
	int *changes; /* thousandths of work more, ascending; NULL: the usual */
	size_t change_count;
};

extern const struct options options_default;
extern const struct bi_option_table options_table;

/* Append the text of -h, at most 24 lines of 80 columns; ALL: of -h=all. */
int options_help(bool all, struct bi_buf *out);

void options_release(struct options *options);

#endif
