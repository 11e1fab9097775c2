/* A map that never changes, and a pointer to it that does.
 *
 * Readers follow the pointer and take no lock.  A writer copies the map, changes
 * the copy, points to it, and frees the old one when no reader is left in it. */
#include "copy_on_write_map.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "grace.h"
#include "hash_map.h"

#define KIND (&hash_map_of_numbers)

/* Readers load CURRENT, and writers take turns at WRITING.  A cache line each:
 * a writer that takes its turn would take the pointer from the readers. */
struct shared_map {
	_Alignas(64) _Atomic(struct hash_map *) current;
	_Alignas(64) pthread_mutex_t writing;
};

static void free_version(struct hash_map *version)
{
	hash_map_release(version, KIND);
	free(version);
}

/* A copy of VERSION with room for MORE entries. */
static struct hash_map *copy_version(const struct hash_map *version, size_t more)
{
	struct hash_map *copy = malloc(sizeof(*copy));

	if (copy != NULL && hash_map_copy(copy, version, KIND, more) < 0) {
		free(copy);
		copy = NULL;
	}
	return copy;
}

/* The version that a reader between grace_enter and grace_leave may read, or a
 * writer whose turn it is. */
static struct hash_map *current_version(struct shared_map *map)
{
	return atomic_load_explicit(&map->current, memory_order_acquire);
}

/* End the writer's turn with NEXT in the place of OLD, and free OLD. */
static void publish(struct shared_map *map, struct hash_map *old,
		    struct hash_map *next)
{
	atomic_store_explicit(&map->current, next, memory_order_release);
	pthread_mutex_unlock(&map->writing);
	grace_wait();
	free_version(old);
}

struct shared_map *shared_map_new(void)
{
	struct shared_map *map = aligned_alloc(_Alignof(struct shared_map),
					       sizeof(*map));
	struct hash_map *empty = calloc(1, sizeof(*empty));
	int rc = ENOMEM;

	if (map == NULL || empty == NULL)
		goto failed;
	rc = pthread_mutex_init(&map->writing, NULL);
	if (rc != 0)
		goto failed;
	atomic_init(&map->current, empty);
	return map;
failed:
	free(empty);
	free(map);
	errno = rc;
	return NULL;
}

void shared_map_free(struct shared_map *map)
{
	if (map == NULL)
		return;
	free_version(current_version(map));
	pthread_mutex_destroy(&map->writing);
	free(map);
}

bool shared_map_load(struct shared_map *map, uint64_t key, uint64_t *value)
{
	const uint64_t *found;

	grace_enter();
	found = hash_map_find(current_version(map), KIND, &key);
	if (found != NULL)
		*value = *found;
	grace_leave();
	return found != NULL;
}

/* In the writer's turn, which ends here: the version that follows OLD has the
 * COUNT ENTRIES. */
static int store_and_end(struct shared_map *map, struct hash_map *old,
			 const struct shared_map_entry *entries, size_t count)
{
	struct hash_map *next = copy_version(old, count);
	size_t i;

	if (next == NULL) {
		pthread_mutex_unlock(&map->writing);
		return -1;
	}
	for (i = 0; i < count; i++)
		*hash_map_add(next, KIND, &entries[i].key) = entries[i].value;
	publish(map, old, next);
	return 0;
}

int shared_map_store_all(struct shared_map *map,
			 const struct shared_map_entry *entries, size_t count)
{
	pthread_mutex_lock(&map->writing);
	return store_and_end(map, current_version(map), entries, count);
}

int shared_map_store(struct shared_map *map, uint64_t key, uint64_t value)
{
	const struct shared_map_entry entry = {key, value};

	return shared_map_store_all(map, &entry, 1);
}

int shared_map_load_or_store(struct shared_map *map, uint64_t key,
			     uint64_t value, uint64_t *actual)
{
	const struct shared_map_entry entry = {key, value};
	struct hash_map *old;
	const uint64_t *found;

	if (shared_map_load(map, key, actual))
		return 1;
	pthread_mutex_lock(&map->writing);
	old = current_version(map);
	/* Another thread may have stored it since the look above. */
	found = hash_map_find(old, KIND, &key);
	if (found != NULL) {
		*actual = *found;
		pthread_mutex_unlock(&map->writing);
		return 1;
	}
	*actual = value;
	return store_and_end(map, old, &entry, 1);
}

int shared_map_delete(struct shared_map *map, uint64_t key)
{
	struct hash_map *old, *next = NULL;
	bool present;

	pthread_mutex_lock(&map->writing);
	old = current_version(map);
	present = hash_map_find(old, KIND, &key) != NULL;
	if (present)
		next = copy_version(old, 0);
	if (next == NULL) {
		pthread_mutex_unlock(&map->writing);
		return present ? -1 : 0;
	}
	hash_map_remove(next, KIND, &key);
	publish(map, old, next);
	return 1;
}

void shared_map_range(struct shared_map *map,
		      bool (*visit)(uint64_t key, uint64_t value, void *arg),
		      void *arg)
{
	uint64_t key, value;
	const void *place;
	size_t at = 0;
	const struct hash_map *version;

	grace_enter();
	version = current_version(map);
	while (hash_map_next(version, KIND, &at, &place, &value)) {
		memcpy(&key, place, sizeof(key));
		if (!visit(key, value, arg))
			break;
	}
	grace_leave();
}
