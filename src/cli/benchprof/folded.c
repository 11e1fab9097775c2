/* Stacks as lines, "outer;inner;leaf 42": equal ones once, sorted. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/benchprof/view.h"

struct row {
	const char *stack;
	int64_t value;
};

static int by_stack(const void *a, const void *b)
{
	return strcmp(((const struct row *)a)->stack,
		      ((const struct row *)b)->stack);
}

/* NAME as one frame: what would end it becomes ':'. */
static int add_name(struct bi_buf *text, const char *name)
{
	size_t i = text->len;
	int rc = bi_buf_adds(text, name);

	for (; rc == 0 && i < text->len; i++) {
		if (text->data[i] == ';' || text->data[i] == '\n')
			text->data[i] = ':';
	}
	return rc;
}

static int add_frames(const struct bi_graph *graph,
		      const struct bi_trace *trace, struct bi_buf *text)
{
	size_t i, j;
	int rc = 0;

	for (i = trace->depth; rc == 0 && i-- > 0;) {
		uint32_t place = trace->places[i];

		if (graph->stacks->places[place].hidden)
			continue;
		for (j = bi_graph_place_count(graph, place);
		     rc == 0 && j-- > 0;) {
			if (text->len > 0)
				rc = bi_buf_addc(text, ';');
			if (rc == 0)
				rc = add_name(text,
					      bi_graph_place(graph, place)[j]
						      ->name);
		}
	}
	return rc;
}

static int add_rows(const struct view *view, const struct row *rows,
		    size_t count)
{
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < count; i++) {
		int64_t value = rows[i].value;

		while (i + 1 < count &&
		       strcmp(rows[i].stack, rows[i + 1].stack) == 0)
			value = bi_value_add(value, rows[++i].value);
		if (value != 0)
			rc = bi_buf_addf(view->out, "%s %" PRId64 "\n",
					 rows[i].stack, value);
	}
	return rc;
}

static int make_rows(const struct view *view, struct bi_graph *graph,
		     struct row *rows)
{
	struct bi_buf text = BI_BUF_INIT;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < view->stacks->trace_count; i++) {
		const struct bi_trace *trace = &view->stacks->traces[i];

		bi_buf_reset(&text);
		rc = add_frames(graph, trace, &text);
		if (rc < 0)
			break;
		rows[i].value = trace->values[view->measure];
		rows[i].stack = bi_arena_copy(&graph->arena, bi_buf_str(&text),
					      text.len);
		if (rows[i].stack == NULL)
			rc = BENCH_ENOMEM;
	}
	bi_buf_release(&text);
	return rc;
}

int view_folded(struct view *view)
{
	enum bi_detail detail = view->options->lines ? BI_DETAIL_LINES
						     : BI_DETAIL_FUNCTIONS;
	size_t count = view->stacks->trace_count;
	struct row *rows = calloc(count + 1, sizeof(*rows));
	struct bi_graph graph;
	int rc = bi_graph_init(&graph, view->stacks, view->measure, detail);

	if (rows == NULL)
		rc = BENCH_ENOMEM;
	if (rc == 0)
		rc = make_rows(view, &graph, rows);
	if (rc == 0) {
		qsort(rows, count, sizeof(*rows), by_stack);
		rc = add_rows(view, rows, count);
	}
	free(rows);
	bi_graph_release(&graph);
	return rc;
}
