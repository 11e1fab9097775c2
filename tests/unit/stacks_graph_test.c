/* src/stacks/graph.c and select.c, on folded stacks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "stacks/collapsed.h"
#include "stacks/graph.h"
#include "stacks/select.h"

/* Nodes as "name flat/cum", each with its callees as ">name=weight", '~' for
 * those over what was left out. */
static void describe(const struct bi_graph *graph, struct bi_buf *out)
{
	size_t i, j;

	for (i = 0; i < graph->count; i++) {
		const struct bi_node *node = graph->nodes[i];

		bi_buf_addf(out, "%s %jd/%jd", node->name,
			    (intmax_t)node->flat, (intmax_t)node->cum);
		for (j = 0; j < node->out_count; j++)
			bi_buf_addf(out, "%c%s=%jd",
				    node->out[j]->residual ? '~' : '>',
				    node->out[j]->to->name,
				    (intmax_t)node->out[j]->weight);
		bi_buf_adds(out, "; ");
	}
}

static struct bi_regex *compile(const char *pattern)
{
	struct bi_regex *regex = NULL;

	if (pattern != NULL)
		assert_int_equal(bi_regex_new((struct bi_slice){pattern,
							strlen(pattern)},
					      &regex, NULL),
				 0);
	return regex;
}

/* What is wanted of TEXT, and what comes of it. */
struct expectation {
	const char *text;
	struct bi_trim trim;
	const char *focus, *ignore, *hide;
	const char *want;
};

static void check(struct expectation e)
{
	struct bi_stacks stacks = BI_STACKS_INIT;
	struct bi_selection selection = {.focus = compile(e.focus),
					 .ignore = compile(e.ignore),
					 .hide = compile(e.hide)};
	struct bi_selected selected;
	struct bi_buf got = BI_BUF_INIT;
	struct bi_graph graph;

	assert_int_equal(bi_collapsed(&stacks, e.text, strlen(e.text),
				      (struct bi_intake){false, false}, NULL),
			 0);
	assert_int_equal(bi_select(&stacks, &selection, &selected, NULL), 0);
	assert_int_equal(
		bi_graph_init(&graph, &stacks, 0, BI_DETAIL_FUNCTIONS), 0);
	assert_int_equal(bi_graph_trim(&graph, &e.trim), 0);
	describe(&graph, &got);
	if (strcmp(bi_buf_str(&got), e.want) != 0)
		fail_msg("got '%s', wanted '%s'", bi_buf_str(&got), e.want);
	bi_buf_release(&got);
	bi_graph_release(&graph);
	bi_stacks_release(&stacks);
	bi_regex_free(selection.focus);
	bi_regex_free(selection.ignore);
	bi_regex_free(selection.hide);
}

#define TEXT "a;b;c 5\na;b 2\na;d 1\n"

static void a_function_counts_once_in_a_stack(void **state)
{
	(void)state;
	check((struct expectation){
		.text = "f;g;f;g;f 3\n",
		.want = "f 3/3>g=3; g 0/3>f=3; "});
}

static void flat_and_cum_are_told_apart(void **state)
{
	(void)state;
	check((struct expectation){
		.text = TEXT,
		.want = "c 5/5; b 2/7>c=5; d 1/1; a 0/8>b=7>d=1; "});
	check((struct expectation){
		.text = TEXT, .trim = {.by_cum = true},
		.want = "a 0/8>b=7>d=1; b 2/7>c=5; c 5/5; d 1/1; "});
}

static void what_is_left_out_leaves_calls_over_it(void **state)
{
	(void)state;
	check((struct expectation){
		.text = TEXT, .trim = {.by_cum = true, .node_count = 2},
		.want = "a 0/8>b=7; b 2/7; "});
	check((struct expectation){
		.text = "a;b;c 5\na 9\n", .trim = {.node_count = 2},
		.want = "a 9/14~c=5; c 5/5; "});
	check((struct expectation){
		.text = TEXT, .trim = {.node_fraction = 0.25},
		.want = "c 5/5; b 2/7>c=5; a 0/8>b=7; "});
}

static void stacks_are_selected_by_name(void **state)
{
	(void)state;
	check((struct expectation){
		.text = TEXT, .focus = "^c$",
		.want = "c 5/5; a 0/5>b=5; b 0/5>c=5; "});
	check((struct expectation){
		.text = TEXT, .ignore = "[cd]", .want = "b 2/2; a 0/2>b=2; "});
	check((struct expectation){
		.text = TEXT, .hide = "b", .want = "c 5/5; a 2/8>c=5>d=1; d 1/1; "});
	check((struct expectation){.text = TEXT, .hide = ".", .want = ""});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_function_counts_once_in_a_stack),
		cmocka_unit_test(flat_and_cum_are_told_apart),
		cmocka_unit_test(what_is_left_out_leaves_calls_over_it),
		cmocka_unit_test(stacks_are_selected_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
