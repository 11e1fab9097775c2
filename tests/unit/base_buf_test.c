/* src/base/buf.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"

static void an_empty_buffer_is_an_empty_string(void **state)
{
	struct bi_buf buf = BI_BUF_INIT;

	(void)state;
	assert_string_equal(bi_buf_str(&buf), "");
	bi_buf_reset(&buf);
	assert_null(bi_buf_detach(&buf));
	bi_buf_release(&buf);
}

static void what_is_added_stays_a_string(void **state)
{
	struct bi_buf buf = BI_BUF_INIT;

	(void)state;
	assert_int_equal(bi_buf_adds(&buf, "ab"), 0);
	assert_int_equal(bi_buf_addc(&buf, 'c'), 0);
	assert_int_equal(bi_buf_addf(&buf, "%d%s", 42, "x"), 0);
	assert_int_equal(bi_buf_fill(&buf, '-', 3), 0);
	assert_int_equal(bi_buf_add(&buf, "\0z", 2), 0);
	assert_int_equal(buf.len, 11);
	assert_memory_equal(buf.data, "abc42x---\0z", 12);
	bi_buf_reset(&buf);
	assert_string_equal(bi_buf_str(&buf), "");
	bi_buf_release(&buf);
}

static void it_grows_past_its_first_block(void **state)
{
	struct bi_buf buf = BI_BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < 10000; i++)
		assert_int_equal(bi_buf_addc(&buf, (char)('a' + i % 26)), 0);
	assert_int_equal(strlen(buf.data), 10000);
	assert_int_equal(buf.data[9999], 'a' + 9999 % 26);
	bi_buf_release(&buf);
}

static void a_size_that_overflows_is_refused(void **state)
{
	struct bi_buf buf = BI_BUF_INIT;

	(void)state;
	assert_int_equal(bi_buf_adds(&buf, "keep"), 0);
	assert_int_equal(bi_buf_reserve(&buf, SIZE_MAX - 2), BENCH_ENOMEM);
	assert_string_equal(bi_buf_str(&buf), "keep");
	bi_buf_release(&buf);
}

static void detach_hands_the_memory_over(void **state)
{
	struct bi_buf buf = BI_BUF_INIT;
	char *text;

	(void)state;
	assert_int_equal(bi_buf_adds(&buf, "mine"), 0);
	text = bi_buf_detach(&buf);
	assert_string_equal(text, "mine");
	assert_null(buf.data);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_buffer_is_an_empty_string),
		cmocka_unit_test(what_is_added_stays_a_string),
		cmocka_unit_test(it_grows_past_its_first_block),
		cmocka_unit_test(a_size_that_overflows_is_refused),
		cmocka_unit_test(detach_hands_the_memory_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
