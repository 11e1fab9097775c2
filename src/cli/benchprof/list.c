/* The source of functions, with the value of each line. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/benchprof/source.h"
#include "cli/benchprof/view.h"

/* Lines shown before the first one with a value, and behind the last. */
enum { MARGIN = 5 };

/* Nodes of one function in one file. */
struct routine {
	struct bi_node *const *nodes; /* by line */
	size_t count;
	int64_t flat, cum;
};

static int by_routine(const void *a, const void *b)
{
	const struct bi_node *left = *(struct bi_node *const *)a;
	const struct bi_node *right = *(struct bi_node *const *)b;
	int order = strcmp(left->function, right->function);

	if (order == 0)
		order = strcmp(left->file, right->file);
	if (order == 0)
		order = (left->line > right->line) - (left->line < right->line);
	return order;
}

static void first_and_last(const struct routine *routine, int64_t *first,
			   int64_t *last)
{
	size_t i;

	*first = INT64_MAX;
	*last = 0;
	for (i = 0; i < routine->count; i++) {
		const struct bi_node *node = routine->nodes[i];
		int64_t line = node->line;
		int64_t start = node->first_line;

		if (start <= 0)
			start = line > MARGIN ? line - MARGIN : 1;
		if (start < *first)
			*first = start;
		if (line > *last)
			*last = line;
	}
	*last = bi_value_add(*last, MARGIN);
}

static int add_value(const struct view *view, int64_t value)
{
	int rc = value == 0 ? bi_buf_addf(view->out, "%10s", ".")
			    : view_value(view, value, 10);

	return rc < 0 ? rc : bi_buf_addc(view->out, ' ');
}

/* LINE of the source, number NUMBER; *NEXT is the first node that may be for
 * it. */
static int add_line(const struct view *view, const struct routine *routine,
		    struct bi_slice line, int64_t number, size_t *next)
{
	int64_t flat = 0, cum = 0;
	int rc;

	while (*next < routine->count &&
	       routine->nodes[*next]->line < number)
		++*next;
	for (; *next < routine->count && routine->nodes[*next]->line == number;
	     ++*next) {
		flat = bi_value_add(flat, routine->nodes[*next]->flat);
		cum = bi_value_add(cum, routine->nodes[*next]->cum);
	}
	rc = add_value(view, flat);
	if (rc == 0)
		rc = add_value(view, cum);
	if (rc == 0)
		rc = bi_buf_addf(view->out, "%6" PRId64 ":", number);
	if (rc == 0)
		rc = bi_buf_add(view->out, line.text, line.len);
	return rc < 0 ? rc : bi_buf_addc(view->out, '\n');
}

static int add_source(const struct view *view, const struct routine *routine)
{
	const char *file = routine->nodes[0]->file;
	struct bi_buf text = BI_BUF_INIT;
	struct bi_slice rest, line;
	int64_t number = 0, first, last;
	size_t next = 0;
	int rc = source_read(file, &text);

	if (rc == BENCH_EIO) {
		rc = bi_buf_addf(view->out, " no source: cannot read '%s'\n",
				 file);
		goto out;
	}
	first_and_last(routine, &first, &last);
	rest = (struct bi_slice){bi_buf_str(&text), text.len};
	while (rc == 0 && number < last && source_line(&rest, &line)) {
		if (++number >= first)
			rc = add_line(view, routine, line, number, &next);
	}
out:
	bi_buf_release(&text);
	return rc;
}

static int add_routine(const struct view *view, struct routine *routine)
{
	const struct bi_node *node = routine->nodes[0];
	size_t i;
	int rc;

	if (node->file[0] == '\0')
		return bi_buf_addf(view->out, "No source information for %s\n",
				   node->function);
	for (i = 0; i < routine->count; i++) {
		routine->flat =
			bi_value_add(routine->flat, routine->nodes[i]->flat);
		routine->cum =
			bi_value_add(routine->cum, routine->nodes[i]->cum);
	}
	rc = bi_buf_addf(view->out, "ROUTINE %s %s in %s\n",
			 "========================", node->function,
			 node->file);
	if (rc == 0)
		rc = view_value(view, routine->flat, 10);
	if (rc == 0)
		rc = bi_buf_addc(view->out, ' ');
	if (rc == 0)
		rc = view_value(view, routine->cum, 10);
	if (rc == 0)
		rc = bi_buf_adds(view->out, " (flat, cum) ");
	if (rc == 0)
		rc = view_percent(view, routine->cum, view->total);
	if (rc == 0)
		rc = bi_buf_adds(view->out, " of Total\n");
	return rc < 0 ? rc : add_source(view, routine);
}

/* Move the nodes that match to the front; how many, or an error. */
static int keep_matching(const struct view *view, struct bi_graph *graph)
{
	size_t i, kept = 0;

	for (i = 0; i < graph->count; i++) {
		const char *name = graph->nodes[i]->function;
		int found = bi_regex_find(
			view->match, (struct bi_slice){name, strlen(name)});

		if (found < 0)
			return found;
		if (found > 0)
			graph->nodes[kept++] = graph->nodes[i];
	}
	graph->count = kept;
	if (kept == 0)
		return bi_error_set(view->err, BENCH_EINPUT,
				    "no function matches '%s'",
				    view->options->pattern);
	qsort(graph->nodes, kept, sizeof(struct bi_node *), by_routine);
	return 0;
}

static int add_routines(const struct view *view, const struct bi_graph *graph)
{
	struct bi_node *const *nodes = graph->nodes;
	size_t i = 0;
	int rc = 0;

	while (rc == 0 && i < graph->count) {
		struct routine routine = {.nodes = nodes + i};
		bool more = true;

		while (more) {
			routine.count++;
			i++;
			more = i < graph->count &&
			       strcmp(nodes[i]->function,
				      routine.nodes[0]->function) == 0 &&
			       strcmp(nodes[i]->file,
				      routine.nodes[0]->file) == 0;
		}
		rc = add_routine(view, &routine);
	}
	return rc;
}

int view_list(struct view *view)
{
	struct bi_graph graph;
	int rc = bi_graph_init(&graph, view->stacks, view->measure,
			       BI_DETAIL_SOURCE);

	if (rc == 0)
		rc = keep_matching(view, &graph);
	if (rc == 0)
		rc = bi_buf_adds(view->out, "Total: ");
	if (rc == 0)
		rc = view_value(view, view->total, 0);
	if (rc == 0)
		rc = bi_buf_addc(view->out, '\n');
	if (rc == 0)
		rc = add_routines(view, &graph);
	bi_graph_release(&graph);
	return rc;
}
