/* A hash map from whatever the caller compares to pointers: open addressing,
 * linear probing, hashes beside the items so that neither a miss nor growing
 * touches the items themselves. */
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#define FIRST_CAP 16

/* Odd constants with evenly spread bits (the golden ratio and the square root
 * of 3, scaled to 64 bits). */
#define MIX_A UINT64_C(0x9e3779b97f4a7c15)
#define MIX_B UINT64_C(0xbb67ae8584caa73b)

static uint64_t mix(uint64_t h, uint64_t word)
{
	h = (h ^ word) * MIX_A;
	return h ^ h >> 32;
}

uint32_t bi_map_hash(const void *data, size_t len)
{
	const char *p = data;
	uint64_t h = len * MIX_B, word;

	for (; len >= sizeof(word); len -= sizeof(word)) {
		memcpy(&word, p, sizeof(word));
		h = mix(h, word);
		p += sizeof(word);
	}
	if (len > 0) {
		word = 0;
		memcpy(&word, p, len);
		h = mix(h, word);
	}
	h *= MIX_B;
	return (uint32_t)(h >> 32);
}

void *bi_map_find(const struct bi_map *map, uint32_t hash, bi_map_equal *equal,
		  const void *key)
{
	size_t i;

	if (map->cap == 0)
		return NULL;
	for (i = hash & (map->cap - 1); map->items[i] != NULL;
	     i = (i + 1) & (map->cap - 1)) {
		if (map->hashes[i] == hash && equal(map->items[i], key))
			return map->items[i];
	}
	return NULL;
}

static void place(struct bi_map *map, uint32_t hash, void *item)
{
	size_t i = hash & (map->cap - 1);

	while (map->items[i] != NULL)
		i = (i + 1) & (map->cap - 1);
	map->items[i] = item;
	map->hashes[i] = hash;
}

static int grow(struct bi_map *map)
{
	struct bi_map bigger = BI_MAP_INIT;
	size_t i;

	if (map->cap > SIZE_MAX / 2 / sizeof(void *))
		return BENCH_ENOMEM;
	bigger.cap = map->cap == 0 ? FIRST_CAP : map->cap * 2;
	bigger.count = map->count;
	bigger.items = calloc(bigger.cap, sizeof(*bigger.items));
	bigger.hashes = malloc(bigger.cap * sizeof(*bigger.hashes));
	if (bigger.items == NULL || bigger.hashes == NULL) {
		bi_map_release(&bigger);
		return BENCH_ENOMEM;
	}
	for (i = 0; i < map->cap; i++) {
		if (map->items[i] != NULL)
			place(&bigger, map->hashes[i], map->items[i]);
	}
	bi_map_release(map);
	*map = bigger;
	return 0;
}

int bi_map_add(struct bi_map *map, uint32_t hash, void *item)
{
	/* At most three quarters full: a probe stays short. */
	if (map->count + 1 > map->cap - map->cap / 4) {
		int rc = grow(map);

		if (rc < 0)
			return rc;
	}
	place(map, hash, item);
	map->count++;
	return 0;
}

void bi_map_release(struct bi_map *map)
{
	free(map->items);
	free(map->hashes);
	*map = (struct bi_map)BI_MAP_INIT;
}
