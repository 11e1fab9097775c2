/* What copy_on_write_map.h promises, run once for each variant: to one thread, to one
 * that runs out of memory, and to several at once. */
#include "copy_on_write_map.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>

#include <cmocka.h>

#include "hash_map.h"
#include "test_heap.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static struct shared_map *new_map(void)
{
	struct shared_map *map = shared_map_new();

	assert_non_null(map);
	return map;
}

static void check_load(struct shared_map *map, uint64_t key, uint64_t want)
{
	uint64_t value = ~want;

	assert_true(shared_map_load(map, key, &value));
	assert_int_equal(value, want);
}

static void check_absent(struct shared_map *map, uint64_t key)
{
	uint64_t value = 99;

	assert_false(shared_map_load(map, key, &value));
	assert_int_equal(value, 99);
}

static void what_was_stored_is_loaded(void **state)
{
	struct shared_map *map = new_map();
	uint64_t key;

	(void)state;
	check_absent(map, 0);
	for (key = 0; key < 100; key++)
		assert_int_equal(shared_map_store(map, key, key + 1), 0);
	assert_int_equal(shared_map_store(map, 50, 7), 0);
	for (key = 0; key < 100; key++)
		check_load(map, key, key == 50 ? 7 : key + 1);
	check_absent(map, 100);
	shared_map_free(map);
	shared_map_free(NULL);
}

static void many_are_stored_at_once(void **state)
{
	static struct shared_map_entry entries[1000];
	struct shared_map *map = new_map();
	uint64_t key;

	(void)state;
	assert_int_equal(shared_map_store_all(map, NULL, 0), 0);
	for (key = 0; key < 1000; key++)
		entries[key] = (struct shared_map_entry){key / 2, key};
	assert_int_equal(shared_map_store_all(map, entries, 1000), 0);
	for (key = 0; key < 500; key++)
		check_load(map, key, 2 * key + 1); /* the later of the two */
	check_absent(map, 500);
	shared_map_free(map);
}

static void the_first_of_two_stays(void **state)
{
	struct shared_map *map = new_map();
	uint64_t actual = 0;

	(void)state;
	assert_int_equal(shared_map_load_or_store(map, 1, 10, &actual), 0);
	assert_int_equal(actual, 10);
	assert_int_equal(shared_map_load_or_store(map, 1, 20, &actual), 1);
	assert_int_equal(actual, 10);
	check_load(map, 1, 10);
	shared_map_free(map);
}

static void what_was_deleted_is_gone(void **state)
{
	struct shared_map *map = new_map();

	(void)state;
	assert_int_equal(shared_map_delete(map, 1), 0);
	assert_int_equal(shared_map_store(map, 1, 10), 0);
	assert_int_equal(shared_map_store(map, 2, 20), 0);
	assert_int_equal(shared_map_delete(map, 1), 1);
	assert_int_equal(shared_map_delete(map, 1), 0);
	check_absent(map, 1);
	check_load(map, 2, 20);
	shared_map_free(map);
}

/* What a range met: entries 0 to 9, and when it is to end. */
struct visits {
	uint64_t value[10];
	int count, most;
};

static bool visit(uint64_t key, uint64_t value, void *arg)
{
	struct visits *visits = arg;

	assert_in_range(key, 0, 9);
	assert_int_equal(visits->value[key], 0);
	visits->value[key] = value;
	return ++visits->count < visits->most;
}

static void a_range_visits_each_entry_once(void **state)
{
	struct shared_map *map = new_map();
	struct visits all = {.most = 100}, some = {.most = 4}, none = {.most = 1};
	uint64_t key;

	(void)state;
	shared_map_range(map, visit, &none);
	assert_int_equal(none.count, 0);
	for (key = 0; key < 10; key++)
		assert_int_equal(shared_map_store(map, key, key + 100), 0);
	shared_map_range(map, visit, &all);
	assert_int_equal(all.count, 10);
	for (key = 0; key < 10; key++)
		assert_int_equal(all.value[key], key + 100);
	shared_map_range(map, visit, &some);
	assert_int_equal(some.count, 4);
	shared_map_free(map);
}

/* Use a map with the NTH request failing: the call that meets it says so and
 * changes nothing, and a second try succeeds.  Returns true if it was met. */
static bool map_survives(long nth)
{
	static const struct shared_map_entry many[100] = {{1000, 6}};
	struct shared_map *map;
	uint64_t key, actual;
	int refusals = 0;

	errno = 0;
	arm(nth);
	map = shared_map_new();
	if (map == NULL) {
		assert_int_equal(errno, ENOMEM);
		assert_int_equal(live_blocks, 0);
		arm(NONE);
		return true;
	}
	for (key = 0; key < 20; key++) {
		while (shared_map_store(map, key, key) < 0) {
			assert_int_equal(errno, ENOMEM);
			check_absent(map, key);
			refusals++;
		}
	}
	while (shared_map_load_or_store(map, 20, 5, &actual) < 0) {
		assert_int_equal(errno, ENOMEM);
		check_absent(map, 20);
		refusals++;
	}
	while (shared_map_store_all(map, many, LENGTH(many)) < 0) {
		assert_int_equal(errno, ENOMEM);
		check_absent(map, many[0].key);
		refusals++;
	}
	while (shared_map_delete(map, 0) < 0) {
		assert_int_equal(errno, ENOMEM);
		check_load(map, 0, 0);
		refusals++;
	}
	arm(NONE);
	check_absent(map, 0);
	check_load(map, 1000, 6);
	for (key = 1; key < 20; key++)
		check_load(map, key, key);
	check_load(map, 20, 5);
	shared_map_free(map);
	assert_in_range(refusals, 0, 1);
	return refusals > 0;
}

static void every_failed_request_is_reported(void **state)
{
	long nth = 1;

	(void)state;
	while (map_survives(nth))
		nth++;
	/* The map, and each time that it grew. */
	assert_true(nth > 3);
}

/* ---- Several threads ---- */

enum { THREADS = 4, OWN = 50, ROUNDS = 20, CLAIMS = 200, WHEEL = 7 };

struct crew {
	struct shared_map *map;
	atomic_uint next_id;
	atomic_uint mistakes; /* cmocka's asserts are for its own thread */
	atomic_uint claimed;
	atomic_bool done;
};

static void expect(struct crew *crew, bool truth)
{
	if (!truth)
		atomic_fetch_add(&crew->mistakes, 1);
}

/* Start WORK in THREADS threads, and LOOK, if there is one, in another one until
 * they are done. */
static void run_crew(struct crew *crew, void *(*work)(void *crew),
		     void *(*look)(void *crew))
{
	pthread_t threads[THREADS], looker;
	int i;

	crew->map = new_map();
	if (look != NULL)
		assert_int_equal(pthread_create(&looker, NULL, look, crew), 0);
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, work, crew),
				 0);
	for (i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	atomic_store(&crew->done, true);
	if (look != NULL)
		pthread_join(looker, NULL);
	assert_int_equal(crew->mistakes, 0);
}

/* Nobody else touches these keys: what others store must not undo it. */
static void *store_own_keys(void *arg)
{
	struct crew *crew = arg;
	uint64_t first = (uint64_t)atomic_fetch_add(&crew->next_id, 1) * OWN;
	uint64_t round, key, value;

	for (round = 1; round <= ROUNDS; round++) {
		for (key = first; key < first + OWN; key++)
			expect(crew, shared_map_store(crew->map, key, round) ==
					     0);
		expect(crew, shared_map_delete(crew->map, first) == 1);
		expect(crew, !shared_map_load(crew->map, first, &value));
		for (key = first + 1; key < first + OWN; key++)
			expect(crew,
			       shared_map_load(crew->map, key, &value) &&
				       value == round);
	}
	return NULL;
}

static void no_change_is_lost(void **state)
{
	struct crew crew = {.done = false};
	uint64_t key;

	(void)state;
	run_crew(&crew, store_own_keys, NULL);
	for (key = 0; key < THREADS * OWN; key++) {
		if (key % OWN == 0)
			check_absent(crew.map, key);
		else
			check_load(crew.map, key, ROUNDS);
	}
	shared_map_free(crew.map);
}

/* All want the same keys; for each of them, one thread stores, the others are
 * told what it stored, and one thread deletes. */
static void *claim(void *arg)
{
	struct crew *crew = arg;
	uint64_t id = atomic_fetch_add(&crew->next_id, 1);
	uint64_t key, actual;
	int rc;

	for (key = 0; key < CLAIMS; key++) {
		rc = shared_map_load_or_store(crew->map, key, id, &actual);
		expect(crew, rc == 1 || (rc == 0 && actual == id));
		expect(crew, actual < THREADS);
		if (rc == 0)
			atomic_fetch_add(&crew->claimed, 1);
	}
	return NULL;
}

static void *delete_all(void *arg)
{
	struct crew *crew = arg;
	uint64_t key;

	for (key = 0; key < CLAIMS; key++) {
		int rc = shared_map_delete(crew->map, key);

		expect(crew, rc >= 0);
		if (rc == 1)
			atomic_fetch_add(&crew->claimed, 1);
	}
	return NULL;
}

static void one_of_many_stores_and_one_deletes(void **state)
{
	struct crew crew = {.done = false};
	pthread_t threads[THREADS];
	int i;

	(void)state;
	run_crew(&crew, claim, NULL);
	assert_int_equal(crew.claimed, CLAIMS);
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, delete_all,
						&crew),
				 0);
	for (i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(crew.mistakes, 0);
	assert_int_equal(crew.claimed, 2 * CLAIMS);
	shared_map_free(crew.map);
}

/* Each thread counts up its own WHEEL of keys, one key after the other.  At any
 * one moment a wheel reads 5 5 5 4 4 4 4: a number, then that number less one.
 * What a reader puts together from two moments may not. */
static void *turn_wheel(void *arg)
{
	struct crew *crew = arg;
	uint64_t first = (uint64_t)atomic_fetch_add(&crew->next_id, 1) * WHEEL;
	uint64_t i;

	for (i = 0; i < 100 * WHEEL; i++)
		expect(crew, shared_map_store(crew->map, first + i % WHEEL,
					      1 + i / WHEEL) == 0);
	return NULL;
}

struct wheels {
	uint64_t value[THREADS * WHEEL]; /* 0: no entry yet */
	bool twice;
};

static bool note_value(uint64_t key, uint64_t value, void *arg)
{
	struct wheels *wheels = arg;

	wheels->twice |= wheels->value[key] != 0;
	wheels->value[key] = value;
	return true;
}

static bool is_one_moment(const struct wheels *wheels)
{
	const uint64_t *wheel = wheels->value;
	int i, k;

	for (i = 0; i < THREADS; i++, wheel += WHEEL) {
		for (k = 1; k < WHEEL; k++) {
			if (wheel[k] > wheel[k - 1])
				return false;
		}
		if (wheel[0] - wheel[WHEEL - 1] > 1)
			return false;
	}
	return !wheels->twice;
}

static void *watch_wheels(void *arg)
{
	struct crew *crew = arg;

	do {
		struct wheels wheels = {.twice = false};

		shared_map_range(crew->map, note_value, &wheels);
		expect(crew, is_one_moment(&wheels));
	} while (!atomic_load(&crew->done));
	return NULL;
}

static void a_range_sees_one_moment(void **state)
{
	struct crew crew = {.done = false};
	struct wheels wheels = {.twice = false};
	uint64_t i;

	(void)state;
	run_crew(&crew, turn_wheel, watch_wheels);
	shared_map_range(crew.map, note_value, &wheels);
	for (i = 0; i < THREADS * WHEEL; i++)
		assert_int_equal(wheels.value[i], 100);
	shared_map_free(crew.map);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, nothing_armed, nothing_leaked)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_stored_is_loaded),
		TEST(many_are_stored_at_once),
		TEST(the_first_of_two_stays),
		TEST(what_was_deleted_is_gone),
		TEST(a_range_visits_each_entry_once),
		TEST(every_failed_request_is_reported),
		TEST(no_change_is_lost),
		TEST(one_of_many_stores_and_one_deletes),
		TEST(a_range_sees_one_moment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
