/* Any bytes at all as a profile: refused in one line, or read, and made a
 * graph. */
#include <stdlib.h>
#include <string.h>

#include "fuzz/target.h"
#include "stacks/graph.h"
#include "stacks/load.h"

/* Everything that was read is where it should be. */
static size_t touch(const struct bi_stacks *stacks)
{
	size_t i, j, sum = 0;

	for (i = 0; i < stacks->trace_count; i++) {
		const struct bi_trace *trace = &stacks->traces[i];

		for (j = 0; j < trace->depth; j++) {
			if (trace->places[j] >= stacks->place_count)
				abort();
			sum += stacks->places[trace->places[j]].count;
		}
		for (j = 0; j < trace->tag_count; j++)
			sum += strlen(trace->tags[j].key);
		for (j = 0; j < stacks->measure_count; j++)
			sum += trace->values[j] != 0;
	}
	for (i = 0; i < stacks->place_count; i++) {
		if (stacks->places[i].module > stacks->module_count)
			abort();
	}
	return sum;
}

/* The graph of the default measure; less of it has no more nodes. */
static void draw(const struct bi_stacks *stacks, enum bi_detail detail)
{
	struct bi_trim trim = {.node_count = 5,
			       .node_fraction = 0.005,
			       .edge_fraction = 0.001};
	struct bi_graph graph;
	size_t before;

	if (bi_graph_init(&graph, stacks, stacks->default_measure, detail) < 0)
		abort();
	before = graph.count;
	if (bi_graph_trim(&graph, &trim) < 0)
		abort();
	if (graph.count > before || graph.count > trim.node_count)
		abort();
	bi_graph_release(&graph);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bi_stacks stacks = BI_STACKS_INIT;
	struct bench_error err = BENCH_ERROR_INIT;
	/* Not a byte more than there are, for the sanitizer. */
	char *copy = malloc(size + (size == 0));
	struct bi_buf buf = {copy, size, size};
	int rc;

	if (copy == NULL)
		return 0;
	memcpy(copy, data, size);
	rc = bi_load(&stacks, "f", &buf, (struct bi_intake){false, false},
		     &err);
	if (rc != err.code ||
	    (rc < 0 &&
	     (err.text[0] == '\0' || strpbrk(err.text, "\r\n") != NULL)))
		abort();
	if (rc == 0) {
		bi_stacks_finish(&stacks);
		touch(&stacks);
		draw(&stacks, BI_DETAIL_FUNCTIONS);
		draw(&stacks, BI_DETAIL_SOURCE);
	}
	bi_stacks_release(&stacks);
	free(copy);
	return 0;
}
