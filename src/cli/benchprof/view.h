/* What the views of a profile share, and the views: each appends its text to
 * OUT, and returns 0, BENCH_ENOMEM, or BENCH_EINPUT with the reason in ERR. */
#ifndef BI_CLI_BENCHPROF_VIEW_H
#define BI_CLI_BENCHPROF_VIEW_H

#include "cli/benchprof/options.h"
#include "proc/regex.h"
#include "stacks/graph.h"

struct view {
	const struct options *options;
	const struct bi_stacks *stacks;
	size_t measure;
	int64_t total;          /* of all values, without their signs, before
				 * any stack was left out */
	struct bi_regex *match; /* -peek's and -list's */
	const char *unit;       /* values are printed in; see view_unit */
	struct bi_buf *out;
	struct bench_error *err;
};

/* Nodes and calls of less than this share are left out, as pprof does. */
#define VIEW_NODE_FRACTION 0.005
#define VIEW_EDGE_FRACTION 0.001

/* ---- For the views: header.c ---- */

/* The graph that VIEW shows: NODES at most, unless the user said how many (0:
 * all), and the little ones left out if TRIM.  Release it in any case. */
int view_graph(const struct view *view, struct bi_graph *graph,
	       struct bi_trim *trim);

/* Print values in one unit that suits all of GRAPH. */
void view_unit(struct view *view, const struct bi_graph *graph);

/* Append VALUE, at least WIDTH characters, to the right. */
int view_value(const struct view *view, int64_t value, int width);

/* Append what VALUE is of TOTAL. */
int view_percent(const struct view *view, int64_t value, int64_t total);

/* Append what the profile is: program, type, time. */
int view_profile(const struct view *view);

/* Append that, and what of it GRAPH shows. */
int view_summary(const struct view *view, const struct bi_graph *graph,
		 const struct bi_trim *trim);

/* ---- Views ---- */

int view_top(struct view *view);
int view_tree(struct view *view); /* also -peek */
int view_list(struct view *view);
int view_traces(struct view *view);
int view_raw(struct view *view);
int view_folded(struct view *view);
int view_dot(struct view *view);

#endif
