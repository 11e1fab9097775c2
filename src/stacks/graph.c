/* Who calls whom, and what it costs.
 *
 * Of a function that is in a trace several times, and of a call that is, each
 * counts once.  Where nodes are left out the graph is made again from the
 * traces: their weights go to nobody, and a call over them is residual. */
#include "stacks/graph.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/grow.h"

struct node_key {
	const char *function;
	const char *file;
	const char *module;
	int64_t line;
	int64_t first_line;
};

/* ---- Nodes ---- */

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* KEY as one text. */
static char *name_node(struct bi_graph *graph, const struct node_key *key)
{
	struct bi_buf text = BI_BUF_INIT;
	const char *gap = key->function[0] != '\0' ? " " : "";
	int rc = bi_buf_adds(&text, key->function);
	char *name = NULL;

	if (rc == 0 && key->line != 0)
		rc = bi_buf_addf(&text, "%s%s:%" PRId64, gap, key->file,
				 key->line);
	else if (rc == 0 && key->file[0] != '\0')
		rc = bi_buf_addf(&text, "%s%s", gap, key->file);
	else if (rc == 0 && key->function[0] == '\0' &&
		 key->module[0] != '\0')
		rc = bi_buf_addf(&text, "[%s]", base_name(key->module));
	else if (rc == 0 && key->function[0] == '\0')
		rc = bi_buf_adds(&text, "<unknown>");
	if (rc == 0)
		name = bi_arena_copy(&graph->arena, text.data, text.len);
	bi_buf_release(&text);
	return name;
}

static struct bi_node *add_node(struct bi_graph *graph,
				const struct node_key *key)
{
	struct bi_node *node = bi_arena_alloc(&graph->arena, sizeof(*node));
	struct bi_node **grown =
		bi_grow(graph->all, &graph->all_capacity, graph->all_count + 1,
			sizeof(struct bi_node *));

	if (grown != NULL)
		graph->all = grown;
	if (node == NULL || grown == NULL)
		return NULL;
	*node = (struct bi_node){.function = key->function,
				 .file = key->file,
				 .module = key->module,
				 .line = key->line,
				 .first_line = key->first_line,
				 .kept = true};
	node->name = name_node(graph, key);
	if (node->name == NULL)
		return NULL;
	graph->all[graph->all_count++] = node;
	return node;
}

/* The node for FRAME of PLACE; NULL without memory. */
static struct bi_node *get_node(struct bi_graph *graph,
				const struct bi_place *place,
				const struct bi_frame *frame,
				enum bi_detail detail)
{
	struct node_key key = {"", "", "", 0, 0};
	const struct bi_string *interned;
	bool source = detail == BI_DETAIL_SOURCE;

	if (frame != NULL && frame->function != NULL) {
		if (frame->function[0] != '\0')
			key.function = frame->function;
		if (detail != BI_DETAIL_FUNCTIONS) {
			if (frame->file[0] != '\0')
				key.file = frame->file;
			key.line = frame->line;
		}
	}
	if (place->module != 0 && (source || key.function[0] == '\0')) {
		const struct bi_module *module =
			&graph->stacks->modules[place->module - 1];

		if (module->file[0] != '\0')
			key.module = module->file;
	}
	if (frame != NULL && source)
		key.first_line = frame->first_line;
	interned = bi_intern(&graph->keys, &key, sizeof(key));
	if (interned == NULL)
		return NULL;
	return interned->id < graph->all_count ? graph->all[interned->id]
					       : add_node(graph, &key);
}

struct bi_node *const *bi_graph_place(const struct bi_graph *graph,
				      size_t place)
{
	return graph->of_place[place];
}

static int add_place(struct bi_graph *graph, size_t which,
		     enum bi_detail detail)
{
	const struct bi_place *place = &graph->stacks->places[which];
	size_t i, count = bi_graph_place_count(graph, which);
	struct bi_node **nodes =
		bi_arena_alloc(&graph->arena, count * sizeof(struct bi_node *));

	if (nodes == NULL)
		return BENCH_ENOMEM;
	graph->of_place[which] = nodes;
	for (i = 0; i < count; i++) {
		nodes[i] = get_node(graph, place,
				    place->count == 0 ? NULL
						      : &place->frames[i],
				    detail);
		if (nodes[i] == NULL)
			return BENCH_ENOMEM;
	}
	return 0;
}

/* ---- Weights ---- */

static bool same_ends(const void *item, const void *key)
{
	const struct bi_edge *a = item, *b = key;

	return a->from == b->from && a->to == b->to;
}

static struct bi_edge *get_edge(struct bi_graph *graph, struct bi_node *from,
				struct bi_node *to)
{
	struct bi_edge key = {.from = from, .to = to, .is_inline = true};
	struct bi_node *ends[] = {from, to};
	uint32_t hash = bi_map_hash(ends, sizeof(ends));
	struct bi_edge *edge =
		bi_map_find(&graph->edge_map, hash, same_ends, &key);
	struct bi_edge **grown;

	if (edge != NULL)
		return edge;
	grown = bi_grow(graph->edges, &graph->edge_capacity,
			graph->edge_count + 1, sizeof(struct bi_edge *));
	if (grown == NULL)
		return NULL;
	graph->edges = grown;
	edge = bi_arena_alloc(&graph->arena, sizeof(*edge));
	if (edge == NULL || bi_map_add(&graph->edge_map, hash, edge) < 0)
		return NULL;
	*edge = key;
	graph->edges[graph->edge_count++] = edge;
	from->out_count++;
	to->in_count++;
	return edge;
}

/* Where a walk from the outermost function to the innermost is. */
struct walk {
	struct bi_node *parent;
	bool residual;
	int64_t value;
	size_t stamp;
};

static int visit(struct bi_graph *graph, struct walk *walk,
		 struct bi_node *node, bool is_inline)
{
	struct bi_edge *edge;

	if (!node->kept) {
		walk->residual = true;
		return 0;
	}
	if (node->stamp != walk->stamp) {
		node->stamp = walk->stamp;
		node->cum = bi_value_add(node->cum, walk->value);
	}
	if (walk->parent != NULL && walk->parent != node) {
		edge = get_edge(graph, walk->parent, node);
		if (edge == NULL)
			return BENCH_ENOMEM;
		if (edge->stamp != walk->stamp) {
			edge->stamp = walk->stamp;
			edge->weight = bi_value_add(edge->weight, walk->value);
			edge->residual |= walk->residual;
			edge->is_inline &= is_inline;
		}
	}
	walk->parent = node;
	walk->residual = false;
	return 0;
}

static int add_trace(struct bi_graph *graph, size_t which)
{
	const struct bi_trace *trace = &graph->stacks->traces[which];
	struct walk walk = {.value = trace->values[graph->measure],
			    .stamp = which + 1};
	size_t i, j;
	int rc = 0;

	if (walk.value == 0)
		return 0;
	for (i = trace->depth; rc == 0 && i-- > 0;) {
		uint32_t place = trace->places[i];
		size_t count = bi_graph_place_count(graph, place);

		if (graph->stacks->places[place].hidden)
			continue;
		for (j = count; rc == 0 && j-- > 0;)
			rc = visit(graph, &walk, graph->of_place[place][j],
				   j + 1 < count);
	}
	if (rc == 0 && walk.parent != NULL && !walk.residual)
		walk.parent->flat =
			bi_value_add(walk.parent->flat, walk.value);
	return rc;
}

static void forget_weights(struct bi_graph *graph)
{
	size_t i;

	bi_map_release(&graph->edge_map);
	graph->edge_map = (struct bi_map)BI_MAP_INIT;
	graph->edge_count = 0;
	for (i = 0; i < graph->all_count; i++) {
		struct bi_node *node = graph->all[i];

		node->flat = node->cum = 0;
		node->in_count = node->out_count = node->stamp = 0;
	}
}

static int by_weight(const void *a, const void *b)
{
	const struct bi_edge *left = *(struct bi_edge *const *)a;
	const struct bi_edge *right = *(struct bi_edge *const *)b;
	int64_t x = bi_value_abs(left->weight), y = bi_value_abs(right->weight);
	int order = (x < y) - (x > y);

	if (order == 0)
		order = strcmp(left->from->name, right->from->name);
	return order != 0 ? order : strcmp(left->to->name, right->to->name);
}

/* Give the nodes their edges, of LEAST or more, in order. */
static int link_edges(struct bi_graph *graph, int64_t least)
{
	size_t i;

	for (i = 0; i < graph->all_count; i++) {
		struct bi_node *node = graph->all[i];
		size_t size = sizeof(struct bi_edge *);

		node->in = bi_arena_alloc(&graph->arena, node->in_count * size);
		node->out =
			bi_arena_alloc(&graph->arena, node->out_count * size);
		if (node->in == NULL || node->out == NULL)
			return BENCH_ENOMEM;
		node->in_count = node->out_count = 0;
	}
	if (graph->edge_count > 0)
		qsort(graph->edges, graph->edge_count, sizeof(struct bi_edge *),
		      by_weight);
	for (i = 0; i < graph->edge_count; i++) {
		struct bi_edge *edge = graph->edges[i];

		if (bi_value_abs(edge->weight) < least)
			continue;
		edge->to->in[edge->to->in_count++] = edge;
		edge->from->out[edge->from->out_count++] = edge;
	}
	return 0;
}

static int weigh(struct bi_graph *graph)
{
	size_t i;
	int rc = 0;

	forget_weights(graph);
	for (i = 0; rc == 0 && i < graph->stacks->trace_count; i++)
		rc = add_trace(graph, i);
	graph->count = 0;
	for (i = 0; i < graph->all_count; i++) {
		struct bi_node *node = graph->all[i];

		if (node->kept && (node->cum != 0 || node->flat != 0))
			graph->nodes[graph->count++] = node;
	}
	return rc;
}

int bi_graph_init(struct bi_graph *graph, const struct bi_stacks *stacks,
		  size_t measure, enum bi_detail detail)
{
	size_t i;
	int rc = 0;

	*graph = (struct bi_graph){.stacks = stacks, .measure = measure};
	graph->of_place =
		calloc(stacks->place_count + 1, sizeof(*graph->of_place));
	if (graph->of_place == NULL)
		return BENCH_ENOMEM;
	for (i = 0; rc == 0 && i < stacks->place_count; i++)
		rc = add_place(graph, i, detail);
	if (rc < 0)
		return rc;
	graph->nodes =
		calloc(graph->all_count + 1, sizeof(struct bi_node *));
	if (graph->nodes == NULL)
		return BENCH_ENOMEM;
	rc = weigh(graph);
	return rc < 0 ? rc : link_edges(graph, 0);
}

/* ---- Less of it ---- */

static int larger(int64_t a, int64_t b)
{
	int64_t x = bi_value_abs(a), y = bi_value_abs(b);

	return (x < y) - (x > y);
}

static int by_flat(const void *a, const void *b)
{
	const struct bi_node *left = *(struct bi_node *const *)a;
	const struct bi_node *right = *(struct bi_node *const *)b;
	int order = larger(left->flat, right->flat);

	if (order == 0)
		order = strcmp(left->name, right->name);
	return order != 0 ? order : larger(left->cum, right->cum);
}

static int by_cum(const void *a, const void *b)
{
	const struct bi_node *left = *(struct bi_node *const *)a;
	const struct bi_node *right = *(struct bi_node *const *)b;
	int order = larger(left->cum, right->cum);

	if (order == 0)
		order = strcmp(left->name, right->name);
	return order != 0 ? order : larger(left->flat, right->flat);
}

static void sort_nodes(struct bi_graph *graph, const struct bi_trim *trim)
{
	if (graph->count > 0)
		qsort(graph->nodes, graph->count, sizeof(struct bi_node *),
		      trim->by_cum ? by_cum : by_flat);
}

/* Keep the first COUNT nodes, those whose cum is LEAST or more, and weigh them
 * again, if any goes; how many. */
static int keep(struct bi_graph *graph, size_t count, int64_t least,
		size_t *gone)
{
	size_t i;

	*gone = 0;
	for (i = 0; i < graph->count; i++) {
		if (i >= count || bi_value_abs(graph->nodes[i]->cum) < least)
			++*gone;
	}
	if (*gone == 0)
		return 0;
	for (i = 0; i < graph->all_count; i++)
		graph->all[i]->kept = false;
	for (i = 0; i < graph->count && i < count; i++)
		graph->nodes[i]->kept =
			bi_value_abs(graph->nodes[i]->cum) >= least;
	return weigh(graph);
}

/* FRACTION of TOTAL. */
static int64_t part(int64_t total, double fraction)
{
	return bi_value_abs((int64_t)((double)total * fraction));
}

int bi_graph_trim(struct bi_graph *graph, struct bi_trim *trim)
{
	int64_t total = 0;
	size_t i, gone;
	int rc;

	for (i = 0; i < graph->count; i++)
		total = bi_value_add(total, graph->nodes[i]->flat);
	rc = keep(graph, graph->count, part(total, trim->node_fraction),
		  &trim->dropped);
	trim->before = graph->count;
	sort_nodes(graph, trim);
	if (rc == 0 && trim->node_count > 0)
		rc = keep(graph, trim->node_count, 0, &gone);
	sort_nodes(graph, trim);
	if (rc < 0)
		return rc;
	return link_edges(graph, part(total, trim->edge_fraction));
}

void bi_graph_release(struct bi_graph *graph)
{
	free(graph->nodes);
	free(graph->all);
	free(graph->of_place);
	free(graph->edges);
	bi_map_release(&graph->edge_map);
	bi_intern_release(&graph->keys);
	bi_arena_release(&graph->arena);
	*graph = (struct bi_graph){.count = 0};
}
