/* A key is the name's hash of 64 bits, and the name is not kept: two names with
 * one hash would be one name.  Among n names, however they were chosen by
 * somebody who does not know the secret of name_hash, there are two such with a
 * probability of n^2 / 2^65: 3 in a million for ten million names. */
#include "pointer_free_keys.h"

#include <errno.h>
#include <string.h>

#include "name_hash.h"

static uint64_t hash_key(const void *key)
{
	return *(const uint64_t *)key;
}

static const struct hash_map_kind kind = {
	.key_size = sizeof(uint64_t),
	.hash = hash_key,
	.equal = hash_map_number_equal,
};

void name_table_init(struct name_table *table, const struct name_memory *memory)
{
	*table = (struct name_table){.kind = kind, .memory = memory};
	table->kind.allocate = memory->plain;
	table->kind.release = memory->release;
}

void name_table_release(struct name_table *table)
{
	hash_map_release(&table->map, &table->kind);
}

int name_table_add(struct name_table *table, const char *name, uint64_t value)
{
	uint64_t key = name_hash(name);
	uint64_t *place;

	if (strlen(name) > NAME_LONGEST) {
		errno = ENAMETOOLONG;
		return -1;
	}
	place = hash_map_add(&table->map, &table->kind, &key);
	if (place == NULL) {
		errno = ENOMEM;
		return -1;
	}
	*place = value;
	return 0;
}

bool name_table_find(const struct name_table *table, const char *name,
		     uint64_t *value)
{
	uint64_t key = name_hash(name);
	const uint64_t *place = hash_map_find(&table->map, &kind, &key);

	if (place != NULL)
		*value = *place;
	return place != NULL;
}
