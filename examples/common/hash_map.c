/* Everything of the hash map but the lookup, which is in the header. */
#include "hash_map.h"

/* The least number of slots: their tags fill one word. */
#define FIRST_CAP 8

static size_t slot_size(const struct hash_map_kind *kind)
{
	return kind->key_size + sizeof(uint64_t);
}

static size_t home(const struct hash_map *map, uint64_t hash)
{
	return hash & (map->cap - 1);
}

/* How many entries CAP slots may hold.  With a quarter of them empty, linear
 * probing looks at 2.5 slots to find a key and at 8.5 to miss one (Knuth, volume
 * 3, section 6.4). */
static size_t most(size_t cap)
{
	return cap - cap / 4;
}

/* Slots for COUNT entries, or 0 if no block is that large. */
static size_t cap_for(const struct hash_map_kind *kind, size_t count)
{
	size_t limit = PTRDIFF_MAX / (slot_size(kind) + 1);
	size_t cap = FIRST_CAP;

	while (most(cap) < count) {
		if (cap > limit / 2)
			return 0;
		cap *= 2;
	}
	return cap;
}

/* A map with CAP empty slots. */
static int init(struct hash_map *map, const struct hash_map_kind *kind,
		size_t cap)
{
	unsigned char *block = NULL;

	*map = (struct hash_map)HASH_MAP_INIT;
	if (cap > 0)
		block = kind->allocate(cap * (slot_size(kind) + 1));
	if (block == NULL)
		return -1;
	map->cap = cap;
	map->slots = block;
	map->tags = block + cap * slot_size(kind);
	memset(map->tags, 0, cap);
	return 0;
}

/* An empty slot for a key with HASH, marked as in use. */
static unsigned char *take_slot(struct hash_map *map,
				const struct hash_map_kind *kind, uint64_t hash)
{
	size_t i = home(map, hash);

	while (map->tags[i] != 0)
		i = (i + 1) & (map->cap - 1);
	map->tags[i] = hash_map_tag(hash);
	map->count++;
	return map->slots + i * slot_size(kind);
}

int hash_map_copy(struct hash_map *copy, const struct hash_map *map,
		  const struct hash_map_kind *kind, size_t more)
{
	size_t cap = 0;
	size_t i;

	/* Both are less than PTRDIFF_MAX if there is to be such a block. */
	if (more <= PTRDIFF_MAX)
		cap = cap_for(kind, map->count + more);
	if (cap != 0 && cap < map->cap)
		cap = map->cap;
	if (init(copy, kind, cap) < 0)
		return -1;
	if (cap == map->cap) {
		memcpy(copy->slots, map->slots, cap * (slot_size(kind) + 1));
		copy->count = map->count;
		return 0;
	}
	for (i = 0; i < map->cap; i++) {
		const unsigned char *slot = map->slots + i * slot_size(kind);

		if (map->tags[i] != 0)
			memcpy(take_slot(copy, kind, kind->hash(slot)), slot,
			       slot_size(kind));
	}
	return 0;
}

int hash_map_reserve(struct hash_map *map, const struct hash_map_kind *kind,
		     size_t more)
{
	struct hash_map larger;

	if (more <= most(map->cap) - map->count)
		return 0;
	if (hash_map_copy(&larger, map, kind, more) < 0)
		return -1;
	hash_map_release(map, kind);
	*map = larger;
	return 0;
}

uint64_t *hash_map_add(struct hash_map *map, const struct hash_map_kind *kind,
		       const void *key)
{
	uint64_t *value = hash_map_find(map, kind, key);
	unsigned char *slot;

	if (value != NULL)
		return value;
	if (hash_map_reserve(map, kind, 1) < 0)
		return NULL;
	slot = take_slot(map, kind, kind->hash(key));
	memcpy(slot, key, kind->key_size);
	value = (uint64_t *)(void *)(slot + kind->key_size);
	*value = 0;
	return value;
}

/* Close the gap at HOLE: an entry behind it that a lookup would look for at the
 * hole, or before it, moves there and leaves a hole itself (Knuth, volume 3,
 * section 6.4, algorithm R). */
static void close_gap(struct hash_map *map, const struct hash_map_kind *kind,
		      size_t hole)
{
	size_t mask = map->cap - 1;
	size_t size = slot_size(kind);
	size_t i = hole;

	for (;;) {
		i = (i + 1) & mask;
		if (map->tags[i] == 0)
			break;
		/* How far it is from home, and from the hole. */
		if (((i - home(map, kind->hash(map->slots + i * size))) &
		     mask) < ((i - hole) & mask))
			continue;
		memcpy(map->slots + hole * size, map->slots + i * size, size);
		map->tags[hole] = map->tags[i];
		hole = i;
	}
	map->tags[hole] = 0;
}

bool hash_map_remove(struct hash_map *map, const struct hash_map_kind *kind,
		     const void *key)
{
	unsigned char *value = (void *)hash_map_find(map, kind, key);

	if (value == NULL)
		return false;
	close_gap(map, kind, (size_t)(value - map->slots) / slot_size(kind));
	map->count--;
	return true;
}

void hash_map_release(struct hash_map *map, const struct hash_map_kind *kind)
{
	kind->release(map->slots);
	*map = (struct hash_map)HASH_MAP_INIT;
}

bool hash_map_next(const struct hash_map *map, const struct hash_map_kind *kind,
		   size_t *at, const void **key, uint64_t *value)
{
	const unsigned char *slot;

	while (*at < map->cap && map->tags[*at] == 0)
		++*at;
	if (*at == map->cap)
		return false;
	slot = map->slots + (*at)++ * slot_size(kind);
	*key = slot;
	memcpy(value, slot + kind->key_size, sizeof(*value));
	return true;
}
