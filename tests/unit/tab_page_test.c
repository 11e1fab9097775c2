/* src/tab/page.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "tab/page.h"

/* What was handed on, and how often. */
struct target {
	struct bi_buf text;
	int pieces;
	int rc; /* of the next piece */
};

static int take(void *arg, const char *data, size_t len)
{
	struct target *target = arg;

	target->pieces++;
	if (target->rc == 0)
		target->rc = bi_buf_add(&target->text, data, len);
	return target->rc;
}

static struct bi_page begin(struct target *target, const char *title)
{
	struct bi_page page;

	bi_page_begin(&page, (struct bi_sink){take, target}, title);
	return page;
}

static void check_part(const struct target *target, const char *part)
{
	if (strstr(bi_buf_str(&target->text), part) == NULL)
		fail_msg("no '%s' in:\n%s", part, bi_buf_str(&target->text));
}

static void the_title_is_text(void **state)
{
	struct target target = {.pieces = 0};
	struct bi_page page = begin(&target, "a < b");

	(void)state;
	assert_int_equal(bi_page_end(&page), 0);
	check_part(&target, "<title>a &lt; b</title>");
	check_part(&target, "<h1>a &lt; b</h1>\n");
	bi_buf_release(&target.text);
}

/* Should markup of the input come through after all, it loads nothing. */
static void nothing_may_be_loaded(void **state)
{
	struct target target = {.pieces = 0};
	struct bi_page page = begin(&target, "");

	(void)state;
	assert_int_equal(bi_page_end(&page), 0);
	check_part(&target, "<meta http-equiv=\"Content-Security-Policy\" "
			    "content=\"default-src 'none'; ");
	bi_buf_release(&target.text);
}

static void texts_are_escaped_and_numbers_whole(void **state)
{
	struct target target = {.pieces = 0};
	struct bi_page page = begin(&target, "");

	(void)state;
	bi_page_put(&page, "<p>");
	bi_page_text(&page, (struct bi_slice){"<b>x", 3});
	bi_page_string(&page, "&");
	bi_page_count(&page, 12);
	bi_page_put(&page, " ");
	bi_page_number(&page, 0.1);
	bi_page_put(&page, " ");
	bi_page_number(&page, (double)-INFINITY);
	assert_int_equal(bi_page_end(&page), 0);
	check_part(&target, "<p>&lt;b&gt;&amp;12 0.1 -Inf");
	bi_buf_release(&target.text);
}

static void much_is_handed_on_in_pieces(void **state)
{
	struct target target = {.pieces = 0};
	struct bi_page page = begin(&target, "");
	size_t i;

	(void)state;
	for (i = 0; i < 100000; i++) {
		bi_page_put(&page, "x");
		bi_page_piece(&page);
	}
	assert_true(target.pieces >= 2);
	assert_int_equal(bi_page_end(&page), 0);
	assert_true(target.pieces < 10);
	bi_buf_release(&target.text);
}

static void the_first_failure_stays(void **state)
{
	struct target target = {.rc = BENCH_EIO};
	struct bi_page page = begin(&target, "");
	size_t i;

	(void)state;
	for (i = 0; i < 100000; i++) {
		bi_page_put(&page, "x");
		bi_page_piece(&page);
	}
	target.rc = 0;
	assert_int_equal(bi_page_end(&page), BENCH_EIO);
	assert_int_equal(target.pieces, 1);
	bi_buf_release(&target.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_title_is_text),
		cmocka_unit_test(nothing_may_be_loaded),
		cmocka_unit_test(texts_are_escaped_and_numbers_whole),
		cmocka_unit_test(much_is_handed_on_in_pieces),
		cmocka_unit_test(the_first_failure_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
