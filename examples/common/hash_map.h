/* The hash map of the lessons: the same before and after, so that only the
 * lesson's idea makes the difference.
 *
 *	struct hash_map map = HASH_MAP_INIT;
 *	uint64_t key = 42;
 *	uint64_t *value = hash_map_add(&map, &hash_map_of_numbers, &key);
 *
 *	if (value == NULL)
 *		goto out_of_memory;
 *	*value = 7;
 *	...
 *	hash_map_release(&map, &hash_map_of_numbers);
 *
 * Open addressing with linear probing.  Keys are of one size, values of 64 bits,
 * both lie in the slots of one block; a byte for each slot, behind them, says
 * whether it is in use and tells most other keys apart.  At most three quarters
 * of the slots are in use, and removing leaves no mark.
 *
 * The functions take what kind of map it is with every call: as a constant, it
 * costs a lookup nothing.  Several threads may read a map that none changes. */
#ifndef HASH_MAP_H
#define HASH_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* What keys are, and where the memory comes from. */
struct hash_map_kind {
	size_t key_size; /* in bytes, a multiple of 8 */
	uint64_t (*hash)(const void *key); /* all bits of it matter */
	bool (*equal)(const void *key, const void *other);
	void *(*allocate)(size_t size); /* as malloc */
	void (*release)(void *block);   /* as free */
};

/* COUNT may be read freely; the rest belongs to the functions. */
struct hash_map {
	size_t count; /* entries */
	size_t cap;   /* slots: 0, or a power of two */
	unsigned char *slots;
	unsigned char *tags; /* a byte a slot, 0 if it is empty */
};

#define HASH_MAP_INIT {0, 0, NULL, NULL}

/* The entry for KEY, which is added with the value 0 if there is none.  The
 * value may be written until the map's next change.  NULL if there is no
 * memory; the map is then as it was. */
uint64_t *hash_map_add(struct hash_map *map, const struct hash_map_kind *kind,
		       const void *key);

/* False if there was no entry for KEY. */
bool hash_map_remove(struct hash_map *map, const struct hash_map_kind *kind,
		     const void *key);

/* Make room for MORE entries: adding them allocates nothing.  Returns 0, or -1
 * if there is no memory; the map is then as it was. */
int hash_map_reserve(struct hash_map *map, const struct hash_map_kind *kind,
		     size_t more);

/* Make *COPY, whose content is overwritten, a map with the entries of MAP and
 * room for MORE.  Returns 0, or -1 if there is no memory; *COPY is then empty. */
int hash_map_copy(struct hash_map *copy, const struct hash_map *map,
		  const struct hash_map_kind *kind, size_t more);

/* Free the memory; the map is empty again. */
void hash_map_release(struct hash_map *map, const struct hash_map_kind *kind);

/* Iterate: *AT begins as 0.  False after the last entry, else *KEY and *VALUE
 * are those of the next one, in no order that means anything.  They are valid
 * until the map changes. */
bool hash_map_next(const struct hash_map *map, const struct hash_map_kind *kind,
		   size_t *at, const void **key, uint64_t *value);

/* Seven bits of HASH that do not choose the slot, and one that says it is in
 * use. */
static inline unsigned char hash_map_tag(uint64_t hash)
{
	return (unsigned char)(hash >> 57 | 0x80);
}

/* The value of KEY, which may be written, or NULL.  Valid until the map's next
 * change. */
static inline uint64_t *hash_map_find(const struct hash_map *map,
				      const struct hash_map_kind *kind,
				      const void *key)
{
	uint64_t hash = kind->hash(key);
	unsigned char tag = hash_map_tag(hash);
	unsigned char *slot;
	size_t i;

	if (map->cap == 0)
		return NULL;
	i = hash & (map->cap - 1);
	while (map->tags[i] != 0) {
		slot = map->slots + i * (kind->key_size + sizeof(uint64_t));
		if (map->tags[i] == tag && kind->equal(slot, key))
			return (uint64_t *)(void *)(slot + kind->key_size);
		i = (i + 1) & (map->cap - 1);
	}
	return NULL;
}

/* Spread the bits of X over all of the result: the finaliser of SplitMix64
 * (Steele, Lea and Flood 2014), with the constants of Stafford's variant 13.
 * A bijection: different numbers never have the same hash. */
static inline uint64_t hash_map_mix(uint64_t x)
{
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return x ^ x >> 31;
}

static inline uint64_t hash_map_number_hash(const void *key)
{
	uint64_t number;

	memcpy(&number, key, sizeof(number));
	return hash_map_mix(number);
}

static inline bool hash_map_number_equal(const void *key, const void *other)
{
	return memcmp(key, other, sizeof(uint64_t)) == 0;
}

/* Keys of type uint64_t, memory from malloc. */
static const struct hash_map_kind hash_map_of_numbers = {
	.key_size = sizeof(uint64_t),
	.hash = hash_map_number_hash,
	.equal = hash_map_number_equal,
	.allocate = malloc,
	.release = free,
};

#endif
