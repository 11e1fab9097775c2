/* src/proc/regex.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "proc/regex.h"

static struct bi_slice slice(const char *text)
{
	return (struct bi_slice){text, strlen(text)};
}

static void check(const char *pattern, const char *text, int want)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_regex *regex;
	int got;

	if (bi_regex_new(slice(pattern), &regex, &err) < 0)
		fail_msg("'%s': %s", pattern, err.text);
	got = bi_regex_find(regex, slice(text));
	bi_regex_free(regex);
	if (got != want)
		fail_msg("'%s' in '%s': %d, want %d", pattern, text, got, want);
}

static void check_error(const char *pattern, const char *want)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_regex *regex;
	int rc = bi_regex_new(slice(pattern), &regex, &err);

	if (rc != BENCH_EINPUT || strcmp(err.text, want) != 0)
		fail_msg("'%s': %d '%s', want '%s'", pattern, rc, err.text,
			 want);
}

static void a_part_of_the_text_is_enough(void **state)
{
	(void)state;
	check("b", "abc", 1);
	check("", "", 1);
	check("^b", "abc", 0);
	check("c$", "abc", 1);
	check("b$", "abc", 0);
	check("a|x", "abc", 1);
	check("(a)(?:b)(?P<n>c)", "abc", 1);
	check("a.c", "abc", 1);
	check("a.c", "a\nc", 0);
	check("(?s)a.c", "a\nc", 1);
}

static void dollar_is_the_very_end(void **state)
{
	(void)state;
	check("a$", "a\n", 0);
	check("(?m)a$", "a\nb", 1);
	check("(?m)^b", "a\nb", 1);
	check("^b", "a\nb", 0);
	check("(?m)^$", "a\n", 1);
	check("a\\z", "a\n", 0);
	check("\\Aa", "a", 1);
}

static void repetitions_have_counts(void **state)
{
	(void)state;
	check("^a{2}$", "aa", 1);
	check("^a{2,}$", "aaaa", 1);
	check("^a{2,3}$", "aaaa", 0);
	check("^a*?b+?c??$", "bb", 1);
	check("^(ab){2}$", "abab", 1);
	check("a{,2}", "a{,2}", 1);
	check("a{x", "a{x", 1);
	check("{", "{", 1);
	check("a{01}", "a{01}", 1);
	check("^*a", "a", 1);
	check("(?:^)*a", "a", 1);
	check("\\b+a", "a", 1);
}

static void case_can_be_ignored(void **state)
{
	(void)state;
	check("(?i)abc", "ABC", 1);
	check("a(?i)bc", "aBC", 1);
	check("a(?i)bc", "ABC", 0);
	check("(?i:a)b", "Ab", 1);
	check("(?i:a)b", "AB", 0);
	check("(?i)a(?-i)b", "AB", 0);
	check("((?i)a)b", "AB", 0);
	check("(?i)[a-c]é", "BÉ", 1);
	check("a(?i)*b", "aaaB", 1);
	check("(?i)a|b", "B", 1);
	check("(?i)(a)b", "AB", 1);
	check("(a(?i)b|c)d", "Cd", 1);
}

static void classes_are_those_of_re2(void **state)
{
	(void)state;
	check("^\\d\\w\\s$", "1_\t", 1);
	check("\\s", "\v", 0);
	check("\\S", "\v", 1);
	check("[\\S]", "\v", 1);
	check("[^\\s]", "\v", 1);
	check("\\w", "é", 0);
	check("\\pL", "é", 1);
	check("\\p{Greek}", "λ", 1);
	check("\\P{Greek}", "λ", 0);
	check("\\p{^Greek}", "a", 1);
	check("[[:alpha:]]", "1", 0);
	check("[[:^alpha:]]", "1", 1);
	check("[a-]", "-", 1);
	check("[]a]", "]", 1);
	check("[^a]", "\n", 1);
	check("[\\x41-\\x{43}]", "B", 1);
	check("[a\\]b]", "]", 1);
	check("\\p{Any}", "x", 1);
	check("[^\\P{Any}]", "x", 1);
	check("[\\P{Any}]", "x", 0);
	check("[[a]", "[", 1);
}

static void escapes_stand_for_characters(void **state)
{
	(void)state;
	check("\\.\\*\\/\\-\\_", ".*/-_", 1);
	check("\\x41\\x{e9}\\101\\0", "Aé" "A", 0);
	check("\\x41\\x{e9}\\101", "Aé" "A", 1);
	check("\\a\\f\\n\\r\\t\\v", "\a\f\n\r\t\v", 1);
	check("\\Qa.b*\\E+", "a.b***", 1);
	check("\\Qa.b", "a.b", 1);
	check("#x y", "#x y", 1);
}

static void what_is_not_utf8_is_one_character(void **state)
{
	(void)state;
	check("^.$", "\xff", 1);
	check("a.b", "a\xff" "b", 1);
	check("\xef\xbf\xbd", "\xc3", 1);
}

static void greed_can_be_turned_round(void **state)
{
	(void)state;
	check("(?U)^a+?b$", "aab", 1);
	check("(?U)^a+b$", "aab", 1);
}

static void what_re2_does_not_have_is_refused(void **state)
{
	(void)state;
	check_error("(?=a)", "error parsing regexp: invalid or unsupported "
			     "Perl syntax: `(?=`");
	check_error("(?<n>a)", "error parsing regexp: invalid or unsupported "
			       "Perl syntax: `(?<`");
	check_error("(?#c)", "error parsing regexp: invalid or unsupported "
			     "Perl syntax: `(?#`");
	check_error("(?i-)", "error parsing regexp: invalid or unsupported "
			     "Perl syntax: `(?i-)`");
	check_error("(a)\\1",
		    "error parsing regexp: invalid escape sequence: `\\1`");
	check_error("\\C",
		    "error parsing regexp: invalid escape sequence: `\\C`");
	check_error("\\Z",
		    "error parsing regexp: invalid escape sequence: `\\Z`");
	check_error("[\\b]",
		    "error parsing regexp: invalid escape sequence: `\\b`");
	check_error("a**", "error parsing regexp: invalid nested repetition "
			   "operator: `**`");
	check_error("a*+", "error parsing regexp: invalid nested repetition "
			   "operator: `*+`");
	check_error("a{2}{3}", "error parsing regexp: invalid nested "
			       "repetition operator: `{2}{3}`");
}

static void malformed_patterns_are_refused(void **state)
{
	(void)state;
	check_error("*", "error parsing regexp: missing argument to "
			 "repetition operator: `*`");
	check_error("a|+", "error parsing regexp: missing argument to "
			   "repetition operator: `+`");
	check_error("(?", "error parsing regexp: missing closing ): `(?`");
	check_error("(a", "error parsing regexp: missing closing ): `(a`");
	check_error("a)", "error parsing regexp: unexpected ): `a)`");
	check_error("[a", "error parsing regexp: missing closing ]: `[a`");
	check_error("[]", "error parsing regexp: missing closing ]: `[]`");
	check_error("[b-a]", "error parsing regexp: invalid character class "
			     "range: `b-a`");
	check_error("[[:foo:]]", "error parsing regexp: invalid character "
				 "class range: `[:foo:]`");
	check_error("\\pX", "error parsing regexp: invalid character class "
			    "range: `\\pX`");
	check_error("a{1001}", "error parsing regexp: invalid repeat count: "
			       "`{1001}`");
	check_error("a{2,1}", "error parsing regexp: invalid repeat count: "
			      "`{2,1}`");
	check_error("((a{10}){10}){11}", "error parsing regexp: invalid repeat "
					 "count: `{11}`");
	check_error("(?P<a-b>x)", "error parsing regexp: invalid named "
				  "capture: `(?P<a-b>`");
	check_error("a\\", "error parsing regexp: trailing backslash at end "
			   "of expression: ``");
	check_error("\xff", "error parsing regexp: invalid UTF-8: `\xff`");
	check_error("\\x{110000}", "error parsing regexp: invalid escape "
				   "sequence: `\\x{110000`");
}

static void a_match_that_takes_too_long_is_given_up(void **state)
{
	char text[64];

	(void)state;
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	text[sizeof(text) - 2] = 'b';
	check("^((a+)+)+$", text, BENCH_ERANGE);
}

static void groups_may_be_nested_deeply_but_not_without_end(void **state)
{
	char pattern[4096] = "";
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_regex *regex;

	(void)state;
	memset(pattern, '(', 500);
	memset(pattern + 500, ')', 500);
	check(pattern, "", 1);
	memset(pattern, '(', 2000);
	memset(pattern + 2000, ')', 2000);
	assert_int_equal(bi_regex_new(slice(pattern), &regex, &err),
			 BENCH_EINPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_part_of_the_text_is_enough),
		cmocka_unit_test(dollar_is_the_very_end),
		cmocka_unit_test(repetitions_have_counts),
		cmocka_unit_test(case_can_be_ignored),
		cmocka_unit_test(classes_are_those_of_re2),
		cmocka_unit_test(escapes_stand_for_characters),
		cmocka_unit_test(what_is_not_utf8_is_one_character),
		cmocka_unit_test(greed_can_be_turned_round),
		cmocka_unit_test(what_re2_does_not_have_is_refused),
		cmocka_unit_test(malformed_patterns_are_refused),
		cmocka_unit_test(a_match_that_takes_too_long_is_given_up),
		cmocka_unit_test(groups_may_be_nested_deeply_but_not_without_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
