/* What pointer_free_keys.h promises, run once for each variant, with memory from
 * malloc.  (collector_test.c is for that of the collector.)
 *
 * Linked with --wrap for malloc and its family, and for name_hash, so that names
 * have one hash when told. */
#include "pointer_free_keys.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "name_hash.h"
#include "test_heap.h"

static bool all_hashes_are_one;

uint64_t __real_name_hash(const char *name);
uint64_t __wrap_name_hash(const char *name);

uint64_t __wrap_name_hash(const char *name)
{
	return all_hashes_are_one ? 42 : __real_name_hash(name);
}

static void add(struct name_table *table, const char *name, uint64_t value)
{
	assert_int_equal(name_table_add(table, name, value), 0);
}

static void check_value(const struct name_table *table, const char *name,
			uint64_t want)
{
	uint64_t value = ~want;

	assert_true(name_table_find(table, name, &value));
	assert_int_equal(value, want);
}

static void check_absent(const struct name_table *table, const char *name)
{
	uint64_t value = 99;

	assert_false(name_table_find(table, name, &value));
	assert_int_equal(value, 99);
}

static void what_was_added_is_found(void **state)
{
	struct name_table table;
	char name[16];
	uint64_t i;

	(void)state;
	name_table_init(&table, &malloc_memory);
	check_absent(&table, "0");
	for (i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "%d", (int)i);
		add(&table, name, i);
	}
	for (i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "%d", (int)i);
		check_value(&table, name, i);
	}
	check_absent(&table, "1000");
	check_absent(&table, "01");
	check_absent(&table, "");
	name_table_release(&table);
}

static void a_name_added_again_has_the_new_value(void **state)
{
	struct name_table table;
	char name[] = "name";

	(void)state;
	name_table_init(&table, &malloc_memory);
	add(&table, name, 1);
	name[0] = 'g'; /* the table has a copy */
	add(&table, "name", 2);
	check_value(&table, "name", 2);
	check_absent(&table, name);
	name_table_release(&table);
}

static void names_have_a_longest(void **state)
{
	static const char longest[] = "0123456789abcdef0123456789abcde";
	static const char longer[] = "0123456789abcdef0123456789abcdef";
	struct name_table table;

	(void)state;
	_Static_assert(sizeof(longest) - 1 == NAME_LONGEST, "the longest");
	name_table_init(&table, &malloc_memory);
	add(&table, longest, 1);
	add(&table, "", 2);
	errno = 0;
	assert_int_equal(name_table_add(&table, longer, 3), -1);
	assert_int_equal(errno, ENAMETOOLONG);
	check_absent(&table, longer);
	check_value(&table, longest, 1);
	check_value(&table, "", 2);
	name_table_release(&table);
}

/* Two names with one hash are two names, but not to further.c, and that is what
 * the README says of it. */
static void names_with_one_hash(void **state)
{
	struct name_table table;

	(void)state;
	all_hashes_are_one = true;
	name_table_init(&table, &malloc_memory);
	add(&table, "lovelace", 1815);
	add(&table, "hopper", 1906);
#ifdef LESSON_further
	check_value(&table, "lovelace", 1906);
	check_value(&table, "neither", 1906);
#else
	check_value(&table, "lovelace", 1815);
	check_value(&table, "hopper", 1906);
	check_absent(&table, "neither");
#endif
	name_table_release(&table);
	all_hashes_are_one = false;
}

/* Add with the NTH request failing: the name is missing, the others are not, and
 * a second try succeeds.  Returns true if the request was met. */
static bool table_survives(long nth)
{
	struct name_table table;
	char name[2] = "a";
	bool met;

	name_table_init(&table, &malloc_memory);
	arm(nth);
	for (; name[0] <= 'z'; name[0]++) {
		errno = 0;
		if (name_table_add(&table, name, (uint64_t)name[0]) == 0)
			continue;
		assert_int_equal(errno, ENOMEM);
		check_absent(&table, name);
		add(&table, name, (uint64_t)name[0]);
	}
	met = requests >= nth;
	arm(NONE);
	for (name[0] = 'a'; name[0] <= 'z'; name[0]++)
		check_value(&table, name, (uint64_t)name[0]);
	name_table_release(&table);
	assert_int_equal(live_blocks, 0);
	return met;
}

static void every_failed_request_leaves_the_table(void **state)
{
	long nth = 1;

	(void)state;
	while (table_survives(nth))
		nth++;
	assert_true(nth > 3);
}

/* The paper's appendix A: key 00 01 ... 0f, message 00 01 ... 0e.  The second
 * is of its authors' table of messages: none at all. */
static void the_hash_is_siphash(void **state)
{
	static const uint64_t key[2] = {0x0706050403020100, 0x0f0e0d0c0b0a0908};
	unsigned char message[15];
	unsigned char i;

	(void)state;
	for (i = 0; i < sizeof(message); i++)
		message[i] = i;
	assert_true(siphash(key, message, 15) == 0xa129ca6149be45e5);
	assert_true(siphash(key, message, 0) == 0x726fdb47dd0e0e31);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, nothing_armed, nothing_leaked)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_added_is_found),
		TEST(a_name_added_again_has_the_new_value),
		TEST(names_have_a_longest),
		TEST(names_with_one_hash),
		TEST(every_failed_request_leaves_the_table),
		TEST(the_hash_is_siphash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
