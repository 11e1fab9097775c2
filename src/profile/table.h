/* Where samples go: a hash table from (stack, tags) to counts, which a signal
 * handler can write to.
 *
 * All memory is mapped when the table is made, and becomes real as it is used.
 * An entry is claimed with one compare-and-swap, filled, and published; after
 * that its key never changes and its values are added to.  Nobody ever waits:
 * who meets an entry that is being filled goes on to the next, and at worst one
 * stack has two entries, which bi_profile_merge() makes one again.  What finds
 * no room is counted. */
#ifndef BI_PROFILE_TABLE_H
#define BI_PROFILE_TABLE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "profile/label.h"
#include "profile/stack.h"

/* The most that a kind has: objects and bytes, allocated and freed. */
enum { BI_TABLE_VALUES = 4 };

struct bi_entry_key {
	struct bi_tags tags;
	uint64_t extra; /* the kind's own, such as the size of a block; 0 */
};

/* One cache line. */
struct bi_entry {
	_Alignas(64) atomic_uint state; /* free, being filled, ready */
	uint32_t hash;
	uint32_t depth;
	uint32_t first; /* of its addresses, in the table's */
	struct bi_entry_key key;
	_Atomic int64_t value[BI_TABLE_VALUES];
};

struct bi_table {
	struct bi_entry *entries; /* NULL: there is no table */
	size_t entry_count;       /* a power of two */
	uintptr_t *pcs;
	size_t pc_count;
	atomic_size_t pcs_used; /* may pass the end */
	_Atomic int64_t dropped; /* calls of bi_table_find that gave NULL */
};

/* Room for ENTRIES (a power of two) and as many stacks of average depth 32.
 * BENCH_ENOMEM. */
int bi_table_init(struct bi_table *table, size_t entries);

/* The entry for STACK and KEY, made if need be; NULL, counted as dropped, when
 * the table is full.  Any number of threads and signal handlers at once.  Add to
 * its values with bi_entry_add(). */
struct bi_entry *bi_table_find(struct bi_table *table,
			       const struct bi_stack *stack,
			       const struct bi_entry_key *key);

static inline void bi_entry_add(struct bi_entry *entry, int which, int64_t n)
{
	atomic_fetch_add_explicit(&entry->value[which], n,
				  memory_order_relaxed);
}

static inline const uintptr_t *bi_entry_pcs(const struct bi_table *table,
					    const struct bi_entry *entry)
{
	return table->pcs + entry->first;
}

/* The first ready entry at *CURSOR (0 at first) or behind; NULL behind the last.
 * Others may add meanwhile. */
const struct bi_entry *bi_table_next(const struct bi_table *table,
				     size_t *cursor);

/* Give the memory back.  Nobody else may use TABLE any more; see struct
 * bi_gate. */
void bi_table_release(struct bi_table *table);

#endif
