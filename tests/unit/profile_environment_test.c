/* src/profile/environment.c: what BENCH_PROFILE may say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "profile/environment.h"

static void check(const char *text, bool sigusr2, int64_t cap_seconds,
		  const char *http)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_environment got;
	int rc = bi_environment_parse(text, &got, &err);

	if (rc != 0 || got.sigusr2 != sigusr2 ||
	    got.cap_seconds != cap_seconds || strcmp(got.http, http) != 0)
		fail_msg("'%s': %d '%s' %d %lld '%s', want %d %lld '%s'", text,
			 rc, err.text, got.sigusr2, (long long)got.cap_seconds,
			 got.http, sigusr2, (long long)cap_seconds, http);
}

static void check_error(const char *text, const char *want)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_environment got;
	int rc = bi_environment_parse(text, &got, &err);

	if (rc != BENCH_EINPUT || strcmp(err.text, want) != 0)
		fail_msg("'%s': %d '%s', want '%s'", text, rc, err.text, want);
}

static void items_may_come_in_any_order(void **state)
{
	(void)state;
	check("sigusr2", true, 60, "");
	check("sigusr2,cap=30s", true, 30, "");
	check("cap=2m,sigusr2", true, 120, "");
	check("http=127.0.0.1:6060", false, 60, "127.0.0.1:6060");
	check("sigusr2,cap=30s,http=[::1]:6060", true, 30, "[::1]:6060");
}

static void a_cap_is_whole_seconds_and_0_is_none(void **state)
{
	(void)state;
	check("sigusr2,cap=0", true, 0, "");
	check("sigusr2,cap=0s", true, 0, "");
	check("sigusr2,cap=1ns", true, 1, "");
	check("sigusr2,cap=1.5s", true, 2, "");
}

static void everything_else_is_an_error(void **state)
{
	char text[512];

	(void)state;
	check_error("x", "bad item 'x'");
	check_error("SIGUSR2", "bad item 'SIGUSR2'");
	check_error("sigusr2,", "bad item ''");
	check_error(",sigusr2", "bad item ''");
	check_error("sigusr2 ", "bad item 'sigusr2 '");
	check_error("sigusr2,sigusr2", "bad item 'sigusr2'");
	check_error("sigusr2,cap=30", "bad item 'cap=30'");
	check_error("sigusr2,cap=", "bad item 'cap='");
	check_error("sigusr2,cap=-1s", "bad item 'cap=-1s'");
	check_error("sigusr2,cap=1s,cap=2s", "bad item 'cap=2s'");
	check_error("sigusr2,http=", "bad item 'http='");
	check_error("http=:1,http=:2", "bad item 'http=:2'");
	check_error("cap=1s", "a cap without sigusr2");
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	check_error(text, "too long");
	memcpy(text, "http=", 5);
	text[200] = '\0';
	assert_int_equal(
		bi_environment_parse(text, &(struct bi_environment){0}, NULL),
		BENCH_EINPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(items_may_come_in_any_order),
		cmocka_unit_test(a_cap_is_whole_seconds_and_0_is_none),
		cmocka_unit_test(everything_else_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
