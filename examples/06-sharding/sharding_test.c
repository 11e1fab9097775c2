/* What sharding.h promises, run once for each variant. */
#include "sharding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "test_heap.h"
#include "thread_number.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const size_t shard_counts[] = {1, 4, 64, SHARDS_MOST};

static struct tally *new_tally(size_t shards)
{
	struct tally *tally = tally_new(shards);

	assert_non_null(tally);
	return tally;
}

static struct counter *new_counter(size_t shards)
{
	struct counter *counter = counter_new(shards);

	assert_non_null(counter);
	return counter;
}

/* ---- One thread ---- */

static void check_tally(size_t shards)
{
	enum { KEYS = 10000 };
	struct tally *tally = new_tally(shards);
	uint64_t key;

	assert_int_equal(tally_count(tally), 0);
	assert_int_equal(tally_get(tally, 7), 0);
	assert_int_equal(tally_count(tally), 0);
	for (key = 0; key < KEYS; key++)
		assert_int_equal(tally_add(tally, key * key, key), 0);
	for (key = 0; key < KEYS; key += 2)
		assert_int_equal(tally_add(tally, key * key, 1), 0);
	assert_int_equal(tally_count(tally), KEYS);
	for (key = 0; key < KEYS; key++)
		assert_int_equal(tally_get(tally, key * key),
				 key + (key % 2 == 0));
	assert_int_equal(tally_get(tally, 2), 0);
	tally_free(tally);
}

static void a_tally_keeps_a_number_for_each_key(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(shard_counts); i++)
		check_tally(shard_counts[i]);
}

static void all_keys_are_keys(void **state)
{
	const uint64_t keys[] = {0, 1, UINT64_MAX, UINT64_MAX - 1,
				 UINT64_C(1) << 63};
	struct tally *tally = new_tally(16);
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(keys); i++)
		assert_int_equal(tally_add(tally, keys[i], i + 1), 0);
	for (i = 0; i < LENGTH(keys); i++)
		assert_int_equal(tally_get(tally, keys[i]), i + 1);
	assert_int_equal(tally_count(tally), LENGTH(keys));
	tally_free(tally);
}

static void a_counter_counts(void **state)
{
	struct counter *counter;
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(shard_counts); i++) {
		counter = new_counter(shard_counts[i]);
		assert_int_equal(counter_read(counter), 0);
		counter_add(counter, 3);
		counter_add(counter, 0);
		counter_add(counter, UINT64_C(1) << 40);
		assert_int_equal(counter_read(counter),
				 (UINT64_C(1) << 40) + 3);
		counter_free(counter);
	}
}

static void impossible_numbers_of_shards_are_refused(void **state)
{
	const size_t wrong[] = {0, 3, 63, SHARDS_MOST + 1, 2 * SHARDS_MOST,
				SIZE_MAX};
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(wrong); i++) {
		errno = 0;
		assert_null(tally_new(wrong[i]));
		assert_int_equal(errno, EINVAL);
		errno = 0;
		assert_null(counter_new(wrong[i]));
		assert_int_equal(errno, EINVAL);
	}
}

static void nothing_may_be_freed(void **state)
{
	(void)state;
	tally_free(NULL);
	counter_free(NULL);
}

/* ---- Many threads ---- */

/* With all of them at once, some have no number of their own. */
enum { THREADS = THREADS_MOST + 6, ROUNDS = 300, KEYS = 97 };

struct shared {
	struct tally *tally;
	struct counter *counter;
	pthread_barrier_t begin;
	pthread_barrier_t end;
};

static void *add_to_both(void *arg)
{
	struct shared *shared = arg;
	uint64_t least = 0;
	void *wrong = NULL;
	uint64_t is;
	int i;

	pthread_barrier_wait(&shared->begin);
	for (i = 0; i < ROUNDS; i++) {
		if (tally_add(shared->tally, (uint64_t)i % KEYS, 1) < 0)
			wrong = shared;
		counter_add(shared->counter, 2);
		if (i % 50 != 0)
			continue;
		/* A total never goes back, and holds what this thread added. */
		is = counter_read(shared->counter);
		if (is < least || is < 2 * (uint64_t)(i + 1) ||
		    tally_get(shared->tally, (uint64_t)i % KEYS) == 0)
			wrong = shared;
		least = is;
	}
	/* All live until all have counted, so that no number is free before. */
	pthread_barrier_wait(&shared->end);
	return wrong;
}

static void check_threads(size_t shards)
{
	struct shared shared = {.tally = new_tally(shards),
				.counter = new_counter(shards)};
	pthread_t threads[THREADS];
	void *wrong;
	uint64_t sum = 0;
	uint64_t key;
	size_t i;

	pthread_barrier_init(&shared.begin, NULL, THREADS);
	pthread_barrier_init(&shared.end, NULL, THREADS);
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, add_to_both,
						&shared),
				 0);
	for (i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(threads[i], &wrong), 0);
		assert_null(wrong);
	}
	pthread_barrier_destroy(&shared.begin);
	pthread_barrier_destroy(&shared.end);
	assert_int_equal(counter_read(shared.counter), 2 * THREADS * ROUNDS);
	assert_int_equal(tally_count(shared.tally), KEYS);
	for (key = 0; key < KEYS; key++)
		sum += tally_get(shared.tally, key);
	assert_int_equal(sum, THREADS * ROUNDS);
	tally_free(shared.tally);
	counter_free(shared.counter);
}

static void nothing_is_lost_between_threads(void **state)
{
	(void)state;
	check_threads(1);
	check_threads(16);
}

static void *add_one(void *counter)
{
	counter_add(counter, 1);
	return NULL;
}

/* Each has the number that the last one gave back. */
static void what_a_thread_added_stays_when_it_ends(void **state)
{
	struct counter *counter = new_counter(64);
	pthread_t thread;
	int i;

	(void)state;
	for (i = 0; i < 3 * THREADS_MOST; i++) {
		assert_int_equal(pthread_create(&thread, NULL, add_one,
						counter),
				 0);
		pthread_join(thread, NULL);
		assert_int_equal(counter_read(counter), i + 1);
	}
	counter_free(counter);
}

static pthread_key_t late_key;

/* Runs again, after the thread's number was given back. */
static void add_late(void *counter)
{
	static _Thread_local int round;

	counter_add(counter, 1);
	if (++round < 2)
		pthread_setspecific(late_key, counter);
}

static void *add_while_ending(void *counter)
{
	counter_add(counter, 1);
	pthread_setspecific(late_key, counter);
	return NULL;
}

static void a_thread_may_count_while_it_ends(void **state)
{
	struct counter *counter = new_counter(4);
	pthread_t thread;

	(void)state;
	assert_int_equal(pthread_key_create(&late_key, add_late), 0);
	assert_int_equal(pthread_create(&thread, NULL, add_while_ending,
					counter),
			 0);
	pthread_join(thread, NULL);
	pthread_key_delete(late_key);
	assert_int_equal(counter_read(counter), 3);
	counter_free(counter);
}

static void *number_of_thread(void *number)
{
	*(unsigned *)number = thread_number();
	return NULL;
}

static void threads_have_small_numbers(void **state)
{
	unsigned own = thread_number();
	unsigned others[2];
	pthread_t thread;
	size_t i;

	(void)state;
	assert_int_equal(thread_number(), own);
	for (i = 0; i < 2; i++) {
		assert_int_equal(pthread_create(&thread, NULL, number_of_thread,
						&others[i]),
				 0);
		pthread_join(thread, NULL);
		assert_true(others[i] < 2);
		assert_int_not_equal(others[i], own);
	}
	assert_int_equal(others[0], others[1]);
}

/* ---- Memory that runs out ---- */

/* With the NTH request failing: returns true if it was met. */
static bool tally_survives(long nth)
{
	struct tally *tally;
	uint64_t key;
	size_t refused = 0;

	errno = 0;
	arm(nth);
	tally = tally_new(4);
	if (tally == NULL) {
		assert_int_equal(errno, ENOMEM);
		assert_int_equal(live_blocks, 0);
		return true;
	}
	for (key = 0; key < 100; key++) {
		if (tally_add(tally, key, 5) == 0)
			continue;
		refused++;
		assert_int_equal(tally_get(tally, key), 0);
		assert_int_equal(tally_count(tally), key);
		assert_int_equal(tally_add(tally, key, 5), 0);
	}
	for (key = 0; key < 100; key++)
		assert_int_equal(tally_get(tally, key), 5);
	assert_true(refused <= 1);
	tally_free(tally);
	assert_int_equal(live_blocks, 0);
	return requests >= nth;
}

static bool counter_survives(long nth)
{
	struct counter *counter;

	errno = 0;
	arm(nth);
	counter = counter_new(4);
	if (counter == NULL)
		assert_int_equal(errno, ENOMEM);
	else
		counter_add(counter, 1);
	counter_free(counter);
	assert_int_equal(live_blocks, 0);
	return requests >= nth;
}

static void every_failed_request_is_reported(void **state)
{
	long nth;

	(void)state;
	for (nth = 1; tally_survives(nth); nth++)
		;
	assert_true(nth > 3);
	for (nth = 1; counter_survives(nth); nth++)
		;
	assert_true(nth > 1);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, nothing_armed, nothing_leaked)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_tally_keeps_a_number_for_each_key),
		TEST(all_keys_are_keys),
		TEST(a_counter_counts),
		TEST(impossible_numbers_of_shards_are_refused),
		TEST(nothing_may_be_freed),
		TEST(nothing_is_lost_between_threads),
		TEST(what_a_thread_added_stays_when_it_ends),
		TEST(a_thread_may_count_while_it_ends),
		TEST(threads_have_small_numbers),
		TEST(every_failed_request_is_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
