/* What words_of() promises, for both versions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "words.h"

static void check(const char *line, size_t count, size_t longest,
		  const char *after)
{
	char copy[256];
	struct words got;

	snprintf(copy, sizeof(copy), "%s", line);
	got = words_of(copy);
	if (got.count != count || got.longest != longest ||
	    strcmp(copy, after) != 0)
		fail_msg("'%s': %zu %zu '%s', want %zu %zu '%s'", line,
			 got.count, got.longest, copy, count, longest, after);
}

static void words_are_counted_and_measured(void **state)
{
	(void)state;
	check("one Two THREE\n", 3, 5, "one two three\n");
	check("a1 b22\n", 2, 3, "a1 b22\n");
	check("  x--y  \n", 2, 1, "  x--y  \n");
	check("LAST", 1, 4, "last");
}

static void nothing_has_no_words(void **state)
{
	(void)state;
	check("", 0, 0, "");
	check("\n", 0, 0, "\n");
	check(" .,;\n", 0, 0, " .,;\n");
	check("\xc3\x84\n", 0, 0, "\xc3\x84\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_counted_and_measured),
		cmocka_unit_test(nothing_has_no_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
