/* Who calls whom, and what it costs: traces as a graph of functions, or of
 * lines. */
#ifndef BI_STACKS_GRAPH_H
#define BI_STACKS_GRAPH_H

#include "stacks/stacks.h"

enum bi_detail {
	BI_DETAIL_FUNCTIONS, /* functions of one name are one */
	BI_DETAIL_LINES,     /* of one name, file and line */
	BI_DETAIL_SOURCE     /* likewise, and of one module and first line */
};

struct bi_edge {
	struct bi_node *from;
	struct bi_node *to;
	int64_t weight;
	bool residual; /* goes over nodes that were left out */
	bool is_inline;
	size_t stamp; /* the last trace that was counted, and one */
};

struct bi_node {
	const char *function; /* "" if unknown */
	const char *file;     /* "" if of no interest */
	const char *module;   /* likewise */
	int64_t line;         /* 0 likewise */
	int64_t first_line;   /* likewise */
	const char *name;     /* all that as one text */
	int64_t flat;
	int64_t cum;
	struct bi_edge **in; /* heaviest first */
	size_t in_count;
	struct bi_edge **out;
	size_t out_count;
	bool kept;    /* stays when the graph is made again */
	size_t stamp; /* as an edge's */
};

struct bi_graph {
	const struct bi_stacks *stacks;
	size_t measure;
	struct bi_node **nodes; /* those that are shown, in order */
	size_t count;

	struct bi_node **all;
	size_t all_count, all_capacity;
	struct bi_node ***of_place; /* for each frame of each place */
	struct bi_edge **edges;
	size_t edge_count, edge_capacity;
	struct bi_map edge_map;
	struct bi_intern keys;
	struct bi_arena arena;
};

/* What is left out of a graph, and what that was. */
struct bi_trim {
	size_t node_count;    /* the most to keep; 0: all */
	double node_fraction; /* of all (less than 1), below which one goes */
	double edge_fraction;
	bool by_cum;          /* order */
	size_t dropped; /* out: nodes below the fraction */
	size_t before;  /* out: nodes without those */
};

/* The graph of MEASURE of STACKS, which must outlive it.  BENCH_ENOMEM; release
 * it in any case. */
int bi_graph_init(struct bi_graph *graph, const struct bi_stacks *stacks,
		  size_t measure, enum bi_detail detail);

/* Leave out what TRIM says, and sort the rest.  BENCH_ENOMEM. */
int bi_graph_trim(struct bi_graph *graph, struct bi_trim *trim);

/* The nodes of place number PLACE, innermost first, as many as it has frames;
 * one if it has none. */
struct bi_node *const *bi_graph_place(const struct bi_graph *graph,
				      size_t place);
static inline size_t bi_graph_place_count(const struct bi_graph *graph,
					  size_t place)
{
	size_t count = graph->stacks->places[place].count;

	return count == 0 ? 1 : count;
}

void bi_graph_release(struct bi_graph *graph);

#endif
