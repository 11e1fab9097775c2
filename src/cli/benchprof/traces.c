/* Every stack with its labels and its value. */
#include <inttypes.h>
#include <string.h>

#include "cli/benchprof/view.h"
#include "stacks/scale.h"

static int add_rule(const struct view *view)
{
	int rc = bi_buf_adds(view->out, "-----------+");

	if (rc == 0)
		rc = bi_buf_fill(view->out, '-', 55);
	return rc < 0 ? rc : bi_buf_addc(view->out, '\n');
}

/* The unit of numbers called KEY, where the profile names none. */
static const char *usual_unit(const char *key)
{
	return strcmp(key, "request") == 0 || strcmp(key, "alignment") == 0
		       ? "bytes"
		       : key;
}

/* The tags from number I on that have its key, and its kind, in one line; the
 * number behind them. */
static int add_tag_line(const struct view *view, const struct bi_trace *trace,
			size_t *i)
{
	const struct bi_tag *first = &trace->tags[*i];
	int rc = bi_buf_addf(view->out, "%10s:  ", first->key);

	for (; rc == 0 && *i < trace->tag_count; ++*i) {
		const struct bi_tag *tag = &trace->tags[*i];

		if (tag->key != first->key ||
		    (tag->text == NULL) != (first->text == NULL))
			break;
		if (tag != first)
			rc = bi_buf_addc(view->out, ' ');
		if (rc == 0 && tag->text != NULL)
			rc = bi_buf_adds(view->out, tag->text);
		else if (rc == 0)
			rc = bi_scale_print(view->out, tag->number,
					    tag->unit[0] != '\0'
						    ? tag->unit
						    : usual_unit(tag->key),
					    BI_SCALE_AUTO);
	}
	return rc < 0 ? rc : bi_buf_addc(view->out, '\n');
}

/* Texts, then numbers. */
static int add_tags(const struct view *view, const struct bi_trace *trace)
{
	int numbers;
	int rc = 0;

	for (numbers = 0; numbers <= 1; numbers++) {
		size_t i = 0;

		while (rc == 0 && i < trace->tag_count) {
			if ((trace->tags[i].text == NULL) == (numbers == 1))
				rc = add_tag_line(view, trace, &i);
			else
				i++;
		}
	}
	return rc;
}

static int add_stack(const struct view *view, const struct bi_graph *graph,
		     const struct bi_trace *trace)
{
	bool first = true;
	size_t i, j;
	int rc = 0;

	for (i = 0; rc == 0 && i < trace->depth; i++) {
		uint32_t place = trace->places[i];
		size_t count = bi_graph_place_count(graph, place);

		if (view->stacks->places[place].hidden)
			continue;
		for (j = 0; rc == 0 && j < count; j++) {
			const struct bi_node *node =
				bi_graph_place(graph, place)[j];

			rc = first ? view_value(view,
						trace->values[view->measure],
						10)
				   : bi_buf_fill(view->out, ' ', 10);
			first = false;
			if (rc == 0)
				rc = bi_buf_addf(view->out, "   %s%s\n",
						 node->name,
						 j + 1 < count ? " (inline)"
							       : "");
		}
	}
	return rc;
}

int view_traces(struct view *view)
{
	enum bi_detail detail = view->options->lines ? BI_DETAIL_LINES
						     : BI_DETAIL_FUNCTIONS;
	struct bi_graph graph;
	size_t i;
	int rc = bi_graph_init(&graph, view->stacks, view->measure, detail);

	if (rc == 0)
		rc = view_profile(view);
	for (i = 0; rc == 0 && i < view->stacks->trace_count; i++) {
		const struct bi_trace *trace = &view->stacks->traces[i];

		if (trace->depth == 0)
			continue;
		rc = add_rule(view);
		if (rc == 0)
			rc = add_tags(view, trace);
		if (rc == 0)
			rc = add_stack(view, &graph, trace);
	}
	if (rc == 0)
		rc = add_rule(view);
	bi_graph_release(&graph);
	return rc;
}
