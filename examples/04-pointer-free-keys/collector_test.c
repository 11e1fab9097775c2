/* The collector, and a table in its memory. */
#include "collector.h"

#include <gc/gc.h>
#include <regex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "name_hash.h"
#include "test_heap.h"

uint64_t __real_name_hash(const char *name);
uint64_t __wrap_name_hash(const char *name);

uint64_t __wrap_name_hash(const char *name)
{
	return __real_name_hash(name);
}

static FILE *trace;

/* The address of a collected block, hidden from the collector.  It becomes NULL
 * when the block is freed. */
static void *weak[1000];
enum { BLOCKS = sizeof(weak) / sizeof(weak[0]) };

/* New blocks to which only *HOLDER, a block of MEMORY's kind, points. */
static __attribute__((noinline)) void fill(void ***holder,
					   void *(*allocate)(size_t size))
{
	size_t i;

	*holder = allocate(sizeof(weak));
	assert_non_null(*holder);
	for (i = 0; i < BLOCKS; i++) {
		void *block = collector_memory.plain(64);

		assert_non_null(block);
		(*holder)[i] = block;
		weak[i] = (void *)GC_HIDE_POINTER(block);
		assert_int_equal(
			GC_general_register_disappearing_link(&weak[i], block),
			GC_SUCCESS);
	}
}

static size_t count_alive(void)
{
	size_t i, alive = 0;

	for (i = 0; i < BLOCKS; i++) {
		alive += weak[i] != NULL;
		GC_unregister_disappearing_link(&weak[i]);
		weak[i] = NULL;
	}
	return alive;
}

static void only_linked_memory_keeps_blocks(void **state)
{
	static void **holder;

	(void)state;
	fill(&holder, collector_memory.linked);
	collector_collect();
	assert_int_equal(count_alive(), BLOCKS);
	fill(&holder, collector_memory.plain);
	collector_collect();
	/* The last ones may still have their address in a register or on the
	 * stack: the collector is conservative. */
	assert_in_range(count_alive(), 0, BLOCKS / 10);
	holder = NULL;
}

static void a_table_survives_collections(void **state)
{
	static struct name_table table;
	char name[16];
	uint64_t i, value;

	(void)state;
	name_table_init(&table, &collector_memory);
	for (i = 0; i < 20000; i++) {
		snprintf(name, sizeof(name), "name %d", (int)i);
		assert_int_equal(name_table_add(&table, name, i), 0);
		if (i % 5000 == 0)
			collector_collect();
		/* What was free is used for something else. */
		memset(collector_memory.plain(32), 0xff, 32);
	}
	collector_collect();
	for (i = 0; i < 20000; i++) {
		snprintf(name, sizeof(name), "name %d", (int)i);
		assert_true(name_table_find(&table, name, &value));
		assert_int_equal(value, i);
	}
	name_table_release(&table);
}

static void check_match(const char *text, const char *pattern)
{
	regex_t regex;

	assert_int_equal(
		regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB), 0);
	if (regexec(&regex, text, 0, NULL, 0) != 0)
		fail_msg("'%s' does not match '%s'", text, pattern);
	regfree(&regex);
}

#define NUMBER "[0-9]+(\\.[0-9]+)?(e[-+][0-9]+)?"

/* The line of README.md, and Go's up to the fields that only Go has. */
static void a_collection_writes_a_line(void **state)
{
	char line[200];
	long begin;

	(void)state;
	fseek(trace, 0, SEEK_END);
	begin = ftell(trace);
	assert_true(collector_collect() > 0);
	fseek(trace, begin, SEEK_SET);
	assert_non_null(fgets(line, sizeof(line), trace));
	check_match(line, "^gc [0-9]+ @[0-9]+\\.[0-9]{3}s [0-9]+%: " NUMBER
			  "\\+" NUMBER "\\+" NUMBER " ms clock, " NUMBER
			  " ms cpu, [0-9]+->[0-9]+ MB, [0-9]+ MB heap, "
			  "1 P \\(forced\\)\n$");
	assert_null(fgets(line, sizeof(line), trace));
}

static bool wanted_by(const char *value)
{
	assert_int_equal(setenv("BENCH_DEBUG", value, 1), 0);
	return collector_trace_wanted();
}

static void the_environment_asks_for_the_trace(void **state)
{
	(void)state;
	assert_true(wanted_by("gctrace=1"));
	assert_true(wanted_by("other=2,gctrace=1"));
	assert_true(wanted_by("gctrace=1,"));
	assert_false(wanted_by(""));
	assert_false(wanted_by("gctrace=0"));
	assert_false(wanted_by("gctrace=11"));
	assert_false(wanted_by("xgctrace=1"));
	assert_int_equal(unsetenv("BENCH_DEBUG"), 0);
	assert_false(collector_trace_wanted());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_linked_memory_keeps_blocks),
		cmocka_unit_test(a_table_survives_collections),
		cmocka_unit_test(a_collection_writes_a_line),
		cmocka_unit_test(the_environment_asks_for_the_trace),
	};
	int failed;

	trace = tmpfile();
	if (trace == NULL) {
		perror("no file for the trace");
		return 1;
	}
	collector_start(trace);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	collector_start(NULL);
	fclose(trace);
	return failed;
}
