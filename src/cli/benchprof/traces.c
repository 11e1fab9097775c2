/* Every stack with its labels and its value. */
#include <stdlib.h>
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

/* The lines above a stack. */
struct lines {
	struct bi_arena arena;
	struct bi_buf text;
	const char **lines;
	size_t count;
};

static int end_line(struct lines *lines)
{
	const char *copy = bi_arena_copy(&lines->arena, lines->text.data,
					 lines->text.len);

	if (copy == NULL)
		return BENCH_ENOMEM;
	lines->lines[lines->count++] = copy;
	return 0;
}

static int add_tag(struct bi_buf *text, const struct bi_tag *tag)
{
	if (tag->text != NULL)
		return bi_buf_adds(text, tag->text);
	return bi_scale_print(text, tag->number,
			      tag->unit[0] != '\0' ? tag->unit
						   : usual_unit(tag->key),
			      BI_SCALE_AUTO);
}

/* The tags from number *I on that have its key, and its kind, as one line; *I
 * becomes the number behind them. */
static int add_tag_line(struct lines *lines, const struct bi_trace *trace,
			size_t *i)
{
	const struct bi_tag *first = &trace->tags[*i];
	int rc;

	bi_buf_reset(&lines->text);
	rc = bi_buf_addf(&lines->text, "%10s: ", first->key);
	for (; rc == 0 && *i < trace->tag_count; ++*i) {
		const struct bi_tag *tag = &trace->tags[*i];

		if (tag->key != first->key ||
		    (tag->text == NULL) != (first->text == NULL))
			break;
		rc = bi_buf_addc(&lines->text, ' ');
		if (rc == 0)
			rc = add_tag(&lines->text, tag);
	}
	return rc < 0 ? rc : end_line(lines);
}

static int by_line(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Append the lines for TRACE's texts, or its numbers, in pprof's order: that of
 * the lines. */
static int add_tag_lines(const struct view *view, struct lines *lines,
			 const struct bi_trace *trace, bool numbers)
{
	size_t i = 0;
	int rc = 0;

	lines->count = 0;
	while (rc == 0 && i < trace->tag_count) {
		if ((trace->tags[i].text == NULL) == numbers)
			rc = add_tag_line(lines, trace, &i);
		else
			i++;
	}
	if (rc == 0 && trace->base && !numbers) {
		bi_buf_reset(&lines->text);
		rc = bi_buf_adds(&lines->text, "pprof::base:  true");
		if (rc == 0)
			rc = end_line(lines);
	}
	if (rc == 0)
		qsort(lines->lines, lines->count, sizeof(*lines->lines),
		      by_line);
	for (i = 0; rc == 0 && i < lines->count; i++)
		rc = bi_buf_addf(view->out, "%s\n", lines->lines[i]);
	return rc;
}

static int add_tags(const struct view *view, const struct bi_trace *trace)
{
	struct lines lines = {.count = 0};
	int rc = BENCH_ENOMEM;

	lines.lines = calloc(trace->tag_count + 1, sizeof(*lines.lines));
	if (lines.lines != NULL)
		rc = add_tag_lines(view, &lines, trace, false);
	if (rc == 0)
		rc = add_tag_lines(view, &lines, trace, true);
	free(lines.lines);
	bi_buf_release(&lines.text);
	bi_arena_release(&lines.arena);
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
