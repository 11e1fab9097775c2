/* src/profile/table.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>

#include "profile/table.h"

static struct bi_stack stack_of(uintptr_t leaf, size_t depth)
{
	struct bi_stack stack = {.depth = depth};
	size_t i;

	for (i = 0; i < depth; i++)
		stack.pc[i] = leaf + i;
	return stack;
}

static struct bi_entry *find(struct bi_table *table, uintptr_t leaf,
			     size_t depth, struct bi_entry_key key)
{
	struct bi_stack stack = stack_of(leaf, depth);

	return bi_table_find(table, &stack, &key);
}

#define KEY(...) ((struct bi_entry_key){__VA_ARGS__})

static void an_entry_is_for_one_stack_and_key(void **state)
{
	struct bi_table table;
	struct bi_entry *entry;

	(void)state;
	assert_int_equal(bi_table_init(&table, 1024), 0);
	entry = find(&table, 100, 3, KEY());
	assert_non_null(entry);
	assert_ptr_equal(find(&table, 100, 3, KEY()), entry);
	assert_ptr_not_equal(find(&table, 101, 3, KEY()), entry);
	assert_ptr_not_equal(find(&table, 100, 2, KEY()), entry);
	assert_ptr_not_equal(find(&table, 100, 3, KEY(.extra = 8)), entry);
	assert_ptr_not_equal(find(&table, 100, 3, KEY(.tags = {1, 0})), entry);
	assert_ptr_not_equal(find(&table, 100, 3, KEY(.tags = {0, 1})), entry);
	assert_int_equal(entry->depth, 3);
	assert_int_equal(bi_entry_pcs(&table, entry)[2], 102);
	bi_table_release(&table);
}

static size_t count_entries(const struct bi_table *table, int64_t *sum)
{
	const struct bi_entry *entry;
	size_t cursor = 0, count = 0;

	*sum = 0;
	while ((entry = bi_table_next(table, &cursor)) != NULL) {
		*sum += atomic_load(&entry->value[0]);
		count++;
	}
	return count;
}

static void what_finds_no_entry_is_counted(void **state)
{
	struct bi_table table;
	uintptr_t leaf;
	size_t found = 0;
	int64_t sum;

	(void)state;
	assert_int_equal(bi_table_init(&table, 64), 0);
	for (leaf = 0; leaf < 1000; leaf++)
		found += find(&table, leaf * 1000, 1, KEY()) != NULL;
	assert_int_equal(found, 64);
	assert_int_equal(atomic_load(&table.dropped), 1000 - 64);
	assert_int_equal(count_entries(&table, &sum), 64);
	bi_table_release(&table);
}

/* Deeper than average: the addresses are used up before the entries. */
static void what_finds_no_room_for_its_addresses_is_counted(void **state)
{
	struct bi_table table;
	uintptr_t leaf;
	size_t found = 0;
	int64_t sum;

	(void)state;
	assert_int_equal(bi_table_init(&table, 64), 0);
	for (leaf = 1; leaf <= 64; leaf++)
		found += find(&table, leaf * 1000, BI_STACK_MOST, KEY()) !=
			 NULL;
	assert_int_equal(found, 64 * 32 / BI_STACK_MOST);
	assert_int_equal(atomic_load(&table.dropped), 64 - found);
	assert_int_equal(count_entries(&table, &sum), found);
	bi_table_release(&table);
}

enum { THREADS = 4, ROUNDS = 20000, STACKS = 50 };

static void *add_many(void *arg)
{
	struct bi_table *table = arg;
	uintptr_t i;

	for (i = 0; i < ROUNDS; i++) {
		struct bi_entry *entry =
			find(table, i % STACKS * 1000, 1 + i % 7, KEY());

		if (entry != NULL)
			bi_entry_add(entry, 0, 1);
	}
	return NULL;
}

static void threads_at_once_lose_nothing(void **state)
{
	pthread_t thread[THREADS];
	struct bi_table table;
	size_t count;
	int64_t sum;
	int i;

	(void)state;
	assert_int_equal(bi_table_init(&table, 4096), 0);
	for (i = 0; i < THREADS; i++)
		assert_int_equal(
			pthread_create(&thread[i], NULL, add_many, &table), 0);
	for (i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	count = count_entries(&table, &sum);
	assert_int_equal(sum, THREADS * ROUNDS);
	assert_int_equal(atomic_load(&table.dropped), 0);
	/* 50 leaves and 7 depths have 350 pairs; as many again where two threads
	 * made one at the same time. */
	assert_in_range(count, STACKS * 7, STACKS * 7 * THREADS);
	bi_table_release(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_entry_is_for_one_stack_and_key),
		cmocka_unit_test(what_finds_no_entry_is_counted),
		cmocka_unit_test(
			what_finds_no_room_for_its_addresses_is_counted),
		cmocka_unit_test(threads_at_once_lose_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
