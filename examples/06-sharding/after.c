/* Many locks: each guards a part of the keys, so that two threads only meet if
 * they want the same part at the same time. */
#include "sharding.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "hash_map.h"
#include "thread_number.h"

/* What processors pass between each other.  packed.c says less, to show what
 * that costs. */
#ifndef SHARD_ALIGN
#define SHARD_ALIGN 64
#endif

static bool is_number_of_shards(size_t shards)
{
	return shards > 0 && shards <= SHARDS_MOST &&
	       (shards & (shards - 1)) == 0;
}

/* ---- Tally ---- */

struct shard {
	_Alignas(SHARD_ALIGN) pthread_mutex_t lock;
	struct hash_map map;
};

struct tally {
	size_t shards;
	struct shard *shard;
};

/* The map finds a key by the lowest bits of its hash, and compares the highest:
 * were they the same for all keys of a shard, they would tell it nothing. */
static struct shard *shard_of(const struct tally *tally, uint64_t key)
{
	return &tally->shard[hash_map_mix(key) >> 32 & (tally->shards - 1)];
}

struct tally *tally_new(size_t shards)
{
	struct tally *tally;
	size_t i;

	if (!is_number_of_shards(shards)) {
		errno = EINVAL;
		return NULL;
	}
	tally = malloc(sizeof(*tally));
	if (tally == NULL)
		return NULL;
	tally->shards = shards;
	tally->shard = aligned_alloc(_Alignof(struct shard),
				     shards * sizeof(*tally->shard));
	if (tally->shard == NULL) {
		free(tally);
		return NULL;
	}
	for (i = 0; i < shards; i++) {
		pthread_mutex_init(&tally->shard[i].lock, NULL);
		tally->shard[i].map = (struct hash_map)HASH_MAP_INIT;
	}
	return tally;
}

void tally_free(struct tally *tally)
{
	size_t i;

	if (tally == NULL)
		return;
	for (i = 0; i < tally->shards; i++) {
		hash_map_release(&tally->shard[i].map, &hash_map_of_numbers);
		pthread_mutex_destroy(&tally->shard[i].lock);
	}
	free(tally->shard);
	free(tally);
}

int tally_add(struct tally *tally, uint64_t key, uint64_t n)
{
	struct shard *shard = shard_of(tally, key);
	uint64_t *value;

	pthread_mutex_lock(&shard->lock);
	value = hash_map_add(&shard->map, &hash_map_of_numbers, &key);
	if (value != NULL)
		*value += n;
	pthread_mutex_unlock(&shard->lock);
	return value == NULL ? -1 : 0;
}

uint64_t tally_get(struct tally *tally, uint64_t key)
{
	struct shard *shard = shard_of(tally, key);
	const uint64_t *value;
	uint64_t n;

	pthread_mutex_lock(&shard->lock);
	value = hash_map_find(&shard->map, &hash_map_of_numbers, &key);
	n = value == NULL ? 0 : *value;
	pthread_mutex_unlock(&shard->lock);
	return n;
}

size_t tally_count(struct tally *tally)
{
	size_t count = 0;
	size_t i;

	for (i = 0; i < tally->shards; i++) {
		pthread_mutex_lock(&tally->shard[i].lock);
		count += tally->shard[i].map.count;
		pthread_mutex_unlock(&tally->shard[i].lock);
	}
	return count;
}

/* ---- Counter, unless further.c brings its own ---- */

#ifndef COUNTER_PER_THREAD

struct part {
	_Alignas(SHARD_ALIGN) pthread_mutex_t lock;
	uint64_t n;
};

struct counter {
	size_t shards;
	struct part *part;
};

struct counter *counter_new(size_t shards)
{
	struct counter *counter;
	size_t i;

	if (!is_number_of_shards(shards)) {
		errno = EINVAL;
		return NULL;
	}
	counter = malloc(sizeof(*counter));
	if (counter == NULL)
		return NULL;
	counter->shards = shards;
	counter->part = aligned_alloc(_Alignof(struct part),
				      shards * sizeof(*counter->part));
	if (counter->part == NULL) {
		free(counter);
		return NULL;
	}
	for (i = 0; i < shards; i++) {
		pthread_mutex_init(&counter->part[i].lock, NULL);
		counter->part[i].n = 0;
	}
	return counter;
}

void counter_free(struct counter *counter)
{
	size_t i;

	if (counter == NULL)
		return;
	for (i = 0; i < counter->shards; i++)
		pthread_mutex_destroy(&counter->part[i].lock);
	free(counter->part);
	free(counter);
}

/* There is no key to choose by, but any part will do: each thread's own. */
void counter_add(struct counter *counter, uint64_t n)
{
	struct part *part =
		&counter->part[thread_number() & (counter->shards - 1)];

	pthread_mutex_lock(&part->lock);
	part->n += n;
	pthread_mutex_unlock(&part->lock);
}

uint64_t counter_read(struct counter *counter)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < counter->shards; i++) {
		pthread_mutex_lock(&counter->part[i].lock);
		n += counter->part[i].n;
		pthread_mutex_unlock(&counter->part[i].lock);
	}
	return n;
}

#endif
