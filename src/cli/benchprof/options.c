/* benchprof's flags. */
#include "cli/benchprof/options.h"

#include <string.h>

#include "base/integer.h"

/* Define set_NAME(), for a switch that chooses VIEW. */
#define VIEW_SWITCH(name, kind)                                                \
	static int set_##name(void *target, const char *value,                 \
			      struct bench_error *err)                         \
	{                                                                      \
		bool on;                                                       \
		int rc = bi_option_bool(value, &on);                           \
                                                                               \
		(void)err;                                                     \
		if (rc == 0 && on)                                             \
			((struct options *)target)->view = (kind);             \
		return rc;                                                     \
	}

/* Define set_MEMBER(), which keeps the text. */
#define TEXT(member)                                                           \
	static int set_##member(void *target, const char *value,               \
				struct bench_error *err)                       \
	{                                                                      \
		(void)err;                                                     \
		((struct options *)target)->member = value;                    \
		return 0;                                                      \
	}

VIEW_SWITCH(top, VIEW_TOP)
VIEW_SWITCH(tree, VIEW_TREE)
VIEW_SWITCH(traces, VIEW_TRACES)
VIEW_SWITCH(raw, VIEW_RAW)
VIEW_SWITCH(folded, VIEW_FOLDED)
VIEW_SWITCH(dot, VIEW_DOT)
TEXT(sample_index)
TEXT(focus)
TEXT(ignore)
TEXT(hide)
TEXT(tag_focus)
BI_OPTION_SWITCH(struct options, cum)
BI_OPTION_SWITCH(struct options, lines)

static int set_peek(void *target, const char *value, struct bench_error *err)
{
	struct options *options = target;

	(void)err;
	options->view = VIEW_PEEK;
	options->pattern = value;
	return 0;
}

static int set_list(void *target, const char *value, struct bench_error *err)
{
	struct options *options = target;

	(void)err;
	options->view = VIEW_LIST;
	options->pattern = value;
	return 0;
}

static int set_base(void *target, const char *value, struct bench_error *err)
{
	struct options *options = target;

	(void)err;
	options->base = value;
	options->diff = false;
	return 0;
}

static int set_diff_base(void *target, const char *value,
			 struct bench_error *err)
{
	struct options *options = target;

	(void)err;
	options->base = value;
	options->diff = true;
	return 0;
}

static int set_node_count(void *target, const char *value,
			  struct bench_error *err)
{
	struct options *options = target;
	int64_t count;
	int rc = bi_integer_parse(value, strlen(value), &count);

	if (rc < 0 || count < 0)
		return bi_error_set(err, BENCH_EINPUT,
				    "not a whole number from 0 up");
	options->node_count = count;
	return 0;
}

static const struct bi_option options_rows[] = {
	{"top", NULL, "the most expensive functions (default)", set_top},
	{"peek", "RE", "functions that match, with callers and callees",
	 set_peek},
	{"list", "RE", "source of functions that match, with values", set_list},
	{"tree", NULL, "each function, with callers and callees", set_tree},
	{"traces", NULL, "every stack", set_traces},
	{"raw", NULL, "all that the profile says", set_raw},
	{"folded", NULL, "stacks as lines, for flame graphs", set_folded},
	{"dot", NULL, "the call graph, for graphviz", set_dot},
	{"sample_index", "TYPE", "which value, by name or number",
	 set_sample_index},
	{"cum", NULL, "order by cum, not by flat", set_cum},
	{"lines", NULL, "tell lines of a function apart", set_lines},
	{"nodecount", "N", "at most N functions; 0: all", set_node_count},
	{"focus", "RE", "only stacks with a name that matches", set_focus},
	{"ignore", "RE", "no stack with a name that matches", set_ignore},
	{"hide", "RE", "leave out functions that match", set_hide},
	{"tagfocus", "RE", "only stacks with a label that matches",
	 set_tag_focus},
	{"base", "FILE", "subtract this profile", set_base},
	{"diff_base", "FILE", "likewise; percentages are of it", set_diff_base},
};

static const struct bi_option_table table = {
	options_rows, sizeof(options_rows) / sizeof(options_rows[0]), NULL,
	NULL};

int options_parse(struct options *options, int argc, char *const *argv,
		  struct bi_option_end *end, struct bench_error *err)
{
	return bi_option_parse(&table, argc, argv, options, end, err);
}

int options_help(struct bi_buf *out)
{
	int rc = bi_buf_adds(out, "Usage: benchprof [flags] file...\n\n");

	if (rc == 0)
		rc = bi_option_help(&table, true, out);
	if (rc == 0)
		rc = bi_buf_adds(out, "\nbenchprof(1) tells all.\n");
	return rc;
}
