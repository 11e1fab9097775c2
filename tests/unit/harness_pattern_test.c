/* src/harness/pattern.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "harness/pattern.h"

static const char *const words[] = {"no", "partly", "yes"};

static void check(const char *pattern, const char *name, enum bi_matched want)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_pattern *match = NULL;
	enum bi_matched got;

	if (bi_pattern_new("-bench", pattern, &match, &err) < 0)
		fail_msg("'%s': %s", pattern, err.text);
	got = bi_pattern_match(match, name);
	bi_pattern_free(match);
	if (got != want)
		fail_msg("'%s' on '%s': %s, want %s", pattern, name, words[got],
			 words[want]);
}

static void check_error(const char *pattern, const char *want)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_pattern *match = NULL;
	int rc = bi_pattern_new("-skip", pattern, &match, &err);

	if (rc != BENCH_EINPUT || strstr(err.text, want) == NULL)
		fail_msg("'%s': %d '%s', want '%s'", pattern, rc, err.text,
			 want);
	assert_null(match);
}

static void a_pattern_is_anchored_nowhere(void **state)
{
	(void)state;
	check("ort", "BenchmarkSort", BI_MATCH_YES);
	check(".", "BenchmarkSort", BI_MATCH_YES);
	check("", "BenchmarkSort", BI_MATCH_YES);
	check("^Sort", "BenchmarkSort", BI_MATCH_NO);
	check("Sor$", "BenchmarkSort", BI_MATCH_NO);
	check("^BenchmarkSort$", "BenchmarkSort", BI_MATCH_YES);
	check("sort", "BenchmarkSort", BI_MATCH_NO);
}

static void each_element_matches_the_part_at_its_place(void **state)
{
	(void)state;
	check("Sort/n=1", "BenchmarkSort/n=10", BI_MATCH_YES);
	check("Sort/n=1$", "BenchmarkSort/n=10", BI_MATCH_NO);
	check("Sort$/^n", "BenchmarkSort/n=10/x", BI_MATCH_YES);
	check("x", "BenchmarkSort/x", BI_MATCH_NO);
	check("//x", "BenchmarkSort/n/x", BI_MATCH_YES);
	check("//x", "BenchmarkSort/x/n", BI_MATCH_NO);
	check("Sort//n=1", "BenchmarkSort/a/n=10", BI_MATCH_YES);
	/* An element sees nothing beyond its part. */
	check("Sort.*x", "BenchmarkSort/x", BI_MATCH_NO);
	check("Sort/^$", "BenchmarkSort//x", BI_MATCH_YES);
}

static void a_short_name_matches_partly(void **state)
{
	(void)state;
	check("Sort/x", "BenchmarkSort", BI_MATCH_PARTLY);
	check("Sort/", "BenchmarkSort", BI_MATCH_PARTLY);
	check("Sort/a/b", "BenchmarkSort/a", BI_MATCH_PARTLY);
	check("Sort/a/b", "BenchmarkSort/c", BI_MATCH_NO);
	check("Heap/a", "BenchmarkSort", BI_MATCH_NO);
}

static void alternatives_bind_weaker_than_slashes(void **state)
{
	(void)state;
	check("A/B|C", "BenchmarkA/B", BI_MATCH_YES);
	check("A/B|C", "BenchmarkC", BI_MATCH_YES);
	check("A/B|C", "BenchmarkA/C", BI_MATCH_NO);
	check("A/B|C", "BenchmarkA", BI_MATCH_PARTLY);
	check("Heap|Sort", "BenchmarkSort", BI_MATCH_YES);
	/* The first that matches decides, even if a later one knows more. */
	check("S/x|S", "BenchmarkS", BI_MATCH_PARTLY);
	check("S|S/x", "BenchmarkS", BI_MATCH_YES);
}

static void separators_in_brackets_separate_nothing(void **state)
{
	(void)state;
	check("A(/|x)", "BenchmarkAx", BI_MATCH_YES);
	check("(Heap|Sort)$/n", "BenchmarkSort/n", BI_MATCH_YES);
	check("(Heap|Sort)$/n", "BenchmarkHeap/m", BI_MATCH_NO);
	check("A[/|]b", "BenchmarkA|b", BI_MATCH_YES);
	check("A[/|]b", "BenchmarkA", BI_MATCH_NO);
	check("A\\|b", "BenchmarkA|b", BI_MATCH_YES);
	check("A\\|b", "BenchmarkA", BI_MATCH_NO);
	check("A]/b", "BenchmarkA]/b", BI_MATCH_YES);
}

static void backslash_d_is_a_digit(void **state)
{
	(void)state;
	check("n=\\d+$", "Benchmarkn=12", BI_MATCH_YES);
	check("n=\\d+$", "Benchmarkn=1x", BI_MATCH_NO);
	check("n=[\\dx]+$", "Benchmarkn=1x", BI_MATCH_YES);
	check("n=[^\\d]", "Benchmarkn=x", BI_MATCH_YES);
	check("n=[^\\d]", "Benchmarkn=1", BI_MATCH_NO);
	check("\\\\d", "Benchmark1", BI_MATCH_NO);
	/* In brackets that hold a bracket or a class, too. */
	check("n=[[:upper:]\\d]+$", "Benchmarkn=A1", BI_MATCH_YES);
	check("n=[[:upper:]\\d]+$", "Benchmarkn=A[", BI_MATCH_NO);
	check("n=[]\\d]+$", "Benchmarkn=1]2", BI_MATCH_YES);
	check("n=[^]\\d]+$", "Benchmarkn=]", BI_MATCH_NO);
	check("n=[^]\\d]+$", "Benchmarkn=x", BI_MATCH_YES);
}

static void blanks_match_the_underscores_of_names(void **state)
{
	(void)state;
	check("Sort/a b", "BenchmarkSort/a_b", BI_MATCH_YES);
	check("Sort/a\tb", "BenchmarkSort/a_b", BI_MATCH_YES);
	check("Sort/\xc3\xbc", "BenchmarkSort/\xc3\xbc", BI_MATCH_YES);
}

static void no_pattern_matches_all(void **state)
{
	(void)state;
	assert_int_equal(bi_pattern_match(NULL, "BenchmarkSort"), BI_MATCH_YES);
}

static void a_malformed_pattern_is_an_error(void **state)
{
	(void)state;
	check_error("[", "invalid regexp for element 0 of -skip (\"[\")");
	check_error("a/(", "element 1 of -skip (\"(\")");
	check_error("a/b/*c(", "element 2");
	check_error("ok|x/[", "element 1 of -skip (\"[\")");
	check_error("a{2,1}", "element 0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pattern_is_anchored_nowhere),
		cmocka_unit_test(each_element_matches_the_part_at_its_place),
		cmocka_unit_test(a_short_name_matches_partly),
		cmocka_unit_test(alternatives_bind_weaker_than_slashes),
		cmocka_unit_test(separators_in_brackets_separate_nothing),
		cmocka_unit_test(backslash_d_is_a_digit),
		cmocka_unit_test(blanks_match_the_underscores_of_names),
		cmocka_unit_test(no_pattern_matches_all),
		cmocka_unit_test(a_malformed_pattern_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
