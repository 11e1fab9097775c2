/* Functions with their callers above and their callees below. */
#include <string.h>

#include "cli/benchprof/view.h"

/* As many as pprof shows. */
enum { MOST_NODES = 80 };

static int add_rule(const struct view *view)
{
	int rc = bi_buf_fill(view->out, '-', 58);

	return rc < 0 ? rc : bi_buf_adds(view->out, "+-------------\n");
}

static int add_call(const struct view *view, const struct bi_edge *edge,
		    const struct bi_node *node, const struct bi_node *other)
{
	int rc = view_value(view, edge->weight, 50);

	if (rc == 0)
		rc = bi_buf_addc(view->out, ' ');
	if (rc == 0)
		rc = view_percent(view, edge->weight, node->cum);
	return rc < 0 ? rc
		      : bi_buf_addf(view->out, " |   %s%s\n", other->name,
				    edge->is_inline ? " (inline)" : "");
}

static int add_self(const struct view *view, const struct bi_node *node,
		    int64_t sum)
{
	int rc = view_value(view, node->flat, 10);

	if (rc == 0)
		rc = bi_buf_addc(view->out, ' ');
	if (rc == 0)
		rc = view_percent(view, node->flat, view->total);
	if (rc == 0)
		rc = bi_buf_addc(view->out, ' ');
	if (rc == 0)
		rc = view_percent(view, sum, view->total);
	if (rc == 0)
		rc = bi_buf_addc(view->out, ' ');
	if (rc == 0)
		rc = view_value(view, node->cum, 10);
	if (rc == 0)
		rc = bi_buf_addc(view->out, ' ');
	if (rc == 0)
		rc = view_percent(view, node->cum, view->total);
	return rc < 0 ? rc
		      : bi_buf_addf(view->out, "%16s| %s\n", "", node->name);
}

static int add_node(const struct view *view, const struct bi_node *node,
		    int64_t sum)
{
	size_t i;
	int rc = add_rule(view);

	for (i = 0; rc == 0 && i < node->in_count; i++)
		rc = add_call(view, node->in[i], node, node->in[i]->from);
	if (rc == 0)
		rc = add_self(view, node, sum);
	for (i = 0; rc == 0 && i < node->out_count; i++)
		rc = add_call(view, node->out[i], node, node->out[i]->to);
	return rc;
}

/* The nodes that -peek wants, or all. */
static int add_nodes(const struct view *view, const struct bi_graph *graph)
{
	int64_t sum = 0;
	size_t i, matched = 0;
	int rc = 0;

	for (i = 0; rc == 0 && i < graph->count; i++) {
		const struct bi_node *node = graph->nodes[i];
		struct bi_slice name = {node->name, strlen(node->name)};
		int found = 1;

		if (view->match != NULL)
			found = bi_regex_find(view->match, name);
		if (found < 0)
			return found;
		if (found == 0)
			continue;
		matched++;
		sum = bi_value_add(sum, node->flat);
		rc = add_node(view, node, sum);
	}
	if (rc == 0 && graph->count > 0)
		rc = add_rule(view);
	if (rc == 0 && view->match != NULL && matched == 0)
		return bi_error_set(view->err, BENCH_EINPUT,
				    "no function matches '%s'",
				    view->options->pattern);
	return rc;
}

int view_tree(struct view *view)
{
	bool peek = view->options->view == VIEW_PEEK;
	struct bi_trim trim = {
		.node_count = MOST_NODES,
		.node_fraction = peek ? 0 : VIEW_NODE_FRACTION,
		.edge_fraction = peek ? 0 : VIEW_EDGE_FRACTION};
	struct bi_graph graph;
	int rc = view_graph(view, &graph, &trim);

	if (rc == 0) {
		view_unit(view, &graph);
		rc = view_summary(view, &graph, &trim);
	}
	if (rc == 0)
		rc = add_rule(view);
	if (rc == 0)
		rc = bi_buf_adds(view->out,
				 "      flat  flat%   sum%        cum   cum%   "
				 "calls calls% + context\n");
	if (rc == 0)
		rc = add_nodes(view, &graph);
	bi_graph_release(&graph);
	return rc;
}
