/* src/tab/html.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "tab/html.h"

static void check(const char *text, size_t len, const char *want)
{
	struct bi_buf got = BI_BUF_INIT;

	assert_int_equal(bi_html_text(&got, (struct bi_slice){text, len}), 0);
	if (strcmp(bi_buf_str(&got), want) != 0)
		fail_msg("'%s' becomes '%s', want '%s'", text,
			 bi_buf_str(&got), want);
	bi_buf_release(&got);
}

static void what_would_be_markup_is_written_as_text(void **state)
{
	(void)state;
	check("", 0, "");
	check("a/b=c-8 \t\n", 10, "a/b=c-8 \t\n");
	check("<script>", 8, "&lt;script&gt;");
	check("\"'&amp;", 7, "&quot;&#39;&amp;amp;");
	check("µ │", 6, "µ │");
}

static void what_html_cannot_hold_is_replaced(void **state)
{
	(void)state;
	check("a\0b", 3, "a\xef\xbf\xbd"
			 "b");
	check("\r\x1b\x7f", 3, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
	check("\xff\xc3", 2, "\xef\xbf\xbd\xef\xbf\xbd");
	check("\xc2\x85", 2, "\xef\xbf\xbd");
}

/* No byte gets through that could end an element or an attribute. */
static void every_byte_is_text(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i < 256; i++) {
		struct bi_buf got = BI_BUF_INIT;
		char byte = (char)i;

		assert_int_equal(bi_html_text(&got,
					      (struct bi_slice){&byte, 1}),
				 0);
		if (got.len == 0 || strpbrk(got.data, "<>\"'") != NULL)
			fail_msg("byte %u becomes '%s'", i, bi_buf_str(&got));
		bi_buf_release(&got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_would_be_markup_is_written_as_text),
		cmocka_unit_test(what_html_cannot_hold_is_replaced),
		cmocka_unit_test(every_byte_is_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
