/* A hash map behind a lock that readers share. */
#include "copy_on_write_map.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "hash_map.h"

#define KIND (&hash_map_of_numbers)

struct shared_map {
	pthread_rwlock_t lock;
	struct hash_map entries;
};

struct shared_map *shared_map_new(void)
{
	struct shared_map *map = malloc(sizeof(*map));
	int rc;

	if (map == NULL)
		return NULL;
	rc = pthread_rwlock_init(&map->lock, NULL);
	if (rc != 0) {
		free(map);
		errno = rc;
		return NULL;
	}
	map->entries = (struct hash_map)HASH_MAP_INIT;
	return map;
}

void shared_map_free(struct shared_map *map)
{
	if (map == NULL)
		return;
	hash_map_release(&map->entries, KIND);
	pthread_rwlock_destroy(&map->lock);
	free(map);
}

bool shared_map_load(struct shared_map *map, uint64_t key, uint64_t *value)
{
	const uint64_t *found;

	pthread_rwlock_rdlock(&map->lock);
	found = hash_map_find(&map->entries, KIND, &key);
	if (found != NULL)
		*value = *found;
	pthread_rwlock_unlock(&map->lock);
	return found != NULL;
}

int shared_map_store_all(struct shared_map *map,
			 const struct shared_map_entry *entries, size_t count)
{
	size_t i;
	int rc;

	pthread_rwlock_wrlock(&map->lock);
	rc = hash_map_reserve(&map->entries, KIND, count);
	for (i = 0; rc == 0 && i < count; i++)
		*hash_map_add(&map->entries, KIND, &entries[i].key) =
			entries[i].value;
	pthread_rwlock_unlock(&map->lock);
	return rc;
}

int shared_map_store(struct shared_map *map, uint64_t key, uint64_t value)
{
	uint64_t *place;

	pthread_rwlock_wrlock(&map->lock);
	place = hash_map_add(&map->entries, KIND, &key);
	if (place != NULL)
		*place = value;
	pthread_rwlock_unlock(&map->lock);
	return place != NULL ? 0 : -1;
}

int shared_map_load_or_store(struct shared_map *map, uint64_t key,
			     uint64_t value, uint64_t *actual)
{
	uint64_t *place;
	size_t count;
	int rc = -1;

	if (shared_map_load(map, key, actual))
		return 1;
	pthread_rwlock_wrlock(&map->lock);
	count = map->entries.count;
	place = hash_map_add(&map->entries, KIND, &key);
	if (place != NULL) {
		/* Another thread may have stored it since the look above. */
		rc = map->entries.count == count;
		if (rc == 0)
			*place = value;
		*actual = *place;
	}
	pthread_rwlock_unlock(&map->lock);
	return rc;
}

int shared_map_delete(struct shared_map *map, uint64_t key)
{
	bool removed;

	pthread_rwlock_wrlock(&map->lock);
	removed = hash_map_remove(&map->entries, KIND, &key);
	pthread_rwlock_unlock(&map->lock);
	return removed;
}

void shared_map_range(struct shared_map *map,
		      bool (*visit)(uint64_t key, uint64_t value, void *arg),
		      void *arg)
{
	uint64_t key, value;
	const void *place;
	size_t at = 0;

	pthread_rwlock_rdlock(&map->lock);
	while (hash_map_next(&map->entries, KIND, &at, &place, &value)) {
		memcpy(&key, place, sizeof(key));
		if (!visit(key, value, arg))
			break;
	}
	pthread_rwlock_unlock(&map->lock);
}
