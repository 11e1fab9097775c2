/* src/profile/memtrace.c: BENCH_DEBUG and the lines that it asks for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "profile/memtrace.h"

static void check(const char *text, int64_t want)
{
	struct bench_error err = BENCH_ERROR_INIT;
	int64_t ns = -1;
	int rc = bi_memtrace_parse(text, &ns, &err);

	if (rc != 0 || ns != want)
		fail_msg("'%s': %d '%s' %lld, want %lld", text, rc, err.text,
			 (long long)ns, (long long)want);
}

static void check_wrong(const char *text, const char *want)
{
	struct bench_error err = BENCH_ERROR_INIT;
	int64_t ns = -1;
	int rc = bi_memtrace_parse(text, &ns, &err);

	if (rc != BENCH_EINPUT || strcmp(err.text, want) != 0)
		fail_msg("'%s': %d '%s', want '%s'", text, rc, err.text, want);
}

static void an_interval_is_asked_for(void **state)
{
	(void)state;
	check("", 0);
	check("memtrace=0", 0);
	check("memtrace=1", 1000000000);
	check("memtrace=100ms", 100000000);
	check("memtrace=1ms", 1000000);
	check("memtrace=1,memtrace=2s", 2000000000);
	check("memtrace=1,", 1000000000);
}

static void nonsense_is_refused(void **state)
{
	static const char rest[] = "BENCH_DEBUG: memtrace is 0, 1 or a time "
				   "of at least 1ms, not ";
	static const char *const values[] = {"",    "2",    "-1s", "999us",
					     "1 s", "1s\n", "on",  "0ms"};
	char text[64], want[128];
	size_t i;

	(void)state;
	check_wrong("gctrace=1", "BENCH_DEBUG: unknown setting 'gctrace=1'");
	check_wrong("memtrace", "BENCH_DEBUG: unknown setting 'memtrace'");
	check_wrong(",memtrace=1", "BENCH_DEBUG: unknown setting ''");
	check_wrong("memtrace=1,x", "BENCH_DEBUG: unknown setting 'x'");
	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		snprintf(text, sizeof(text), "memtrace=%s", values[i]);
		snprintf(want, sizeof(want), "%s'%s'", rest, values[i]);
		check_wrong(text, want);
	}
}

static void check_line(const struct bi_memtrace_line *line, const char *want)
{
	char text[BI_MEMTRACE_MOST];
	size_t len = bi_memtrace_format(line, text);

	if (len != strlen(want) || strcmp(text, want) != 0)
		fail_msg("'%s', want '%s'", text, want);
}

static void a_line_says_all(void **state)
{
	(void)state;
	check_line(&(struct bi_memtrace_line){
			   .number = 3,
			   .since_start_ns = 1204999999,
			   .interval_ns = 500000000,
			   .cpu_ns = 4000000,
			   .allocs = 12345,
			   .frees = 12001,
			   .bytes = 1550000,
			   .live_before = 4400000,
			   .live_most = 5500000,
			   .live_now = 5499999,
			   .sys = 9000000,
			   .rss = 12000000,
			   .threads = 2,
		   },
		   "mem 3 @1.204s 0.8%: 12345+12001 allocs, 3.1 MB/s, "
		   "4->6->5 MB live, 9 MB sys, 12 MB rss, 2 P\n");
}

/* Blocks from before the start may be freed after it. */
static void less_than_nothing_is_nothing(void **state)
{
	(void)state;
	check_line(&(struct bi_memtrace_line){
			   .number = 1,
			   .interval_ns = 1,
			   .live_before = -9000000,
			   .live_now = -9000000,
			   .sys = -1024,
			   .rss = -1024,
			   .threads = -1,
		   },
		   "mem 1 @0.000s 0.0%: 0+0 allocs, 0.0 MB/s, "
		   "0->0->0 MB live, 0 MB sys, 0 MB rss, 0 P\n");
}

static void the_longest_line_has_room(void **state)
{
	char text[BI_MEMTRACE_MOST];
	struct bi_memtrace_line line = {
		.number = INT64_MAX,	  .since_start_ns = INT64_MAX,
		.interval_ns = 1000000,	  .cpu_ns = INT64_MAX / 1000,
		.allocs = UINT64_MAX,	  .frees = UINT64_MAX,
		.bytes = 1000000000000,	  .live_before = INT64_MAX / 2,
		.live_most = INT64_MAX / 2, .live_now = INT64_MAX / 2,
		.sys = INT64_MAX / 2,	  .rss = INT64_MAX / 2,
		.threads = INT64_MAX,
	};
	size_t len = bi_memtrace_format(&line, text);

	(void)state;
	assert_int_equal(text[len - 1], '\n');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_interval_is_asked_for),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(a_line_says_all),
		cmocka_unit_test(less_than_nothing_is_nothing),
		cmocka_unit_test(the_longest_line_has_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
