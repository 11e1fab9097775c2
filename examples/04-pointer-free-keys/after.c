/* A key is the name itself, in the table: no pointer, no block. */
#include "pointer_free_keys.h"

#include <errno.h>
#include <string.h>

#include "name_hash.h"

/* A name, and zeros behind it: two names are equal if all bytes are. */
struct name {
	char text[NAME_LONGEST + 1];
};

static bool set_name(struct name *name, const char *text)
{
	size_t size = strlen(text) + 1;

	if (size > sizeof(name->text))
		return false;
	*name = (struct name){{0}};
	memcpy(name->text, text, size);
	return true;
}

static uint64_t hash_key(const void *key)
{
	return name_hash(((const struct name *)key)->text);
}

static bool equal_keys(const void *key, const void *other)
{
	return memcmp(key, other, sizeof(struct name)) == 0;
}

static const struct hash_map_kind kind = {
	.key_size = sizeof(struct name),
	.hash = hash_key,
	.equal = equal_keys,
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
	struct name key;
	uint64_t *place;

	if (!set_name(&key, name)) {
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
	struct name key;
	const uint64_t *place = NULL;

	if (set_name(&key, name))
		place = hash_map_find(&table->map, &kind, &key);
	if (place != NULL)
		*value = *place;
	return place != NULL;
}
