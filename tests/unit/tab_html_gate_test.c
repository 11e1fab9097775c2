/* src/tab/html_gate.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/error.h"
#include "tab/html_gate.h"

#define JUDGED 13

/* A gate that has judged JUDGED rows of one table. */
struct fixture {
	struct bi_gate gate;
	struct bi_judged judged[JUDGED];
	struct bi_rule rule;
};

static void set_up(struct fixture *f)
{
	size_t i;

	*f = (struct fixture){.rule = {.text = {"x>3%", 4}},
			      .gate = {.alpha = 0.05,
				       .judged_count = JUDGED}};
	f->gate.judged = f->judged;
	f->gate.rules.rule = &f->rule;
	f->gate.rules.count = 1;
	for (i = 0; i < JUDGED; i++)
		f->judged[i] = (struct bi_judged){
			.row = i,
			.place = 1,
			.verdict = BI_GATE_PASS,
			.label = {"<A>", 3},
			.unit = {"x", 1},
			.column = {"new", 3},
			.rule = &f->rule,
			.change = {BI_CHANGE_EXACT, .before = 1, .after = 2}};
	f->gate.count[BI_GATE_PASS] = JUDGED;
}

/* Give row I another verdict. */
static void set(struct fixture *f, size_t i, enum bi_gate_verdict verdict)
{
	f->gate.count[f->judged[i].verdict]--;
	f->gate.count[verdict]++;
	f->judged[i].verdict = verdict;
}

static int take(void *arg, const char *data, size_t len)
{
	return bi_buf_add(arg, data, len);
}

/* The page's section on the gate. */
static void check(const struct fixture *f, const char *want)
{
	struct bi_buf out = BI_BUF_INIT;
	struct bi_page page = {.sink = {take, &out}};

	bi_html_gate(&page, &f->gate);
	assert_int_equal(bi_page_end(&page), 0);
	if (strstr(bi_buf_str(&out), want) == NULL)
		fail_msg("got:\n%s\nwant:\n%s", bi_buf_str(&out), want);
	bi_buf_release(&out);
}

static void check_badges(const struct fixture *f, size_t row, size_t column,
			 const char *want)
{
	struct bi_buf out = BI_BUF_INIT;
	struct bi_page page = {.sink = {take, &out}};

	bi_html_gate_badges(&page, &f->gate, 0, row, column);
	assert_int_equal(bi_page_end(&page), 0);
	assert_string_equal(bi_buf_str(&out), want);
	bi_buf_release(&out);
}

static void the_verdict_comes_first(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f);
	check(&f, "<section class=\"gate pass\">\n<h2>Gate: pass</h2>\n"
		  "<p>gate: 13 pass, 0 FAIL, 0 undecided (x&gt;3%; Holm, "
		  "alpha 0.05)"
		  "</p>\n</section>\n");
	set(&f, 1, BI_GATE_UNDECIDED);
	check(&f, "<section class=\"gate open\">\n<h2>Gate: undecided</h2>\n");
	set(&f, 2, BI_GATE_FAIL);
	check(&f, "<section class=\"gate fail\">\n<h2>Gate: FAIL</h2>\n");
	set(&f, 3, BI_GATE_MISSING);
	check(&f, "<section class=\"gate fail\">\n<h2>Gate: error</h2>\n");
}

static void what_did_not_pass_is_listed_the_worst_first(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f);
	set(&f, 1, BI_GATE_NEW);
	f.judged[1].change.kind = BI_CHANGE_NONE;
	set(&f, 2, BI_GATE_FAIL);
	check(&f, "<ul>\n"
		  "<li><b class=\"verdict fail\">FAIL</b> &lt;A&gt; <small>(new)"
		  "</small>: x 1 to 2 <small>(x&gt;3%)</small></li>\n"
		  "<li><b class=\"verdict pass\">new</b> &lt;A&gt; <small>(new)"
		  "</small>: x not in the baseline</li>\n"
		  "</ul>\n</section>\n");
}

static void why_nothing_can_pass_is_said(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f);
	assert_int_equal(bi_gate_problem(&f.gate, "a<b"), 0);
	assert_int_equal(bi_gate_problem(&f.gate, "c"), 0);
	check(&f, "<h2>Gate: error</h2>\n");
	check(&f, "<ul>\n<li><b class=\"verdict fail\">error</b> a&lt;b</li>\n"
		  "<li><b class=\"verdict fail\">error</b> c</li>\n</ul>\n");
	bi_buf_release(&f.gate.problems);
}

static void a_long_list_is_folded(void **state)
{
	struct fixture f;
	size_t i;

	(void)state;
	set_up(&f);
	for (i = 0; i < 10; i++)
		set(&f, i, BI_GATE_FAIL);
	check(&f, "</li>\n</ul>\n</section>\n");
	for (; i < JUDGED; i++)
		set(&f, i, BI_GATE_FAIL);
	check(&f, "</li>\n</ul>\n<details><summary>3 more</summary>\n<ul>\n"
		  "<li>");
	check(&f, "</li>\n</ul>\n</details>\n</section>\n");
}

static void a_badge_stands_where_it_belongs(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f);
	set(&f, 4, BI_GATE_FAIL);
	check_badges(&f, 4, 1, " <b class=\"verdict fail\">FAIL</b>");
	check_badges(&f, 4, 2, "");
	check_badges(&f, 5, 1, "");
	set(&f, 5, BI_GATE_MISSING);
	check_badges(&f, 5, 1, "");
	set(&f, 6, BI_GATE_UNDECIDED);
	check_badges(&f, 6, 1, " <b class=\"verdict open\">undecided</b>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_verdict_comes_first),
		cmocka_unit_test(what_did_not_pass_is_listed_the_worst_first),
		cmocka_unit_test(why_nothing_can_pass_is_said),
		cmocka_unit_test(a_long_list_is_folded),
		cmocka_unit_test(a_badge_stands_where_it_belongs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
