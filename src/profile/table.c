/* Where samples go. */
#include "profile/table.h"

#include <string.h>
#include <sys/mman.h>

#include "base/error.h"

enum { FREE, FILLING, READY };

/* Looking further makes a table that is nearly full slow, and a signal handler
 * has no time. */
enum { PROBES = 64 };

/* Addresses for each entry, on average. */
enum { AVERAGE_DEPTH = 32 };

_Static_assert(sizeof(struct bi_entry) % 64 == 0,
	       "no two entries share a cache line");

static void *map(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

int bi_table_init(struct bi_table *table, size_t entries)
{
	*table = (struct bi_table){
		.entry_count = entries,
		.pc_count = entries * AVERAGE_DEPTH,
	};
	table->entries = map(entries * sizeof(*table->entries));
	table->pcs = map(table->pc_count * sizeof(*table->pcs));
	if (table->entries == NULL || table->pcs == NULL) {
		bi_table_release(table);
		return BENCH_ENOMEM;
	}
	return 0;
}

/* The finalizer of splitmix64 (Steele, Lea and Flood 2014). */
static uint64_t mix(uint64_t z)
{
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static uint32_t hash_of(const struct bi_stack *stack,
			const struct bi_entry_key *key)
{
	uint64_t hash = mix(key->extra + 1);
	size_t i;

	hash = mix(hash ^ ((uint64_t)key->tags.thread << 32 |
			   key->tags.benchmark));
	for (i = 0; i < stack->depth; i++)
		hash = mix(hash ^ stack->pc[i]);
	return (uint32_t)hash;
}

static bool is_it(const struct bi_table *table, const struct bi_entry *entry,
		  const struct bi_stack *stack, const struct bi_entry_key *key,
		  uint32_t hash)
{
	return entry->hash == hash && entry->depth == stack->depth &&
	       entry->key.extra == key->extra &&
	       entry->key.tags.thread == key->tags.thread &&
	       entry->key.tags.benchmark == key->tags.benchmark &&
	       memcmp(bi_entry_pcs(table, entry), stack->pc,
		      stack->depth * sizeof(stack->pc[0])) == 0;
}

/* Fill ENTRY, which is ours alone.  False without room for the addresses: the
 * entry then stays as it is, for good, and is nobody's. */
static bool fill(struct bi_table *table, struct bi_entry *entry,
		 const struct bi_stack *stack, const struct bi_entry_key *key,
		 uint32_t hash)
{
	size_t first = atomic_fetch_add(&table->pcs_used, stack->depth);

	if (first > table->pc_count ||
	    table->pc_count - first < stack->depth) {
		atomic_fetch_sub(&table->pcs_used, stack->depth);
		return false;
	}
	memcpy(table->pcs + first, stack->pc,
	       stack->depth * sizeof(stack->pc[0]));
	entry->hash = hash;
	entry->depth = (uint32_t)stack->depth;
	entry->first = (uint32_t)first;
	entry->key = *key;
	atomic_store_explicit(&entry->state, READY, memory_order_release);
	return true;
}

struct bi_entry *bi_table_find(struct bi_table *table,
			       const struct bi_stack *stack,
			       const struct bi_entry_key *key)
{
	uint32_t hash = hash_of(stack, key);
	size_t i;

	for (i = 0; i < PROBES; i++) {
		struct bi_entry *entry =
			&table->entries[(hash + i) & (table->entry_count - 1)];
		unsigned state = atomic_load_explicit(&entry->state,
						      memory_order_acquire);

		if (state == FREE &&
		    atomic_compare_exchange_strong(&entry->state, &state,
						   FILLING)) {
			if (fill(table, entry, stack, key, hash))
				return entry;
			break;
		}
		if (state == READY && is_it(table, entry, stack, key, hash))
			return entry;
	}
	atomic_fetch_add(&table->dropped, 1);
	return NULL;
}

const struct bi_entry *bi_table_next(const struct bi_table *table,
				     size_t *cursor)
{
	while (*cursor < table->entry_count && table->entries != NULL) {
		const struct bi_entry *entry = &table->entries[(*cursor)++];

		if (atomic_load_explicit(&entry->state,
					 memory_order_acquire) == READY)
			return entry;
	}
	return NULL;
}

void bi_table_release(struct bi_table *table)
{
	if (table->entries != NULL)
		munmap(table->entries,
		       table->entry_count * sizeof(*table->entries));
	if (table->pcs != NULL)
		munmap(table->pcs, table->pc_count * sizeof(*table->pcs));
	*table = (struct bi_table){0};
}
