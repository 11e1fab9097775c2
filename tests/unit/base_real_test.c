/* src/base/real.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/real.h"

static void check(const char *text, double want)
{
	double got = -1;
	int rc = bi_real_parse(text, strlen(text), &got);

	if (rc != 0 || memcmp(&got, &want, sizeof(got)) != 0)
		fail_msg("'%s': %d, %a, want %a", text, rc, got, want);
}

static void check_error(const char *text, int want)
{
	double got;
	int rc = bi_real_parse(text, strlen(text), &got);

	if (rc != want)
		fail_msg("'%s': %d (%g), want %d", text, rc, got, want);
}

static void decimals_are_rounded_correctly(void **state)
{
	(void)state;
	check("0", 0);
	check("-0", -0.0);
	check("+1.5", 1.5);
	check(".5", .5);
	check("5.", 5);
	check("1e3", 1000);
	check("1E-3", 1e-3);
	check("0.1", 0.1);
	check("1e22", 1e22);
	check("1e23", 1e23);
	check("123456789012345678", 123456789012345678.0);
	check("9007199254740993", 9007199254740992.0);
	check("9007199254740993.0000001", 9007199254740994.0);
	check("1726e-9", 1726e-9);
	check("2.2250738585072011e-308", 2.2250738585072011e-308);
	check("4.9e-324", 4.9e-324);
	check("1e-400", 0);
	check("1.7976931348623157e308", 1.7976931348623157e308);
	check("0.000000000000000000000000000001e30", 1);
	check("1e00000000000000000001", 10);
}

static void the_fast_path_agrees_with_strtod(void **state)
{
	unsigned long x = 12345;
	char text[64];
	int i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		snprintf(text, sizeof(text), "%lu.%lue%ld", x >> 50,
			 (x >> 20) % 100000, (long)(x % 50) - 25);
		check(text, strtod(text, NULL));
	}
}

static void all_spellings_of_the_format_are_read(void **state)
{
	(void)state;
	check("1_000.5", 1000.5);
	check("0x1p4", 16);
	check("0x_1.8p+1", 3);
	check("-0X1.Fp-1", -0.96875);
	check("inf", (double)INFINITY);
	check("+Infinity", (double)INFINITY);
	check("-INF", -(double)INFINITY);
}

static void nan_has_no_sign(void **state)
{
	double value;

	(void)state;
	assert_int_equal(bi_real_parse("NaN", 3, &value), 0);
	assert_true(isnan(value));
	check_error("+nan", BENCH_EINPUT);
	check_error("nan(1)", BENCH_EINPUT);
}

static void anything_else_is_refused(void **state)
{
	static const char *const bad[] = {
		"",    ".",	"+",	"e1",	"1e",	"1e+",	 "1.2.3",
		" 1",  "1 ",	"1x",	"0x1",	"0x",	"0xp1",	 "0x1p",
		"_1",  "1_",	"1__0", "1_.0", "1._0", "1_e3",	 "1e_3",
		"0_x1p4", "in",	"infin", "--1",	"1,5",	"0x1_p4", "1e1.0"};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		check_error(bad[i], BENCH_EINPUT);
}

static void too_large_is_out_of_range(void **state)
{
	(void)state;
	check_error("1e309", BENCH_ERANGE);
	check_error("-1.8e308", BENCH_ERANGE);
	check_error("0x1p1024", BENCH_ERANGE);
	check_error("1e99999999999999999999", BENCH_ERANGE);
}

static void digits_past_the_800th_do_not_count(void **state)
{
	char text[1024];

	(void)state;
	text[0] = '1';
	memset(text + 1, '0', 900);
	strcpy(text + 901, "e-799");
	check(text, 1);
	/* Behind the point they do, as far as they can. */
	strcpy(text, "0.");
	memset(text + 2, '0', 899);
	strcpy(text + 901, "1e900");
	check(text, 1);
}

static void a_scan_stops_at_the_first_other_byte(void **state)
{
	static const char text[] = "12.5 ns/op", negative[] = "-1";
	double value;

	(void)state;
	assert_ptr_equal(bi_real_scan(text, text + 10, &value), text + 4);
	assert_true(value == 12.5);
	assert_null(bi_real_scan(negative, negative + 2, &value));
	assert_null(bi_real_scan("", "", &value));
}

static void check_print(double value, const char *want)
{
	char got[BI_REAL_SIZE];
	size_t len = bi_real_print(got, value);

	if (strcmp(got, want) != 0 || len != strlen(want))
		fail_msg("%a: '%s' (%zu), want '%s'", value, got, len, want);
}

static void the_shortest_digits_that_read_back(void **state)
{
	(void)state;
	check_print(0, "0");
	check_print(-0.0, "-0");
	check_print(0.95, "0.95");
	check_print(123456, "123456");
	check_print(1000000, "1e+06");
	check_print(100000, "100000");
	check_print(123456789, "1.23456789e+08");
	check_print(1234567.5, "1.2345675e+06");
	check_print(0.0001, "0.0001");
	check_print(0.00001, "1e-05");
	check_print(1718 * 1e-9, "1.7180000000000001e-06");
	check_print(5e-324, "5e-324");
	check_print(-1.5, "-1.5");
	check_print(1e100, "1e+100");
	check_print((double)NAN, "NaN");
	check_print((double)INFINITY, "+Inf");
	check_print(-(double)INFINITY, "-Inf");
}

/* Of all numbers of digits, the least one that reads back. */
static void check_shortest(double value)
{
	char got[BI_REAL_SIZE], text[64];
	size_t len, digits = 0, i;
	int least;

	for (least = 1; least < 17; least++) {
		snprintf(text, sizeof(text), "%.*e", least - 1, value);
		if (strtod(text, NULL) == value)
			break;
	}
	len = bi_real_print(got, value);
	for (i = 0; i < len && got[i] != 'e'; i++)
		digits += got[i] >= '1' || (got[i] == '0' && digits > 0);
	while (i > 0 && got[i - 1] == '0' && digits > (size_t)least) {
		digits--;
		i--;
	}
	if (strtod(got, NULL) != value || digits != (size_t)least)
		fail_msg("%a: '%s', %zu digits, want %d", value, got, digits,
			 least);
}

static void no_shorter_digits_read_back(void **state)
{
	unsigned long x = 7;
	int i;

	(void)state;
	for (i = -1074; i < 1024; i++)
		check_shortest(ldexp(1, i));
	for (i = 0; i < 5000; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		check_shortest(ldexp((double)(x >> 11), (int)(x % 200) - 150));
		check_shortest((double)(x >> 44) / 1000);
	}
}

static void check_fixed(double value, int decimals)
{
	char got[BI_REAL_FIXED_SIZE], want[BI_REAL_FIXED_SIZE];
	size_t len = bi_real_fixed(got, value, decimals);

	snprintf(want, sizeof(want), "%.*f", decimals, value);
	if (strcmp(got, want) != 0 || len != strlen(want))
		fail_msg("%a with %d decimals: '%s', want '%s'", value,
			 decimals, got, want);
}

static void fixed_decimals_round_as_printf_does(void **state)
{
	static const double values[] = {0, -0.0, 0.5, 1.5, 2.5, 0.0005, 1.0005,
					0.125, 999.9995, 0.05, 1e15, 1e22,
					1.7976931348623157e308, 4.35, 1e-300};
	unsigned long x = 1;
	size_t i;
	int d;

	(void)state;
	for (d = 0; d <= 10; d++) {
		for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
			check_fixed(values[i], d);
			check_fixed(-values[i], d);
		}
	}
	for (i = 0; i < 20000; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		check_fixed((double)(x >> 40) / 16384, (int)(x >> 33) % 4);
	}
}

static void the_locale_does_not_matter(void **state)
{
	char text[BI_REAL_FIXED_SIZE];

	(void)state;
	/* Not every machine has one with a comma; there it is no test. */
	if (setlocale(LC_ALL, "de_DE.UTF-8") == NULL)
		skip();
	check_print(1.5, "1.5");
	check("1.00000000000000000000000001", 1);
	bi_real_fixed(text, 0.5, 0);
	assert_string_equal(text, "0");
	setlocale(LC_ALL, "C");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decimals_are_rounded_correctly),
		cmocka_unit_test(the_fast_path_agrees_with_strtod),
		cmocka_unit_test(all_spellings_of_the_format_are_read),
		cmocka_unit_test(nan_has_no_sign),
		cmocka_unit_test(anything_else_is_refused),
		cmocka_unit_test(too_large_is_out_of_range),
		cmocka_unit_test(digits_past_the_800th_do_not_count),
		cmocka_unit_test(a_scan_stops_at_the_first_other_byte),
		cmocka_unit_test(the_shortest_digits_that_read_back),
		cmocka_unit_test(no_shorter_digits_read_back),
		cmocka_unit_test(fixed_decimals_round_as_printf_does),
		cmocka_unit_test(the_locale_does_not_matter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
