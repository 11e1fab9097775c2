/* src/stacks/scale.c: as pprof prints values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "stacks/scale.h"

static void check(int64_t value, const char *from, const char *to,
		  const char *want)
{
	struct bi_buf got = BI_BUF_INIT;

	assert_int_equal(bi_scale_print(&got, value, from, to), 0);
	if (strcmp(got.data, want) != 0)
		fail_msg("%jd %s: got '%s', wanted '%s'", (intmax_t)value,
			 from, got.data, want);
	bi_buf_release(&got);
}

static void check_percent(int64_t value, int64_t total, const char *want)
{
	struct bi_buf got = BI_BUF_INIT;

	assert_int_equal(bi_scale_percent(&got, value, total), 0);
	assert_string_equal(got.data, want);
	bi_buf_release(&got);
}

static void a_value_gets_its_unit(void **state)
{
	(void)state;
	check(0, "nanoseconds", BI_SCALE_AUTO, "0");
	check(1500, "nanoseconds", BI_SCALE_AUTO, "1.50us");
	check(-1500, "Nanoseconds", BI_SCALE_AUTO, "-1.50us");
	check(90, "seconds", BI_SCALE_AUTO, "90s");
	check(7200, "sec", BI_SCALE_AUTO, "2hrs");
	check(1536, "bytes", BI_SCALE_AUTO, "1.50kB");
	check(1, "B", "MB", "0");
	check(-1, "B", "MB", "0");
	check(3, "MB", "bytes", "3145728B");
	check(5, "ms", "widgets", "0.01s");
	check(12, "count", BI_SCALE_AUTO, "12");
	check(12, "count", "count", "12");
	check(12, "widgets", BI_SCALE_AUTO, "12");
	check(12, "widgets", "widgets", "12widgets");
	check(12, "b byte", BI_SCALE_AUTO, "12");
	check(12, "", BI_SCALE_AUTO, "12");
}

static void a_share_has_six_characters(void **state)
{
	(void)state;
	check_percent(1, 4, "25.00%");
	check_percent(-1, 4, "25.00%");
	check_percent(9996, 10000, "  100%");
	check_percent(3, 1000, "  0.3%");
	check_percent(0, 1000, "    0%");
	check_percent(1, 0, "    0%");
	check_percent(10, 4, "250.00%");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_gets_its_unit),
		cmocka_unit_test(a_share_has_six_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
