/* A key is a pointer to a copy of the name: a block for each. */
#include "pointer_free_keys.h"

#include <errno.h>
#include <string.h>

#include "name_hash.h"

static uint64_t hash_key(const void *key)
{
	return name_hash(*(const char *const *)key);
}

static bool equal_keys(const void *key, const void *other)
{
	return strcmp(*(const char *const *)key,
		      *(const char *const *)other) == 0;
}

static const struct hash_map_kind kind = {
	.key_size = sizeof(const char *),
	.hash = hash_key,
	.equal = equal_keys,
};

void name_table_init(struct name_table *table, const struct name_memory *memory)
{
	*table = (struct name_table){.kind = kind, .memory = memory};
	table->kind.allocate = memory->linked;
	table->kind.release = memory->release;
}

void name_table_release(struct name_table *table)
{
	const void *key;
	uint64_t value;
	size_t at = 0;

	while (hash_map_next(&table->map, &kind, &at, &key, &value))
		table->memory->release(*(void *const *)key);
	hash_map_release(&table->map, &table->kind);
}

/* Add NAME, which is not in the table. */
static uint64_t *add_copy(struct name_table *table, const char *name)
{
	size_t size = strlen(name) + 1;
	char *copy = table->memory->plain(size);
	uint64_t *place = NULL;

	if (copy == NULL)
		return NULL;
	memcpy(copy, name, size);
	place = hash_map_add(&table->map, &table->kind, &copy);
	if (place == NULL)
		table->memory->release(copy);
	return place;
}

int name_table_add(struct name_table *table, const char *name, uint64_t value)
{
	uint64_t *place = hash_map_find(&table->map, &kind, &name);

	if (place == NULL && strlen(name) > NAME_LONGEST) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if (place == NULL)
		place = add_copy(table, name);
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
	const uint64_t *place = hash_map_find(&table->map, &kind, &name);

	if (place != NULL)
		*value = *place;
	return place != NULL;
}
