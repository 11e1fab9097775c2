/* src/profile/label.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>

#include <benchkit/profile.h>

#include "profile/label.h"

static void *thread_tag(void *out)
{
	*(uint32_t *)out = bi_label_tags().thread;
	return NULL;
}

static void a_label_is_the_threads_own(void **state)
{
	uint32_t of_other = 99;
	pthread_t thread;

	(void)state;
	assert_int_equal(bench_profile_label("key", "value"), 0);
	assert_int_not_equal(bi_label_tags().thread, 0);
	pthread_create(&thread, NULL, thread_tag, &of_other);
	pthread_join(thread, NULL);
	assert_int_equal(of_other, 0);
	assert_int_equal(bench_profile_label(NULL, NULL), 0);
	assert_int_equal(bi_label_tags().thread, 0);
}

static void a_benchmark_gives_way_and_comes_back(void **state)
{
	uint32_t before, inner;

	(void)state;
	before = bi_label_enter("BenchmarkOuter");
	assert_int_equal(before, 0);
	inner = bi_label_enter("BenchmarkOuter/inner");
	assert_string_equal(
		bi_label_of(bi_label_tags().benchmark).value,
		"BenchmarkOuter/inner");
	bi_label_leave(inner);
	assert_string_equal(bi_label_of(bi_label_tags().benchmark).value,
			    "BenchmarkOuter");
	bi_label_leave(before);
	assert_int_equal(bi_label_tags().benchmark, 0);
}

/* "a" "bc" and "ab" "c" are two. */
static void key_and_value_do_not_run_together(void **state)
{
	uint32_t first;

	(void)state;
	bench_profile_label("a", "bc");
	first = bi_label_tags().thread;
	bench_profile_label("ab", "c");
	assert_int_not_equal(bi_label_tags().thread, first);
	bench_profile_label("a", "bc");
	assert_int_equal(bi_label_tags().thread, first);
	bench_profile_label(NULL, NULL);
}

/* Last: there is no room after it. */
static void there_is_an_end_to_labels(void **state)
{
	char value[32];
	int i, rc = 0;

	(void)state;
	for (i = 0; rc == 0 && i < 100000; i++) {
		snprintf(value, sizeof(value), "%d", i);
		rc = bench_profile_label("number", value);
	}
	assert_int_equal(rc, BENCH_ERANGE);
	assert_int_equal(bi_label_tags().thread, 0);
	/* Those that there are can still be had. */
	assert_int_equal(bench_profile_label("number", "7"), 0);
	assert_string_equal(bi_label_of(bi_label_tags().thread).value, "7");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_label_is_the_threads_own),
		cmocka_unit_test(a_benchmark_gives_way_and_comes_back),
		cmocka_unit_test(key_and_value_do_not_run_together),
		cmocka_unit_test(there_is_an_end_to_labels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
