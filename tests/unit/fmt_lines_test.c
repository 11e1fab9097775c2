/* src/fmt/lines.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "fmt/lines.h"
#include "text_source.h"

/* The lines of SOURCE, each in brackets. */
static void check_source(struct text_source source, const char *want)
{
	struct bi_lines lines = BI_LINES_INIT(text_source_read, &source);
	struct bi_buf got = BI_BUF_INIT;
	struct bi_line line;
	size_t count = 0;

	while (bi_lines_next(&lines, &line, NULL) > 0) {
		bi_buf_addf(&got, "[%.*s]", (int)(line.end - line.text),
			    line.text);
		assert_int_equal(lines.number, ++count);
	}
	if (strcmp(bi_buf_str(&got), want) != 0)
		fail_msg("'%s' by %zu: '%s', want '%s'", source.text,
			 source.step, bi_buf_str(&got), want);
	bi_buf_release(&got);
	bi_lines_release(&lines);
}

static void check(const char *text, const char *want)
{
	struct text_source source = text_source(text);

	for (source.step = 0; source.step < 5; source.step++)
		check_source(source, want);
}

static void lines_end_at_a_newline(void **state)
{
	(void)state;
	check("", "");
	check("\n", "[]");
	check("a", "[a]");
	check("a\nbc\n", "[a][bc]");
	check("\n\nx", "[][][x]");
}

static void one_carriage_return_is_dropped(void **state)
{
	(void)state;
	check("a\r\nb\r\r\n\r\nc\r", "[a][b\r][][c]");
	check("a\rb\n", "[a\rb]");
}

static void a_byte_order_mark_is_skipped(void **state)
{
	(void)state;
	check("\xef\xbb\xbf", "");
	check("\xef\xbb\xbf" "a\nb", "[a][b]");
	check("a\xef\xbb\xbf", "[a\xef\xbb\xbf]");
	check("\xef\xbb", "[\xef\xbb]");
}

static void utf16_is_refused(void **state)
{
	static const char *const texts[] = {"\xff\xfez", "\xfe\xff",
					    "\xff\xfe"};
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		struct text_source source = text_source(texts[i]);
		struct bi_lines lines =
			BI_LINES_INIT(text_source_read, &source);
		struct bench_error err = BENCH_ERROR_INIT;
		struct bi_line line;

		source.step = 1;
		assert_int_equal(bi_lines_next(&lines, &line, &err),
				 BENCH_EINPUT);
		assert_non_null(strstr(err.text, "UTF-16"));
		bi_lines_release(&lines);
	}
}

static void a_line_may_be_longer_than_any_block(void **state)
{
	size_t len = 1000 * 1000;
	char *text = malloc(len + 4);
	struct text_source source = {text, len + 3, 70000, 0, 0};
	struct bi_lines lines = BI_LINES_INIT(text_source_read, &source);
	struct bi_line line;

	(void)state;
	memset(text, 'x', len);
	memcpy(text + len, "\ny\n", 4);
	assert_int_equal(bi_lines_next(&lines, &line, NULL), 1);
	assert_int_equal(line.end - line.text, len);
	assert_int_equal(bi_lines_next(&lines, &line, NULL), 1);
	assert_int_equal(line.end - line.text, 1);
	assert_int_equal(bi_lines_next(&lines, &line, NULL), 0);
	bi_lines_release(&lines);
	free(text);
}

static void a_failure_comes_with_the_lines_before_it(void **state)
{
	struct text_source source = text_source("a\nb\n");
	struct bi_lines lines = BI_LINES_INIT(text_source_read, &source);
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_line line;

	(void)state;
	source.fail_at = 4;
	assert_int_equal(bi_lines_next(&lines, &line, &err), 1);
	assert_int_equal(bi_lines_next(&lines, &line, &err), 1);
	assert_int_equal(bi_lines_next(&lines, &line, &err), BENCH_EIO);
	assert_int_equal(lines.number, 2);
	assert_string_equal(err.text, "read x: broken");
	bi_lines_release(&lines);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_end_at_a_newline),
		cmocka_unit_test(one_carriage_return_is_dropped),
		cmocka_unit_test(a_byte_order_mark_is_skipped),
		cmocka_unit_test(utf16_is_refused),
		cmocka_unit_test(a_line_may_be_longer_than_any_block),
		cmocka_unit_test(a_failure_comes_with_the_lines_before_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
