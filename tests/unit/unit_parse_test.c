/* src/unit/parse.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "unit/parse.h"

/* The words of UNIT, those of the denominator with a slash. */
static void check(const char *unit, const char *want)
{
	struct bi_unit_parse parse = bi_unit_parse_start(unit, strlen(unit));
	struct bi_buf got = BI_BUF_INIT;
	struct bi_unit_word word;

	while (bi_unit_parse_next(&parse, &word))
		bi_buf_addf(&got, "%s%s%.*s", got.len > 0 ? " " : "",
			    word.denominator ? "/" : "", (int)word.len,
			    word.text);
	if (strcmp(bi_buf_str(&got), want) != 0)
		fail_msg("'%s': '%s', want '%s'", unit, bi_buf_str(&got), want);
	bi_buf_release(&got);
}

static void separators_part_words(void **state)
{
	(void)state;
	check("", "");
	check("ns", "ns");
	check("ns/op", "ns /op");
	check("p99-ns/op", "p99 ns /op");
	check("/-*", "");
	check("a b\tc\xc2\xa0" "d", "a b c d");
	check("\xff", "\xff");
}

static void a_slash_lasts_until_a_star(void **state)
{
	(void)state;
	check("a/b-c*d", "a /b /c d");
	check("/s", "/s");
	check("a*b/c/d*e", "a b /c /d e");
}

static void words_compare_whole(void **state)
{
	struct bi_unit_word word = {"nsx", 2, false};

	(void)state;
	assert_true(bi_unit_word_is(&word, "ns"));
	assert_false(bi_unit_word_is(&word, "n"));
	assert_false(bi_unit_word_is(&word, "nsx"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(separators_part_words),
		cmocka_unit_test(a_slash_lasts_until_a_star),
		cmocka_unit_test(words_compare_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
