/* What Unit lines say about units.  It holds for all inputs of a run, wherever
 * the lines stand. */
#include "fmt/metadata.h"

#include <string.h>

#include "base/error.h"
#include "unit/tidy.h"

/* One of the pool's strings for each part. */
struct entry {
	const struct bi_string *unit;
	const struct bi_string *key;
	const struct bi_string *value;
};

static bool equal(const void *item, const void *key)
{
	const struct entry *entry = item, *want = key;

	return entry->unit == want->unit && entry->key == want->key;
}

static uint32_t hash(const struct entry *entry)
{
	return entry->unit->hash ^ (entry->key->hash << 1);
}

int bi_metadata_set(struct bi_metadata *metadata, const struct bi_string *unit,
		    const struct bi_string *key, const struct bi_string *value,
		    const struct bi_string **valid)
{
	struct bi_intern *pool = &metadata->pool;
	struct entry want = {bi_intern(pool, unit->text, unit->len),
			     bi_intern(pool, key->text, key->len),
			     bi_intern(pool, value->text, value->len)};
	struct entry *entry;

	if (want.unit == NULL || want.key == NULL || want.value == NULL)
		return BENCH_ENOMEM;
	entry = bi_map_find(&metadata->entries, hash(&want), equal, &want);
	if (entry == NULL) {
		entry = bi_arena_alloc(&pool->arena, sizeof(*entry));
		if (entry == NULL)
			return BENCH_ENOMEM;
		*entry = want;
		if (bi_map_add(&metadata->entries, hash(entry), entry) < 0)
			return BENCH_ENOMEM;
	}
	*valid = entry->value;
	return 0;
}

int bi_metadata_get(struct bi_metadata *metadata, struct bi_slice unit,
		    const char *key, const struct bi_string **value)
{
	struct bi_buf tidy = BI_BUF_INIT;
	struct entry want = {NULL, NULL, NULL};
	struct entry *entry;
	double factor;

	*value = NULL;
	if (bi_unit_tidy(unit.text, unit.len, &tidy, &factor) == 0)
		want.unit = bi_intern(&metadata->pool, tidy.data, tidy.len);
	bi_buf_release(&tidy);
	want.key = bi_intern(&metadata->pool, key, strlen(key));
	if (want.unit == NULL || want.key == NULL)
		return BENCH_ENOMEM;
	entry = bi_map_find(&metadata->entries, hash(&want), equal, &want);
	if (entry != NULL)
		*value = entry->value;
	return 0;
}

void bi_metadata_release(struct bi_metadata *metadata)
{
	bi_map_release(&metadata->entries);
	bi_intern_release(&metadata->pool);
}
