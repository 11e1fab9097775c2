/* One lock: whoever adds or looks waits for everybody else. */
#include "sharding.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "hash_map.h"

/* ---- Tally ---- */

struct tally {
	pthread_mutex_t lock;
	struct hash_map map;
};

static bool is_number_of_shards(size_t shards)
{
	return shards > 0 && shards <= SHARDS_MOST &&
	       (shards & (shards - 1)) == 0;
}

struct tally *tally_new(size_t shards)
{
	struct tally *tally;

	if (!is_number_of_shards(shards)) {
		errno = EINVAL;
		return NULL;
	}
	tally = malloc(sizeof(*tally));
	if (tally == NULL)
		return NULL;
	pthread_mutex_init(&tally->lock, NULL);
	tally->map = (struct hash_map)HASH_MAP_INIT;
	return tally;
}

void tally_free(struct tally *tally)
{
	if (tally == NULL)
		return;
	hash_map_release(&tally->map, &hash_map_of_numbers);
	pthread_mutex_destroy(&tally->lock);
	free(tally);
}

int tally_add(struct tally *tally, uint64_t key, uint64_t n)
{
	uint64_t *value;

	pthread_mutex_lock(&tally->lock);
	value = hash_map_add(&tally->map, &hash_map_of_numbers, &key);
	if (value != NULL)
		*value += n;
	pthread_mutex_unlock(&tally->lock);
	return value == NULL ? -1 : 0;
}

uint64_t tally_get(struct tally *tally, uint64_t key)
{
	const uint64_t *value;
	uint64_t n;

	pthread_mutex_lock(&tally->lock);
	value = hash_map_find(&tally->map, &hash_map_of_numbers, &key);
	n = value == NULL ? 0 : *value;
	pthread_mutex_unlock(&tally->lock);
	return n;
}

size_t tally_count(struct tally *tally)
{
	size_t count;

	pthread_mutex_lock(&tally->lock);
	count = tally->map.count;
	pthread_mutex_unlock(&tally->lock);
	return count;
}

/* ---- Counter ---- */

struct counter {
	pthread_mutex_t lock;
	uint64_t n;
};

struct counter *counter_new(size_t shards)
{
	struct counter *counter;

	if (!is_number_of_shards(shards)) {
		errno = EINVAL;
		return NULL;
	}
	counter = malloc(sizeof(*counter));
	if (counter == NULL)
		return NULL;
	pthread_mutex_init(&counter->lock, NULL);
	counter->n = 0;
	return counter;
}

void counter_free(struct counter *counter)
{
	if (counter == NULL)
		return;
	pthread_mutex_destroy(&counter->lock);
	free(counter);
}

void counter_add(struct counter *counter, uint64_t n)
{
	pthread_mutex_lock(&counter->lock);
	counter->n += n;
	pthread_mutex_unlock(&counter->lock);
}

uint64_t counter_read(struct counter *counter)
{
	uint64_t n;

	pthread_mutex_lock(&counter->lock);
	n = counter->n;
	pthread_mutex_unlock(&counter->lock);
	return n;
}
