/* src/proc/lexer.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "proc/lexer.h"

/* The tokens of QUERY, or "ERROR@OFFSET TEXT". */
static void check(const char *query, bool value, const char *want)
{
	struct bi_arena memory = BI_ARENA_INIT;
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_buf got = BI_BUF_INIT;
	struct bi_lexer lexer;

	bi_lexer_start(&lexer, query, &memory, &err);
	for (;; bi_lexer_next(&lexer, value)) {
		const struct bi_token *token = &lexer.token;

		switch (token->kind) {
		case BI_TOKEN_WORD:
			bi_buf_addf(&got, "<%s>", token->text);
			continue;
		case BI_TOKEN_REGEXP:
			bi_buf_addf(&got, "/%s/", token->text);
			continue;
		case BI_TOKEN_AND:
			bi_buf_adds(&got, "AND");
			continue;
		case BI_TOKEN_OR:
			bi_buf_adds(&got, "OR");
			continue;
		case BI_TOKEN_OPERATOR:
			bi_buf_adds(&got, token->text);
			continue;
		case BI_TOKEN_ERROR:
			bi_buf_addf(&got, "ERROR@%d %s", err.column - 1,
				    err.text);
			break;
		case BI_TOKEN_END:
			break;
		}
		break;
	}
	if (strcmp(bi_buf_str(&got), want) != 0)
		fail_msg("'%s': '%s', want '%s'", query, bi_buf_str(&got),
			 want);
	bi_buf_release(&got);
	bi_arena_release(&memory);
}

static void words_end_at_blanks_and_brackets(void **state)
{
	(void)state;
	check("", false, "");
	check(" a b\xc2\xa0" "c ", false, "<a><b><c>");
	check("a:b@(c,d)", false, "<a>:<b>@(<c>,<d>)");
	check("a-b*c/d\"e", false, "<a-b*c/d\"e>");
	check("-a *b", false, "-<a>*<b>");
}

static void and_and_or_are_operators_unless_quoted(void **state)
{
	(void)state;
	check("AND OR and ANDx \"AND\" \"OR\"", false,
	      "ANDOR<and><ANDx><AND><OR>");
}

static void quoted_words_have_escapes(void **state)
{
	(void)state;
	check("\"a b\" \"\"", false, "<a b><>");
	check("\"\\a\\b\\f\\n\\r\\t\\v\\\\\\\"\"", false,
	      "<\a\b\f\n\r\t\v\\\">");
	check("\"\\x41\\102\\u00e9\\U0001F600\"", false, "<AB\xc3\xa9\xf0\x9f\x98\x80>");
	check("\"a\"b", false, "<a><b>");
}

static void bad_quotes_are_errors(void **state)
{
	(void)state;
	check("a \"b", false, "<a>ERROR@2 missing end quote");
	check("\"a\\\\\"", false, "ERROR@0 missing end quote");
	check("\"\\q\"", false, "ERROR@0 bad escape sequence");
	check("\"\\x4\"", false, "ERROR@0 bad escape sequence");
	check("\"\\400\"", false, "ERROR@0 bad escape sequence");
	check("\"\\ud800\"", false, "ERROR@0 bad escape sequence");
	check("\"\\'\"", false, "ERROR@0 bad escape sequence");
	check("\"a\nb\"", false, "ERROR@0 bad escape sequence");
}

static void slashes_begin_an_expression_only_as_a_value(void **state)
{
	(void)state;
	check("x /a/", false, "<x></a/>");
	check("x /a/ /[/]/ /(a/b)/ /\\//", true, "<x>/a//[/]//(a/b)//\\//");
	check("x /a", true, "<x>ERROR@2 missing close \"/\"");
	check("x /a/b", true,
	      "<x>ERROR@5 regexp must be followed by space or an operator "
	      "(unescaped \"/\"?)");
	check("x /a/)", true, "<x>/a/)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_end_at_blanks_and_brackets),
		cmocka_unit_test(and_and_or_are_operators_unless_quoted),
		cmocka_unit_test(quoted_words_have_escapes),
		cmocka_unit_test(bad_quotes_are_errors),
		cmocka_unit_test(slashes_begin_an_expression_only_as_a_value),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
