/* A hash map from whatever the caller compares to pointers. */
#ifndef BI_BASE_MAP_H
#define BI_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* BI_MAP_INIT (all zero) is an empty one.  The items belong to the caller. */
struct bi_map {
	uint32_t *hashes;
	void **items; /* NULL: a free slot */
	size_t count;
	size_t cap; /* 0 or a power of two */
};

#define BI_MAP_INIT {NULL, NULL, 0, 0}

/* Whether ITEM, which has the hash that is looked for, is the one for KEY. */
typedef bool bi_map_equal(const void *item, const void *key);

uint32_t bi_map_hash(const void *data, size_t len);

/* The item for KEY, whose hash is HASH; NULL if there is none. */
void *bi_map_find(const struct bi_map *map, uint32_t hash, bi_map_equal *equal,
		  const void *key);

/* Add ITEM (not NULL), which the map does not have yet.  BENCH_ENOMEM leaves
 * the map as it was. */
int bi_map_add(struct bi_map *map, uint32_t hash, void *item);

void bi_map_release(struct bi_map *map);

#endif
