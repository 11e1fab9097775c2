/* src/tab/render_html.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "tab/view.h"
#include "tables.h"

#define DEPTH 32

/* An element that is open. */
struct element {
	const char *name;
	size_t len;
};

static size_t name_length(const char *name)
{
	return strcspn(name, " >\n/");
}

/* Where the tag at P ends, seen that its attributes have quotes. */
static const char *tag_end(const char *p)
{
	while (*p != '>') {
		if (*p == '\0' || *p == '<')
			fail_msg("a tag that does not end: %.60s", p);
		if (*p == '"') {
			p = strchr(p + 1, '"');
			assert_non_null(p);
		}
		p++;
	}
	return p;
}

static bool is_void(const char *name, size_t len)
{
	return len == 4 && memcmp(name, "meta", 4) == 0;
}

/* Elements close in the order in which they were opened; those still open at
 * the end are the ones that may be. */
static void check_balance(const char *page)
{
	struct element open[DEPTH];
	size_t depth = 0;
	const char *p = strstr(page, "<html");

	assert_non_null(p);
	while ((p = strchr(p, '<')) != NULL) {
		bool closes = p[1] == '/';
		const char *name = p + 1 + closes;
		size_t len = name_length(name);

		p = tag_end(p + 1);
		if (is_void(name, len))
			continue;
		if (!closes) {
			assert_true(depth < DEPTH);
			open[depth++] = (struct element){name, len};
		} else if (depth == 0 || open[depth - 1].len != len ||
			   memcmp(open[depth - 1].name, name, len) != 0) {
			fail_msg("'%.*s' closes nothing", (int)len, name);
		} else {
			depth--;
		}
		/* What a style or a script holds is no markup. */
		if (!closes && len == 5 && memcmp(name, "style", 5) == 0)
			p = strstr(p, "</style>");
		else if (!closes && len == 6 && memcmp(name, "script", 6) == 0)
			p = strstr(p, "</script>");
		assert_non_null(p);
	}
	assert_int_equal(depth, 3);
	assert_memory_equal(open[0].name, "html", 4);
	assert_memory_equal(open[1].name, "body", 4);
	assert_memory_equal(open[2].name, "main", 4);
}

/* What the view of all tables is. */
static struct bi_view view;

/* A report of one table. */
static int render_report(struct bi_render *render,
			 const struct bi_table *table)
{
	int rc = bi_view_apply(&view, (struct bi_table *)(uintptr_t)table);

	if (rc < 0)
		return rc;
	return bi_render_html(render, &(struct bi_report){table, 1, NULL});
}

static void render(struct tables_config config, const char *const *texts,
		   struct bi_buf *out)
{
	struct bi_buf warnings = BI_BUF_INIT;

	config.render = render_report;
	config.keep = BI_KEEP_SORTED;
	assert_int_equal(tables_render(&config, texts, out, &warnings), 0);
	assert_int_equal(warnings.len, 0);
	check_balance(bi_buf_str(out));
	bi_buf_release(&warnings);
}

/* The tables of TEXTS, without what stands before the first. */
static void check(struct tables_config config, const char *const *texts,
		  const char *want)
{
	struct bi_buf out = BI_BUF_INIT;
	const char *got;

	render(config, texts, &out);
	got = strstr(bi_buf_str(&out), "<section>");
	assert_non_null(got);
	if (strcmp(got, want) != 0)
		fail_msg("got:\n%s\nwant:\n%s", got, want);
	bi_buf_release(&out);
}

/* Whether PART is in the tables. */
static void check_part(struct tables_config config, const char *const *texts,
		       const char *part)
{
	struct bi_buf out = BI_BUF_INIT;

	render(config, texts, &out);
	if (strstr(strstr(bi_buf_str(&out), "<section>"), part) == NULL)
		fail_msg("no '%s' in:\n%s", part,
			 strstr(bi_buf_str(&out), "<section>"));
	bi_buf_release(&out);
}

static void a_table_of_one_row(void **state)
{
	const char *const texts[] = {"goos: linux\nBenchmarkA 1 1 x\n"
				     "BenchmarkA 1 3 x\n",
				     "goos: linux\nBenchmarkA 1 4 x\n", NULL};

	(void)state;
	check((struct tables_config){0}, texts,
	      "<section>\n"
	      "<h2>x</h2>\n"
	      "<dl>\n"
	      "<div><dt>goos</dt><dd>linux</dd></div>\n"
	      "</dl>\n"
	      "<table>\n"
	      "<caption>Medians with their 95 % intervals; changes from the "
	      "first column, ~ where they may be chance</caption>\n"
	      "<thead>\n"
	      "<tr><th scope=\"col\" rowspan=\"2\" class=\"l\" data-k=\"0\">"
	      "name</th><th scope=\"colgroup\" colspan=\"1\" class=\"key c0\">"
	      "a</th><th scope=\"colgroup\" colspan=\"2\" class=\"key c1\">b"
	      "</th><th scope=\"col\" rowspan=\"2\" class=\"plot\">samples"
	      "</th></tr>\n"
	      "<tr><th scope=\"col\" class=\"v\" data-k=\"1\" data-c=\"a\">x"
	      "</th><th scope=\"col\" class=\"v\" data-k=\"2\" data-c=\"b\">x"
	      "</th><th scope=\"col\" class=\"d\" data-k=\"3\" data-c=\"b\">"
	      "vs base</th></tr>\n"
	      "</thead>\n"
	      "<tbody>\n"
	      "<tr><th scope=\"row\" class=\"l\">A</th>"
	      "<td class=\"v c0\" data-c=\"a\" data-v=\"2\">2.000 "
	      "<small>± ∞</small> <sup>1</sup></td>"
	      "<td class=\"v c1\" data-c=\"b\" data-v=\"4\">4.000 "
	      "<small>± ∞</small> <sup>1</sup></td>"
	      "<td class=\"d same c1\" data-c=\"b\">~ "
	      "<small>(p=0.667 n=2+1)</small> <sup>2</sup></td>"
	      "<td class=\"plot\" data-f=\"1 3 \" "
	      "data-s=\"2 -Inf +Inf 2 1 3;4 -Inf +Inf 1 4\"></td></tr>\n"
	      "</tbody>\n"
	      "</table>\n"
	      "<ol>\n"
	      "<li>need &gt;= 6 samples for confidence interval at level 0.95"
	      "</li>\n"
	      "<li>need &gt;= 4 samples to detect a difference at alpha level "
	      "0.05</li>\n"
	      "</ol>\n"
	      "</section>\n");
}

static void a_cell_that_is_not_there_keeps_its_place(void **state)
{
	const char *const texts[] = {"BenchmarkA 1 1 x\n",
				     "BenchmarkB 1 4 x\n", NULL};

	(void)state;
	check_part((struct tables_config){0}, texts,
		   ">A</th><td class=\"v c0\" data-c=\"a\" data-v=\"1\">1.000 "
		   "<small>± ∞</small> <sup>1</sup></td>"
		   "<td class=\"v\"></td><td class=\"d\"></td>"
		   "<td class=\"plot\" data-f=\"1 3 \" "
		   "data-s=\"1 -Inf +Inf 1 1;\">");
	check_part((struct tables_config){0}, texts,
		   ">B</th><td class=\"v\"></td>"
		   "<td class=\"v c1\" data-c=\"b\" data-v=\"4\">4.000 "
		   "<small>± ∞</small> <sup>1</sup></td>"
		   "<td class=\"d c1\" data-c=\"b\"></td>"
		   "<td class=\"plot\" data-f=\"1 3 \" "
		   "data-s=\";4 -Inf +Inf 1 4\">");
}

static void a_summary_is_the_foot(void **state)
{
	const char *const texts[] = {"BenchmarkA 1 1 x\nBenchmarkB 1 1 x\n",
				     "BenchmarkA 1 2 x\nBenchmarkB 1 2 x\n",
				     NULL};

	(void)state;
	check_part((struct tables_config){0}, texts,
		   "<tfoot>\n<tr><th scope=\"row\" class=\"l\">geomean</th>"
		   "<td class=\"v c0\" data-c=\"a\" data-v=\"1\">1.000</td>"
		   "<td class=\"v c1\" data-c=\"b\" data-v=\"2\">2.000</td>"
		   "<td class=\"d c1\" data-c=\"b\">+100.00%</td><td></td>"
		   "</tr>\n</tfoot>\n");
}

/* Six results of one benchmark. */
static void add_results(struct bi_buf *text, const char *unit, double factor)
{
	int i;

	for (i = 0; i < 6; i++)
		assert_int_equal(bi_buf_addf(text, "BenchmarkA 1 %g %s\n",
					     (100 + i) * factor, unit),
				 0);
}

/* What a change by FACTOR is in UNIT. */
static void check_change(const char *unit, double factor, const char *part)
{
	struct bi_buf before = BI_BUF_INIT, after = BI_BUF_INIT;
	const char *texts[] = {NULL, NULL, NULL};

	add_results(&before, unit, 1);
	add_results(&after, unit, factor);
	texts[0] = before.data;
	texts[1] = after.data;
	check_part((struct tables_config){.changes = true}, texts, part);
	bi_buf_release(&before);
	bi_buf_release(&after);
}

static void a_change_says_whether_it_is_for_the_better(void **state)
{
	(void)state;
	check_change("sec/op", 2, "<td class=\"d worse c1\"");
	check_change("sec/op", 0.5, "<td class=\"d better c1\"");
	check_change("items/s", 2, "<td class=\"d better c1\"");
	check_change("items/s", 0.5, "<td class=\"d worse c1\"");
	check_change("sec/op", 1, "<td class=\"d same c1\"");
}

static void a_change_has_an_interval(void **state)
{
	(void)state;
	check_change("sec/op", 2, "title=\"between +");
	check_change("sec/op", 0.5, "title=\"between -");
}

/* The effect's interval is small print, and none is nothing. */
static void an_effect_is_a_cell_of_its_own(void **state)
{
	const char *const texts[] = {"BenchmarkA 1 1 x\nBenchmarkB 1 1 x\n",
				     "BenchmarkA 1 2 x\n", NULL};

	(void)state;
	view.effect = true;
	check_change("sec/op", 2, "<th scope=\"colgroup\" colspan=\"3\" ");
	check_change("sec/op", 2, " class=\"e\" data-k=\"4\" data-c=\"b\">"
				  "effect</th>");
	check_change("sec/op", 2, "<td class=\"e c1\" data-c=\"b\" "
				  "data-v=\"1\">+100.00% <small>[+");
	check_part((struct tables_config){.changes = true}, texts,
		   " data-v=\"1\">+100.00% ± ∞<small></small></td>");
	check_part((struct tables_config){.changes = true}, texts,
		   "<td class=\"v\"></td><td class=\"d\"></td>"
		   "<td class=\"e\"></td>");
	view = (struct bi_view){0};
}

static void nothing_compared_leaves_the_numbers(void **state)
{
	const char *const texts[] = {"BenchmarkA 1 1 x\n",
				     "BenchmarkA 1 2 x\n", NULL};

	(void)state;
	view.no_compare = true;
	check_part((struct tables_config){0}, texts,
		   "<caption>Medians with their 95 % intervals</caption>");
	check_part((struct tables_config){0}, texts,
		   "data-v=\"2\">2.000 <small>± ∞</small> <sup>1</sup></td>"
		   "<td class=\"plot\"");
	view = (struct bi_view){0};
}

static void geomeans_can_be_left_out(void **state)
{
	const char *const texts[] = {"BenchmarkA 1 1 x\nBenchmarkB 1 1 x\n",
				     NULL};

	(void)state;
	view.no_geomean = true;
	check_part((struct tables_config){0}, texts, "</tbody>\n</table>\n");
	view = (struct bi_view){0};
}

static void rows_that_are_not_shown_are_counted(void **state)
{
	const char *const texts[] = {"BenchmarkA 1 1 x\nBenchmarkB 1 1 x\n",
				     "BenchmarkA 1 1 x\nBenchmarkB 1 1 x\n",
				     NULL};

	(void)state;
	view.only_changed = true;
	check_part((struct tables_config){0}, texts,
		   "<tbody>\n</tbody>\n<tfoot>\n");
	check_part((struct tables_config){0}, texts,
		   "<p class=\"hidden\">2 without a change</p>\n");
	view = (struct bi_view){0};
}

static void nothing_of_the_input_becomes_markup(void **state)
{
	const char *const texts[] = {
		"key: <b>\"\nBenchmark<script>alert(1)</script>/f=\"'&-8 1 1 "
		"<i>/op\n",
		NULL};
	struct tables_config config = {.column = "/f"};

	(void)state;
	check_part(config, texts, "<h2>&lt;i&gt;/op</h2>");
	check_part(config, texts, "<dt>key</dt><dd>&lt;b&gt;&quot;</dd>");
	check_part(config, texts, ">&lt;script&gt;alert(1)&lt;/script&gt;-8<");
	check_part(config, texts, " data-c=\"&quot;&#39;&amp;\"");
}

static void headers_of_several_levels_are_merged(void **state)
{
	const char *const texts[] = {"BenchmarkA/f=j/v=1 1 1 x\n"
				     "BenchmarkA/f=j/v=2 1 1 x\n"
				     "BenchmarkA/f=k/v=1 1 1 x\n",
				     NULL};
	struct tables_config config = {.column = "/f,/v"};

	(void)state;
	check_part(config, texts,
		   "<th scope=\"colgroup\" colspan=\"3\">j</th>"
		   "<th scope=\"colgroup\" colspan=\"2\">k</th>");
	check_part(config, texts,
		   "<th scope=\"colgroup\" colspan=\"1\" class=\"key c0\">1"
		   "</th><th scope=\"colgroup\" colspan=\"2\" "
		   "class=\"key c1\">2</th>");
	check_part(config, texts, " data-k=\"4\" data-c=\"k 1\">x</th>");
}

/* The least and the greatest are among them. */
static void many_samples_are_thinned_out(void **state)
{
	struct bi_buf text = BI_BUF_INIT, out = BI_BUF_INIT;
	const char *texts[] = {NULL, NULL}, *p, *end;
	size_t i, fields = 0;

	(void)state;
	for (i = 0; i < 1000; i++)
		assert_int_equal(bi_buf_addf(&text, "BenchmarkA 1 %zu x\n",
					     i + 1),
				 0);
	texts[0] = text.data;
	render((struct tables_config){0}, texts, &out);
	p = strstr(bi_buf_str(&out), "data-s=\"500.5 ");
	assert_non_null(p);
	end = strstr(p, "\"></td>");
	for (; p < end; p++)
		fields += *p == ' ';
	/* Behind the center: its interval, the count, and the samples. */
	assert_int_equal(fields, 3 + 101);
	assert_memory_equal(end - 5, " 1000", 5);
	assert_non_null(strstr(bi_buf_str(&out), " 1000 1 10 20 "));
	bi_buf_release(&text);
	bi_buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_of_one_row),
		cmocka_unit_test(a_cell_that_is_not_there_keeps_its_place),
		cmocka_unit_test(a_summary_is_the_foot),
		cmocka_unit_test(a_change_says_whether_it_is_for_the_better),
		cmocka_unit_test(a_change_has_an_interval),
		cmocka_unit_test(an_effect_is_a_cell_of_its_own),
		cmocka_unit_test(nothing_compared_leaves_the_numbers),
		cmocka_unit_test(geomeans_can_be_left_out),
		cmocka_unit_test(rows_that_are_not_shown_are_counted),
		cmocka_unit_test(nothing_of_the_input_becomes_markup),
		cmocka_unit_test(headers_of_several_levels_are_merged),
		cmocka_unit_test(many_samples_are_thinned_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
