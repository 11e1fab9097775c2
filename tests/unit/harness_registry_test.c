/* src/harness/registry.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "harness/registry.h"

static void nothing(bench_b *b, void *arg)
{
	(void)b;
	(void)arg;
}

static struct bench_definition definitions[] = {
	{"BenchmarkLast", nothing, "b.c", 10, NULL},
	{"BenchmarkSecond", nothing, "a.c", 9, NULL},
	{"BenchmarkThird", nothing, "a.c", 10, NULL},
	{"BenchmarkFirst", nothing, "a.c", 2, NULL},
};

/* The registry only grows: one test after the other adds to it. */
static void check_names(const char *const *want)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_registry list;
	size_t i;

	if (bi_registry_list(&list, &err) < 0)
		fail_msg("%s", err.text);
	for (i = 0; i < list.count && want[i] != NULL; i++)
		assert_string_equal(list.entries[i].name, want[i]);
	assert_int_equal(i, list.count);
	assert_null(want[i]);
	free(list.entries);
}

static void check_error(const char *want)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_registry list;

	assert_int_equal(bi_registry_list(&list, &err), BENCH_EINPUT);
	assert_string_equal(err.text, want);
	assert_null(list.entries);
}

static void an_empty_registry_is_a_list(void **state)
{
	(void)state;
	check_names((const char *const[]){NULL});
}

static void definitions_stand_by_file_and_line(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++)
		bench_define(&definitions[i]);
	check_names((const char *const[]){"BenchmarkFirst", "BenchmarkSecond",
					  "BenchmarkThird", "BenchmarkLast",
					  NULL});
}

static void registered_ones_follow_in_call_order(void **state)
{
	char name[] = "Zebra";
	int arg;
	struct bi_registry list;

	(void)state;
	assert_int_equal(bench_register(name, nothing, &arg), 0);
	name[0] = 'x'; /* it was copied */
	assert_int_equal(bench_register("Ant/x", nothing, NULL), 0);
	check_names((const char *const[]){
		"BenchmarkFirst", "BenchmarkSecond", "BenchmarkThird",
		"BenchmarkLast", "BenchmarkZebra", "BenchmarkAnt/x", NULL});
	assert_int_equal(bi_registry_list(&list, NULL), 0);
	assert_ptr_equal(list.entries[4].arg, &arg);
	assert_true(list.entries[4].fn == nothing);
	free(list.entries);
}

/* ---- Set-ups ---- */

static char trail[64];

static int set_up(void *arg)
{
	strcat(trail, arg);
	return strcmp(arg, "c") == 0 ? 7 : 0;
}

static void tear_down(void *arg)
{
	strcat(trail, "-");
	strcat(trail, arg);
}

static char a[] = "a", b[] = "b", c[] = "c", d[] = "d";

static void teardowns_run_in_reverse(void **state)
{
	(void)state;
	assert_int_equal(bench_on_start(set_up, tear_down, a), 0);
	assert_int_equal(bench_on_start(NULL, tear_down, b), 0);
	assert_int_equal(bench_on_start(set_up, NULL, d), 0);
	assert_int_equal(bi_registry_set_up(), 0);
	assert_string_equal(trail, "ad");
	bi_registry_tear_down();
	assert_string_equal(trail, "ad-b-a");
	/* Once is enough. */
	bi_registry_tear_down();
	assert_string_equal(trail, "ad-b-a");
}

static void a_setup_that_fails_ends_the_setting_up(void **state)
{
	(void)state;
	assert_int_equal(bench_on_start(set_up, tear_down, c), 0);
	assert_int_equal(bench_on_start(set_up, tear_down, a), 0);
	trail[0] = '\0';
	assert_int_equal(bi_registry_set_up(), 7);
	bi_registry_tear_down();
	assert_string_equal(trail, "adc-b-a");
}

/* One definition, whose name is now this, now that. */
static struct bench_definition trial = {"", nothing, "z.c", 1, NULL};

static void check_name(const char *name, bool good)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_registry list;
	int rc;

	trial.name = name;
	rc = bi_registry_list(&list, &err);
	if (rc != (good ? 0 : BENCH_EINPUT) ||
	    (!good && strstr(err.text, "is no name of a benchmark") == NULL))
		fail_msg("'%s': %d '%s'", name, rc, err.text);
	free(list.entries);
}

/* Names came out as they were given: a blank or a newline made the record
 * unreadable. */
static void a_name_is_one_that_readers_take(void **state)
{
	(void)state;
	bench_define(&trial);
	check_name("Benchmark", true);
	check_name("BenchmarkX", true);
	check_name("Benchmark_x", true);
	check_name("Benchmark8", true);
	check_name("Benchmark\xc3\x9c", true); /* U+00DC */
	check_name("Benchmarkx", true);
	check_name("BenchmarkA b", false);
	check_name("BenchmarkA\n", false);
	check_name("BenchmarkA\xc2\xa0z", false);
	check_name("BenchmarkA\x01", false);
	check_name("BenchmarkA\xff", false);
	trial.name = "BenchmarkX";
}

static void two_of_a_name_are_an_error(void **state)
{
	(void)state;
	assert_int_equal(bench_register("Second", nothing, NULL), 0);
	check_error("two benchmarks are named BenchmarkSecond");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_registry_is_a_list),
		cmocka_unit_test(definitions_stand_by_file_and_line),
		cmocka_unit_test(registered_ones_follow_in_call_order),
		cmocka_unit_test(teardowns_run_in_reverse),
		cmocka_unit_test(a_setup_that_fails_ends_the_setting_up),
		cmocka_unit_test(a_name_is_one_that_readers_take),
		cmocka_unit_test(two_of_a_name_are_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
