/* src/fmt/excerpt.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "fmt/excerpt.h"

static void check(const char *text, size_t len, const char *want)
{
	struct bi_excerpt got = bi_excerpt((struct bi_slice){text, len});

	if (strcmp(got.text, want) != 0)
		fail_msg("'%s' becomes '%s', want '%s'", text, got.text, want);
}

static void it_is_one_line_of_what_prints(void **state)
{
	(void)state;
	check("", 0, "");
	check("a b µ", 6, "a b µ");
	check("a\nb\r\x1b[0m\0", 9, "a?b??[0m?");
	check("\xff\xe2\x80\xa8", 4, "??");
}

/* ... between two code points. */
static void it_is_cut(void **state)
{
	char text[400], want[BI_EXCERPT_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(text); i += 2)
		memcpy(text + i, "µ", 2);
	memset(want, 0, sizeof(want));
	memcpy(want, text, BI_EXCERPT_SIZE - 1);
	check(text, sizeof(text), want);
	memmove(text + 1, text, sizeof(text) - 1);
	text[0] = 'x';
	memcpy(want, text, BI_EXCERPT_SIZE - 2);
	want[BI_EXCERPT_SIZE - 2] = '\0';
	check(text, sizeof(text) - 1, want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_one_line_of_what_prints),
		cmocka_unit_test(it_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
