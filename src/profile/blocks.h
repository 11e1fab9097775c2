/* Blocks that were sampled and are not yet freed: from an address to what was
 * recorded of it.
 *
 * Every free() of the program asks here.  Nearly all ask for a block that is not
 * there, and find so in a filter: a byte for each of 65536 classes of addresses
 * counts the blocks of its class.  The others take a lock.  The table grows with
 * what is in it; its memory is mapped, never malloc's. */
#ifndef BI_PROFILE_BLOCKS_H
#define BI_PROFILE_BLOCKS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "profile/lock.h"

/* 64 KiB: it stays in the second-level cache, and with some thousands of blocks,
 * which is some GB at the default rate, one free in twenty takes the lock in
 * vain. */
enum { BI_BLOCKS_CLASSES = 65536 };

struct bi_blocks_slot {
	const void *block; /* NULL: free */
	void *what;
};

/* Zeroed at first. */
struct bi_blocks {
	struct bi_lock lock;
	struct bi_blocks_slot *slots;
	size_t capacity; /* a power of two, or 0 */
	size_t count;
	_Atomic uint8_t filter[BI_BLOCKS_CLASSES];
};

/* Fibonacci hashing (Knuth, The Art of Computer Programming 3, section 6.4);
 * the lowest four bits of a block's address are 0. */
static inline uint64_t bi_blocks_hash(const void *block)
{
	return ((uintptr_t)block >> 4) * UINT64_C(0x9e3779b97f4a7c15);
}

/* May BLOCK be there?  False: it is not, or whoever asks has no business with
 * it.  No lock. */
static inline bool bi_blocks_may_have(struct bi_blocks *blocks,
				      const void *block)
{
	return atomic_load_explicit(&blocks->filter[bi_blocks_hash(block) >>
						    48],
				    memory_order_relaxed) != 0;
}

/* Remember WHAT (not NULL) of BLOCK (neither); *BEFORE is what was remembered of
 * it, NULL for nothing.  BENCH_ENOMEM: nothing is, any more.  All of these from
 * any thread. */
int bi_blocks_put(struct bi_blocks *blocks, const void *block, void *what,
		  void **before);

/* What is remembered of BLOCK, which is forgotten; or NULL. */
void *bi_blocks_take(struct bi_blocks *blocks, const void *block);

/* Forget all, and give the memory back. */
void bi_blocks_clear(struct bi_blocks *blocks);

/* Keep other threads out; what this thread does here in between is done.  For
 * fork(), before and after which the program may allocate. */
void bi_blocks_hold(struct bi_blocks *blocks);
void bi_blocks_let_go(struct bi_blocks *blocks);

#endif
