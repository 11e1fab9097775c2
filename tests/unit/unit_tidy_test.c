/* src/unit/tidy.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "unit/tidy.h"

static void check(const char *unit, const char *want, double want_factor)
{
	struct bi_buf got = BI_BUF_INIT;
	double factor = -1;

	assert_int_equal(bi_unit_tidy(unit, strlen(unit), &got, &factor), 0);
	if (strcmp(bi_buf_str(&got), want) != 0 || factor != want_factor)
		fail_msg("'%s': '%s' by %a, want '%s' by %a", unit,
			 bi_buf_str(&got), factor, want, want_factor);
	bi_buf_release(&got);
}

static void ns_and_mb_of_the_numerator_are_tidied(void **state)
{
	(void)state;
	check("ns/op", "sec/op", 1e-9);
	check("MB/s", "B/s", 1e6);
	check("p99-ns/op", "p99-sec/op", 1e-9);
	check("ns*ns", "sec*sec", 1e-9 / 1e9);
	check("ns-MB/x", "sec-B/x", 1e-9 * 1e6);
	check("ns/MB", "sec/MB", 1e-9);
	check("x/y*ns", "x/y*sec", 1e-9);
}

static void other_units_stay(void **state)
{
	(void)state;
	check("", "", 1);
	check("op/ns", "op/ns", 1);
	check("op/MB-ns", "op/MB-ns", 1);
	check("B/op", "B/op", 1);
	check("nsx", "nsx", 1);
	check("allocs/op", "allocs/op", 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ns_and_mb_of_the_numerator_are_tidied),
		cmocka_unit_test(other_units_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
