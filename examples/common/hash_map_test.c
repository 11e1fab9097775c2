/* What hash_map.h promises: with numbers, with keys that all collide, and with
 * strings. */
#include "hash_map.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "test_heap.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* Every key begins its search at the same slot, the last but one of eight: what
 * follows wraps around. */
static uint64_t hash_badly(const void *key)
{
	(void)key;
	return 6;
}

static const struct hash_map_kind colliding = {
	.key_size = sizeof(uint64_t),
	.hash = hash_badly,
	.equal = hash_map_number_equal,
	.allocate = malloc,
	.release = free,
};

/* Few slots to begin at: long runs that meet each other. */
static uint64_t hash_into_three(const void *key)
{
	return hash_map_number_hash(key) % 3 * 5;
}

static const struct hash_map_kind crowded = {
	.key_size = sizeof(uint64_t),
	.hash = hash_into_three,
	.equal = hash_map_number_equal,
	.allocate = malloc,
	.release = free,
};

static uint64_t hash_string(const void *key)
{
	const char *p = *(const char *const *)key;
	uint64_t hash = 0;

	while (*p != '\0')
		hash = hash_map_mix(hash + (unsigned char)*p++);
	return hash;
}

static bool equal_strings(const void *key, const void *other)
{
	return strcmp(*(const char *const *)key,
		      *(const char *const *)other) == 0;
}

static const struct hash_map_kind strings = {
	.key_size = sizeof(const char *),
	.hash = hash_string,
	.equal = equal_strings,
	.allocate = malloc,
	.release = free,
};

static void add(struct hash_map *map, const struct hash_map_kind *kind,
		uint64_t key, uint64_t value)
{
	uint64_t *place = hash_map_add(map, kind, &key);

	assert_non_null(place);
	*place = value;
}

static void check_value(const struct hash_map *map, uint64_t key, uint64_t want)
{
	const uint64_t *value = hash_map_find(map, &hash_map_of_numbers, &key);

	assert_non_null(value);
	assert_int_equal(*value, want);
}

static void an_empty_map_has_nothing(void **state)
{
	struct hash_map map = HASH_MAP_INIT;
	uint64_t key = 0, value;
	const void *at_key;
	size_t at = 0;

	(void)state;
	assert_null(hash_map_find(&map, &hash_map_of_numbers, &key));
	assert_false(hash_map_remove(&map, &hash_map_of_numbers, &key));
	assert_false(hash_map_next(&map, &hash_map_of_numbers, &at, &at_key,
				   &value));
	assert_int_equal(map.count, 0);
	hash_map_release(&map, &hash_map_of_numbers);
}

static void any_number_is_a_key(void **state)
{
	static const uint64_t keys[] = {0, 1, UINT64_MAX, (uint64_t)1 << 63};
	struct hash_map map = HASH_MAP_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(keys); i++)
		add(&map, &hash_map_of_numbers, keys[i], ~keys[i]);
	assert_int_equal(map.count, LENGTH(keys));
	for (i = 0; i < LENGTH(keys); i++)
		check_value(&map, keys[i], ~keys[i]);
	hash_map_release(&map, &hash_map_of_numbers);
	assert_int_equal(map.count, 0);
}

static void a_new_value_is_zero_and_an_old_one_stays(void **state)
{
	struct hash_map map = HASH_MAP_INIT;
	uint64_t key = 7;
	uint64_t *value = hash_map_add(&map, &hash_map_of_numbers, &key);

	(void)state;
	assert_non_null(value);
	assert_int_equal(*value, 0);
	*value = 70;
	value = hash_map_add(&map, &hash_map_of_numbers, &key);
	assert_non_null(value);
	assert_int_equal(*value, 70);
	assert_int_equal(map.count, 1);
	hash_map_release(&map, &hash_map_of_numbers);
}

static void reserved_room_is_not_allocated_again(void **state)
{
	struct hash_map map = HASH_MAP_INIT;
	uint64_t i;

	(void)state;
	assert_int_equal(hash_map_reserve(&map, &hash_map_of_numbers, 1000), 0);
	arm(EVERY);
	for (i = 0; i < 1000; i++)
		add(&map, &hash_map_of_numbers, i, i);
	arm(NONE);
	assert_int_equal(map.count, 1000);
	hash_map_release(&map, &hash_map_of_numbers);
}

static void impossible_sizes_are_refused(void **state)
{
	static const size_t sizes[] = {SIZE_MAX, SIZE_MAX / 2, SIZE_MAX / 16,
				       PTRDIFF_MAX / 17 + 1};
	struct hash_map map = HASH_MAP_INIT;
	size_t i;

	(void)state;
	add(&map, &hash_map_of_numbers, 1, 2);
	arm(NONE);
	for (i = 0; i < LENGTH(sizes); i++)
		assert_int_equal(hash_map_reserve(&map, &hash_map_of_numbers,
						  sizes[i]),
				 -1);
	assert_int_equal(requests, 0);
	check_value(&map, 1, 2);
	hash_map_release(&map, &hash_map_of_numbers);
}

static void a_copy_is_on_its_own(void **state)
{
	static const size_t more[] = {0, 1, 1000};
	struct hash_map map = HASH_MAP_INIT;
	struct hash_map copy;
	uint64_t i, key = 3;
	size_t k;

	(void)state;
	for (i = 0; i < 100; i++)
		add(&map, &hash_map_of_numbers, i, i * i);
	for (k = 0; k < LENGTH(more); k++) {
		assert_int_equal(hash_map_copy(&copy, &map,
					       &hash_map_of_numbers, more[k]),
				 0);
		assert_int_equal(copy.count, 100);
		assert_true(hash_map_remove(&copy, &hash_map_of_numbers, &key));
		for (i = 0; i < 100; i++) {
			check_value(&map, i, i * i);
			if (i != key)
				check_value(&copy, i, i * i);
		}
		hash_map_release(&copy, &hash_map_of_numbers);
	}
	hash_map_release(&map, &hash_map_of_numbers);
}

static void strings_are_compared_by_their_text(void **state)
{
	static char text[] = "aa", same[] = "aa", other[] = "ab";
	const char *key = text;
	struct hash_map map = HASH_MAP_INIT;

	(void)state;
	assert_non_null(hash_map_add(&map, &strings, &key));
	key = same;
	assert_non_null(hash_map_find(&map, &strings, &key));
	key = other;
	assert_null(hash_map_find(&map, &strings, &key));
	hash_map_release(&map, &strings);
}

/* A model of a map: which of KEYS numbers are in it, and with what value. */
enum { KEYS = 48 };

struct model {
	bool present[KEYS];
	uint64_t value[KEYS];
	size_t count;
};

static void check_lookups(const struct hash_map *map,
			  const struct hash_map_kind *kind,
			  const struct model *model)
{
	uint64_t key;

	for (key = 0; key < KEYS; key++) {
		const uint64_t *value = hash_map_find(map, kind, &key);

		assert_int_equal(value != NULL, model->present[key]);
		if (value != NULL)
			assert_int_equal(*value, model->value[key]);
	}
}

/* Each entry once, and nothing else. */
static void check_iteration(const struct hash_map *map,
			    const struct hash_map_kind *kind,
			    const struct model *model)
{
	bool seen[KEYS] = {false};
	size_t at = 0, count = 0;
	uint64_t key, value;
	const void *place;

	while (hash_map_next(map, kind, &at, &place, &value)) {
		memcpy(&key, place, sizeof(key));
		assert_in_range(key, 0, KEYS - 1);
		assert_true(model->present[key] && !seen[key]);
		assert_int_equal(value, model->value[key]);
		seen[key] = true;
		count++;
	}
	assert_int_equal(count, model->count);
	assert_int_equal(map->count, model->count);
}

static void step(struct hash_map *map, const struct hash_map_kind *kind,
		 struct model *model, uint64_t random)
{
	uint64_t key = random % KEYS;

	if (random >> 32 & 1) {
		assert_int_equal(hash_map_remove(map, kind, &key),
				 model->present[key]);
		model->count -= model->present[key];
		model->present[key] = false;
		return;
	}
	add(map, kind, key, random);
	model->count += !model->present[key];
	model->present[key] = true;
	model->value[key] = random;
}

static void check_against_model(const struct hash_map_kind *kind, uint64_t seed)
{
	struct hash_map map = HASH_MAP_INIT;
	struct model model = {.count = 0};
	int i;

	for (i = 0; i < 1000; i++) {
		step(&map, kind, &model, hash_map_mix(++seed));
		check_lookups(&map, kind, &model);
		check_iteration(&map, kind, &model);
	}
	hash_map_release(&map, kind);
}

static void random_changes_do_what_a_model_does(void **state)
{
	uint64_t seed;

	(void)state;
	for (seed = 1; seed <= 5; seed++) {
		check_against_model(&hash_map_of_numbers, seed << 40);
		check_against_model(&crowded, seed << 40);
		check_against_model(&colliding, seed << 40);
	}
}

/* Add with the NTH request failing: the entry is missing, the others are not,
 * and a second try succeeds.  Returns true if the request was met. */
static bool map_survives(long nth)
{
	struct hash_map map = HASH_MAP_INIT;
	struct hash_map copy;
	uint64_t key;
	bool met;

	arm(nth);
	for (key = 0; key < 100; key++) {
		if (hash_map_add(&map, &hash_map_of_numbers, &key) != NULL)
			continue;
		assert_int_equal(map.count, key);
		assert_null(hash_map_find(&map, &hash_map_of_numbers, &key));
		assert_non_null(
			hash_map_add(&map, &hash_map_of_numbers, &key));
	}
	if (hash_map_copy(&copy, &map, &hash_map_of_numbers, 1000) < 0)
		assert_null(copy.slots);
	met = requests >= nth;
	arm(NONE);
	for (key = 0; key < 100; key++)
		check_value(&map, key, 0);
	hash_map_release(&map, &hash_map_of_numbers);
	hash_map_release(&copy, &hash_map_of_numbers);
	assert_int_equal(live_blocks, 0);
	return met;
}

static void every_failed_request_leaves_the_map(void **state)
{
	long nth = 1;

	(void)state;
	while (map_survives(nth))
		nth++;
	assert_true(nth > 5);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, nothing_armed, nothing_leaked)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_empty_map_has_nothing),
		TEST(any_number_is_a_key),
		TEST(a_new_value_is_zero_and_an_old_one_stays),
		TEST(reserved_room_is_not_allocated_again),
		TEST(impossible_sizes_are_refused),
		TEST(a_copy_is_on_its_own),
		TEST(strings_are_compared_by_their_text),
		TEST(random_changes_do_what_a_model_does),
		TEST(every_failed_request_leaves_the_map),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
