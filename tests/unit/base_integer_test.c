/* src/base/integer.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <inttypes.h>
#include <string.h>

#include "base/error.h"
#include "base/integer.h"

#define UNTOUCHED 77

static void check_bytes(const char *text, size_t len, int want_rc, int64_t want)
{
	int64_t got = UNTOUCHED;
	int rc = bi_integer_parse(text, len, &got);

	if (rc != want_rc || got != want)
		fail_msg("'%.*s': %d, %" PRId64 "; wanted %d, %" PRId64,
			 (int)len, text, rc, got, want_rc, want);
}

static void check(const char *text, int64_t want)
{
	check_bytes(text, strlen(text), 0, want);
}

static void check_refused(const char *text, int want_rc)
{
	check_bytes(text, strlen(text), want_rc, UNTOUCHED);
}

static void decimal_digits_with_a_sign_are_read(void **state)
{
	(void)state;
	check("0", 0);
	check("-0", 0);
	check("+7", 7);
	check("-7", -7);
	check("007", 7);
	check("1234567890123", 1234567890123);
}

static void the_ends_of_the_range_are_in_it(void **state)
{
	(void)state;
	check("9223372036854775807", INT64_MAX);
	check("-9223372036854775808", INT64_MIN);
	check_refused("9223372036854775808", BENCH_ERANGE);
	check_refused("-9223372036854775809", BENCH_ERANGE);
	check_refused("99999999999999999999999", BENCH_ERANGE);
}

static void anything_else_is_refused(void **state)
{
	(void)state;
	check_refused("", BENCH_EINPUT);
	check_refused("-", BENCH_EINPUT);
	check_refused("+", BENCH_EINPUT);
	check_refused("--1", BENCH_EINPUT);
	check_refused(" 1", BENCH_EINPUT);
	check_refused("1 ", BENCH_EINPUT);
	check_refused("1.0", BENCH_EINPUT);
	check_refused("0x10", BENCH_EINPUT);
	check_refused("1_000", BENCH_EINPUT);
	check_refused("\xd9\xa1", BENCH_EINPUT); /* an Arabic digit */
}

static void malformed_wins_over_too_large(void **state)
{
	(void)state;
	check_refused("99999999999999999999999x", BENCH_EINPUT);
}

static void only_len_bytes_are_read(void **state)
{
	(void)state;
	check_bytes("123456", 3, 0, 123);
	check_bytes("12\0"
		    "34",
		    5, BENCH_EINPUT, UNTOUCHED);
}

static void digits_go_up_to_f_in_either_case(void **state)
{
	static const char digits[] = "0123456789abcdef";
	int c;

	(void)state;
	for (c = -128; c < 128; c++) {
		const char *digit = c > 0 ? strchr(digits, c) : NULL;
		int want = digit == NULL ? -1 : (int)(digit - digits);

		if (c >= 'A' && c <= 'F')
			want = c - 'A' + 10;
		assert_int_equal(bi_integer_digit((char)c), want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decimal_digits_with_a_sign_are_read),
		cmocka_unit_test(the_ends_of_the_range_are_in_it),
		cmocka_unit_test(anything_else_is_refused),
		cmocka_unit_test(malformed_wins_over_too_large),
		cmocka_unit_test(only_len_bytes_are_read),
		cmocka_unit_test(digits_go_up_to_f_in_either_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
