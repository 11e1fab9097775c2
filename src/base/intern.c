/* One copy of every string, so that equal strings have equal pointers. */
#include "base/intern.h"

#include <string.h>

struct slice {
	const void *text;
	size_t len;
};

static bool equal(const void *item, const void *key)
{
	const struct bi_string *string = item;
	const struct slice *slice = key;

	return string->len == slice->len &&
	       memcmp(string->text, slice->text, slice->len) == 0;
}

const struct bi_string *bi_intern(struct bi_intern *pool, const void *text,
				  size_t len)
{
	struct slice slice = {len > 0 ? text : "", len};
	struct bi_string *string;
	uint32_t hash;

	if (len >= UINT32_MAX || pool->map.count >= UINT32_MAX)
		return NULL;
	hash = bi_map_hash(slice.text, len);
	string = bi_map_find(&pool->map, hash, equal, &slice);
	if (string != NULL)
		return string;
	string = bi_arena_alloc(&pool->arena, sizeof(*string) + len + 1);
	if (string == NULL)
		return NULL;
	string->hash = hash;
	string->len = (uint32_t)len;
	string->id = (uint32_t)pool->map.count;
	memcpy(string->text, slice.text, len);
	string->text[len] = '\0';
	if (bi_map_add(&pool->map, hash, string) < 0)
		return NULL;
	return string;
}

void bi_intern_release(struct bi_intern *pool)
{
	bi_map_release(&pool->map);
	bi_arena_release(&pool->arena);
}
