/* benchprof's flags. */
#ifndef BI_CLI_BENCHPROF_OPTIONS_H
#define BI_CLI_BENCHPROF_OPTIONS_H

#include <stdint.h>

#include "base/option.h"

enum view_kind {
	VIEW_TOP,
	VIEW_TREE,
	VIEW_PEEK,
	VIEW_LIST,
	VIEW_TRACES,
	VIEW_RAW,
	VIEW_FOLDED,
	VIEW_DOT
};

struct options {
	enum view_kind view;
	const char *pattern;      /* of -peek and -list */
	const char *sample_index; /* NULL: the profile's own choice */
	const char *focus, *ignore, *hide, *tag_focus; /* NULL: none */
	const char *base;         /* a file; NULL: none */
	bool diff;                /* it is -diff_base's */
	bool cum;
	bool lines;
	int64_t node_count; /* 0: all; -1: what suits the view */
};

#define OPTIONS_INIT {.view = VIEW_TOP, .node_count = -1}

int options_parse(struct options *options, int argc, char *const *argv,
		  struct bi_option_end *end, struct bench_error *err);

/* Append the help.  BENCH_ENOMEM. */
int options_help(struct bi_buf *out);

#endif
