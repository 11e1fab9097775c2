/* src/base/duration.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <inttypes.h>

#include "base/duration.h"
#include "base/error.h"

#define UNTOUCHED 77
#define SECOND	  INT64_C(1000000000)

static void check_rc(const char *text, int want_rc, int64_t want)
{
	int64_t got = UNTOUCHED;
	int rc = bi_duration_parse(text, &got);

	if (rc != want_rc || got != want)
		fail_msg("'%s': %d, %" PRId64 "; wanted %d, %" PRId64, text, rc,
			 got, want_rc, want);
}

static void check(const char *text, int64_t want)
{
	check_rc(text, 0, want);
}

static void every_unit_is_known(void **state)
{
	(void)state;
	check("1ns", 1);
	check("1us", 1000);
	check("1\xc2\xb5s", 1000);
	check("1\xce\xbcs", 1000);
	check("1ms", 1000000);
	check("1s", SECOND);
	check("1m", 60 * SECOND);
	check("1h", 3600 * SECOND);
}

static void parts_are_added(void **state)
{
	(void)state;
	check("1h1m1s", 3661 * SECOND);
	check("1m1ms", 60 * SECOND + 1000000);
	check("1s1s", 2 * SECOND);
	check("-1h30m", -5400 * SECOND);
	check("+5s", 5 * SECOND);
}

static void a_bare_zero_needs_no_unit(void **state)
{
	(void)state;
	check("0", 0);
	check("-0", 0);
	check("+0", 0);
	check("0s", 0);
	check_rc("00", BENCH_EINPUT, UNTOUCHED);
}

static void fractions_are_cut_at_the_nanosecond(void **state)
{
	(void)state;
	check("1.5s", SECOND + SECOND / 2);
	check(".5s", SECOND / 2);
	check("5.s", 5 * SECOND);
	check("1.9ns", 1);
	check("0.000000001s", 1);
	check("0.0000000009s", 0);
	check("0.0000000000001h", 0);
	check("0.0000000000003h", 1); /* 3.6e12 ns an hour */
	check("0.3333333333333333333h", 1199999999999);
	check("1.00000000000000000000000000000000001s", SECOND);
}

static void anything_else_is_refused(void **state)
{
	static const char *const texts[] = {
		"",	"-",   "+",   "1",    "s",	".s",	 "1x",
		"1S",	"1 s", " 1s", "1s ",  "--1s",	"1s-1s", "1.2.3s",
		"1e3s", "1ss", ".",   "0x1s", "1\xb5s",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		check_rc(texts[i], BENCH_EINPUT, UNTOUCHED);
}

static void the_end_of_the_range_is_in_it(void **state)
{
	(void)state;
	check("9223372036854775807ns", INT64_MAX);
	check("9223372036.854775807s", INT64_MAX);
	check("-9223372036854775807ns", -INT64_MAX);
	check_rc("9223372036854775808ns", BENCH_ERANGE, UNTOUCHED);
	check_rc("9223372036.854775808s", BENCH_ERANGE, UNTOUCHED);
	check_rc("9223372036.9s", BENCH_ERANGE, UNTOUCHED);
	check_rc("9223372036s1s", BENCH_ERANGE, UNTOUCHED);
	check_rc("2562048h", BENCH_ERANGE, UNTOUCHED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_unit_is_known),
		cmocka_unit_test(parts_are_added),
		cmocka_unit_test(a_bare_zero_needs_no_unit),
		cmocka_unit_test(fractions_are_cut_at_the_nanosecond),
		cmocka_unit_test(anything_else_is_refused),
		cmocka_unit_test(the_end_of_the_range_is_in_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
