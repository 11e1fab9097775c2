/* What stands above a view, and the values in it. */
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "cli/benchprof/view.h"
#include "stacks/scale.h"

static const char *measure_unit(const struct view *view)
{
	return view->stacks->measures[view->measure].unit;
}

int view_graph(const struct view *view, struct bi_graph *graph,
	       struct bi_trim *trim)
{
	const struct options *options = view->options;
	enum bi_detail detail = options->lines ? BI_DETAIL_LINES
					       : BI_DETAIL_FUNCTIONS;
	int rc;

	if (options->node_count >= 0)
		trim->node_count = (size_t)options->node_count;
	if (options->view == VIEW_PEEK)
		trim->node_count = 0;
	trim->by_cum = options->cum;
	rc = bi_graph_init(graph, view->stacks, view->measure, detail);
	return rc < 0 ? rc : bi_graph_trim(graph, trim);
}

/* The smallest value that GRAPH shows; 0: there is none. */
static int64_t smallest(const struct bi_graph *graph)
{
	int64_t least = 0;
	size_t i;

	for (i = 0; i < graph->count; i++) {
		int64_t value = bi_value_abs(graph->nodes[i]->flat);

		if (value == 0)
			value = bi_value_abs(graph->nodes[i]->cum);
		if (value > 0 && (least == 0 || value < least))
			least = value;
	}
	return least;
}

void view_unit(struct view *view, const struct bi_graph *graph)
{
	const char *from = measure_unit(view), *small, *large;
	int64_t least = smallest(graph);

	if (graph->count == 0)
		return;
	if (least == 0)
		least = view->total;
	bi_scale(least, from, BI_SCALE_AUTO, &small);
	bi_scale(view->total, from, BI_SCALE_AUTO, &large);
	/* Rather 0.01 of the larger unit than many digits before the point. */
	if (strcmp(small, large) != 0 &&
	    100 * (double)least < (double)view->total)
		bi_scale(100 * least, from, BI_SCALE_AUTO, &small);
	view->unit = small[0] != '\0' ? small : from;
}

int view_value(const struct view *view, int64_t value, int width)
{
	struct bi_buf text = BI_BUF_INIT;
	int rc = bi_scale_print(&text, value, measure_unit(view), view->unit);

	if (rc == 0)
		rc = bi_buf_addf(view->out, "%*s", width, text.data);
	bi_buf_release(&text);
	return rc;
}

int view_percent(const struct view *view, int64_t value, int64_t total)
{
	return bi_scale_percent(view->out, value, total);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

static int add_program(const struct view *view)
{
	const struct bi_module *program = view->stacks->modules;
	int rc = 0;

	if (view->stacks->module_count == 0)
		return 0;
	if (program->file[0] != '\0')
		rc = bi_buf_addf(view->out, "File: %s\n",
				 base_name(program->file));
	if (rc == 0 && program->build_id[0] != '\0')
		rc = bi_buf_addf(view->out, "Build ID: %s\n",
				 program->build_id);
	return rc;
}

static int add_time(const struct view *view)
{
	time_t seconds = (time_t)(view->stacks->time_ns / 1000000000);
	struct tm local;
	char text[80];

	if (view->stacks->time_ns == 0 ||
	    localtime_r(&seconds, &local) == NULL ||
	    strftime(text, sizeof(text), "%b %-d, %Y at %-I:%M%P (%Z)",
		     &local) == 0)
		return 0;
	return bi_buf_addf(view->out, "Time: %s\n", text);
}

static int add_duration(const struct view *view)
{
	int64_t duration = view->stacks->duration_ns;
	const char *unit;
	double ns;
	int rc;

	if (duration == 0)
		return 0;
	rc = bi_buf_adds(view->out, "Duration: ");
	if (rc == 0)
		rc = bi_scale_print(view->out, duration, "ns", BI_SCALE_AUTO);
	if (rc == 0)
		rc = bi_buf_adds(view->out, ", Total samples = ");
	if (rc == 0)
		rc = view_value(view, view->total, 0);
	ns = bi_scale(view->total, measure_unit(view), "ns", &unit);
	if (rc == 0 && strcmp(unit, "ns") == 0 && ns > 0 && ns < 9e18) {
		rc = bi_buf_adds(view->out, " (");
		if (rc == 0)
			rc = view_percent(view, (int64_t)ns, duration);
		if (rc == 0)
			rc = bi_buf_addc(view->out, ')');
	}
	return rc < 0 ? rc : bi_buf_addc(view->out, '\n');
}

int view_profile(const struct view *view)
{
	size_t i;
	int rc = add_program(view);

	for (i = 0; rc == 0 && i < view->stacks->comment_count; i++) {
		if (view->stacks->comments[i][0] != '#')
			rc = bi_buf_addf(view->out, "%s\n",
					 view->stacks->comments[i]);
	}
	if (rc == 0)
		rc = bi_buf_addf(view->out, "Type: %s\n",
				 view->stacks->measures[view->measure].type);
	if (rc == 0)
		rc = add_time(view);
	return rc < 0 ? rc : add_duration(view);
}

static int add_filters(const struct view *view)
{
	const struct options *options = view->options;
	const struct {
		const char *name, *value;
	} filters[] = {
		{"focus", options->focus},
		{"ignore", options->ignore},
		{"hide", options->hide},
		{"tagfocus", options->tag_focus},
	};
	bool any = false;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < sizeof(filters) / sizeof(filters[0]); i++) {
		if (filters[i].value == NULL)
			continue;
		rc = bi_buf_addf(view->out, "%s   %s=%s\n",
				 any ? "" : "Active filters:\n",
				 filters[i].name, filters[i].value);
		any = true;
	}
	return rc;
}

static int add_dropped(const struct view *view, const struct bi_trim *trim)
{
	int64_t least = bi_value_abs(
		(int64_t)((double)view->total * trim->node_fraction));
	int rc = bi_buf_addf(view->out, "Dropped %zu node%s (cum <= ",
			     trim->dropped, trim->dropped > 1 ? "s" : "");

	if (rc == 0)
		rc = view_value(view, least, 0);
	return rc < 0 ? rc : bi_buf_adds(view->out, ")\n");
}

int view_summary(const struct view *view, const struct bi_graph *graph,
		 const struct bi_trim *trim)
{
	struct bi_buf share = BI_BUF_INIT;
	int64_t sum = 0;
	size_t i;
	int rc = view_profile(view);

	for (i = 0; i < graph->count; i++)
		sum = bi_value_add(sum, graph->nodes[i]->flat);
	if (rc == 0)
		rc = add_filters(view);
	if (rc == 0)
		rc = bi_scale_percent(&share, sum, view->total);
	if (rc == 0)
		rc = bi_buf_adds(view->out, "Showing nodes accounting for ");
	if (rc == 0)
		rc = view_value(view, sum, 0);
	if (rc == 0)
		rc = bi_buf_addf(view->out, ", %s of ",
				 share.data + strspn(share.data, " "));
	if (rc == 0)
		rc = view_value(view, view->total, 0);
	if (rc == 0)
		rc = bi_buf_adds(view->out, " total\n");
	if (rc == 0 && view->total != 0 && trim->dropped > 0)
		rc = add_dropped(view, trim);
	if (rc == 0 && view->total != 0 && graph->count > 0 &&
	    graph->count < trim->before)
		rc = bi_buf_addf(view->out, "Showing top %zu nodes out of %zu\n",
				 graph->count, trim->before);
	bi_buf_release(&share);
	return rc;
}
