/* The most expensive functions, a line each. */
#include "cli/benchprof/view.h"

static const char *how_inline(const struct bi_node *node)
{
	bool some = false, others = false;
	size_t i;

	for (i = 0; i < node->in_count; i++) {
		some |= node->in[i]->is_inline;
		others |= !node->in[i]->is_inline;
	}
	if (!some)
		return "";
	return others ? " (partial-inline)" : " (inline)";
}

static int add_line(const struct view *view, const struct bi_node *node,
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
		      : bi_buf_addf(view->out, "  %s%s\n", node->name,
				    how_inline(node));
}

int view_top(struct view *view)
{
	struct bi_trim trim = {.node_fraction = VIEW_NODE_FRACTION,
			       .edge_fraction = VIEW_EDGE_FRACTION};
	struct bi_graph graph;
	int64_t sum = 0;
	size_t i;
	int rc = view_graph(view, &graph, &trim);

	if (rc == 0) {
		view_unit(view, &graph);
		rc = view_summary(view, &graph, &trim);
	}
	if (rc == 0)
		rc = bi_buf_addf(view->out, "%10s %5s%% %5s%% %10s %5s%%\n",
				 "flat", "flat", "sum", "cum", "cum");
	for (i = 0; rc == 0 && i < graph.count; i++) {
		sum = bi_value_add(sum, graph.nodes[i]->flat);
		rc = add_line(view, graph.nodes[i], sum);
	}
	bi_graph_release(&graph);
	return rc;
}
