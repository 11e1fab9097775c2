/* The call graph, for graphviz: boxes larger, arrows thicker and redder, the
 * more they cost. */
#include <math.h>
#include <string.h>

#include "cli/benchprof/view.h"
#include "stacks/scale.h"

enum { MOST_NODES = 80 };

/* In points: a box with nothing of its own, and how much larger one with all
 * is. */
#define SMALL_FONT 8.0
#define MORE_FONT  16.0
#define MORE_WIDTH 5.0

/* TEXT between quotes. */
static int add_quoted(struct bi_buf *out, const char *text)
{
	int rc = 0;

	for (; rc == 0 && *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			rc = bi_buf_addc(out, '\\');
		if (rc == 0)
			rc = *text == '\n' ? bi_buf_adds(out, "\\n")
					   : bi_buf_addc(out, *text);
	}
	return rc;
}

static double share(const struct view *view, int64_t value)
{
	return view->total == 0
		       ? 0
		       : fabs((double)value / (double)view->total);
}

/* From grey for nothing to red, or to green for what became less. */
static int add_colour(const struct view *view, int64_t value)
{
	double part = fmin(share(view, value), 1);

	return bi_buf_addf(view->out, "color=\"%.3f %.2f 0.70\"",
			   value < 0 ? 0.33 : 0.0,
			   part > 0 ? 0.2 + 0.8 * sqrt(part) : 0.0);
}

static int add_share(const struct view *view, int64_t value)
{
	struct bi_buf percent = BI_BUF_INIT;
	int rc = view_value(view, value, 0);

	if (rc == 0)
		rc = bi_scale_percent(&percent, value, view->total);
	if (rc == 0)
		rc = bi_buf_addf(view->out, " (%s)",
				 percent.data + strspn(percent.data, " "));
	bi_buf_release(&percent);
	return rc;
}

/* Boxes are numbered from 1, in the nodes' stamps. */
static int add_node(const struct view *view, const struct bi_node *node)
{
	double font = SMALL_FONT +
		      MORE_FONT * sqrt(fmin(share(view, node->flat), 1));
	int rc = bi_buf_addf(view->out, "N%zu [shape=box fontsize=%.1f ",
			     node->stamp, font);

	if (rc == 0)
		rc = add_colour(view, node->cum);
	if (rc == 0)
		rc = bi_buf_adds(view->out, " label=\"");
	if (rc == 0)
		rc = add_quoted(view->out, node->name);
	if (rc == 0)
		rc = bi_buf_adds(view->out, "\\n");
	if (rc == 0)
		rc = add_share(view, node->flat);
	if (rc == 0 && node->flat != node->cum) {
		rc = bi_buf_adds(view->out, "\\nof ");
		if (rc == 0)
			rc = add_share(view, node->cum);
	}
	return rc < 0 ? rc : bi_buf_adds(view->out, "\"]\n");
}

static int add_edge(const struct view *view, const struct bi_edge *edge)
{
	double part = fmin(share(view, edge->weight), 1);
	int rc = bi_buf_addf(view->out,
			     "N%zu -> N%zu [weight=%d penwidth=%.1f ",
			     edge->from->stamp, edge->to->stamp,
			     1 + (int)(100 * part), 1 + MORE_WIDTH * part);

	if (rc == 0)
		rc = add_colour(view, edge->weight);
	if (rc == 0 && edge->residual)
		rc = bi_buf_adds(view->out, " style=dotted");
	if (rc == 0)
		rc = bi_buf_adds(view->out, " label=\" ");
	if (rc == 0)
		rc = view_value(view, edge->weight, 0);
	return rc < 0 ? rc
		      : bi_buf_addf(view->out, "%s\"]\n",
				    edge->is_inline ? "\\n (inline)" : "");
}

static int add_title(const struct view *view, const struct bi_graph *graph,
		     const struct bi_trim *trim)
{
	struct bi_buf text = BI_BUF_INIT;
	struct view header = *view;
	int rc;

	header.out = &text;
	rc = view_summary(&header, graph, trim);
	if (rc == 0)
		rc = bi_buf_adds(view->out,
				 "digraph \"profile\" {\n"
				 "node [style=filled fillcolor=\"#f8f8f8\"]\n"
				 "legend [shape=box fontsize=16 label=\"");
	if (rc == 0)
		rc = add_quoted(view->out, bi_buf_str(&text));
	bi_buf_release(&text);
	return rc < 0 ? rc : bi_buf_adds(view->out, "\"]\n");
}

int view_dot(struct view *view)
{
	struct bi_trim trim = {.node_count = MOST_NODES,
			       .node_fraction = VIEW_NODE_FRACTION,
			       .edge_fraction = VIEW_EDGE_FRACTION};
	struct bi_graph graph;
	size_t i, j;
	int rc = view_graph(view, &graph, &trim);

	if (rc == 0) {
		view_unit(view, &graph);
		rc = add_title(view, &graph, &trim);
	}
	/* Calls may lead to what is worth nothing in sum: it has no box. */
	for (i = 0; rc == 0 && i < graph.all_count; i++)
		graph.all[i]->stamp = 0;
	for (i = 0; rc == 0 && i < graph.count; i++) {
		graph.nodes[i]->stamp = i + 1;
		rc = add_node(view, graph.nodes[i]);
	}
	for (i = 0; rc == 0 && i < graph.count; i++) {
		const struct bi_node *node = graph.nodes[i];

		for (j = 0; rc == 0 && j < node->out_count; j++) {
			if (node->out[j]->to->stamp != 0)
				rc = add_edge(view, node->out[j]);
		}
	}
	if (rc == 0)
		rc = bi_buf_adds(view->out, "}\n");
	bi_graph_release(&graph);
	return rc;
}
