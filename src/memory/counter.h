/* Three counts per thread: allocations, the bytes they asked for, frees.
 *
 * A thread adds to a block that is its own, with plain loads and stores and no
 * locked instruction, so that counting costs the same however many threads do
 * it.  The counts of a block only grow, also from one owner to the next: the
 * sum over all blocks is the total of the program, and a thread that ends has
 * nothing to hand in.
 *
 *	blocks -> [thread 3] -> [free] -> [thread 1] -> NULL      + orphan
 *
 * A block is put on the list once and stays.  A thread that ends leaves its
 * block to the next that begins; what it does after that (frees in destructors
 * of other keys) goes to the orphan block, which all share. */
#ifndef BI_MEMORY_COUNTER_H
#define BI_MEMORY_COUNTER_H

#include <benchkit/version.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

/* Two cache lines: processors fetch lines in pairs, and some lines are as long,
 * so that neighbours in the pool would slow each other down. */
enum { BI_COUNTER_ALIGN = 128 };

struct bi_counter_block {
	_Alignas(BI_COUNTER_ALIGN) _Atomic uint64_t allocs;
	_Atomic uint64_t bytes;
	_Atomic uint64_t frees;
	atomic_bool owned;
	struct bi_counter_block *next; /* written before it is on the list */
};

/* This thread's block; NULL before its first count and after its end.
 * "initial-exec" makes it one load also in a shared object: the call that other
 * models make there costs five times the counting. */
extern _Thread_local struct bi_counter_block *bi_counter_mine
	__attribute__((tls_model("initial-exec"), visibility("hidden")));

/* Like bi_counter_alloc and bi_counter_free, without a block of this thread's:
 * take one, or count on the orphan.  Keep errno. */
void bi_counter_alloc_slow(size_t bytes);
void bi_counter_free_slow(void);

/* The owner alone writes: load, add and store need not be one step.  They are
 * three instructions if the compiler makes them of atomic ones. */
static inline void bi_counter_add(_Atomic uint64_t *count, uint64_t n)
{
#ifdef __x86_64__
	__asm__("addq %1, %0" : "+m"(*count) : "er"(n) : "cc");
#else
	atomic_store_explicit(
		count, atomic_load_explicit(count, memory_order_relaxed) + n,
		memory_order_relaxed);
#endif
}

/* Count on this thread's block. */
static inline void bi_counter_block_alloc(struct bi_counter_block *mine,
					  size_t bytes)
{
	bi_counter_add(&mine->allocs, 1);
	bi_counter_add(&mine->bytes, bytes);
}

static inline void bi_counter_block_free(struct bi_counter_block *mine)
{
	bi_counter_add(&mine->frees, 1);
}

/* Count an allocation of BYTES bytes. */
static inline void bi_counter_alloc(size_t bytes)
{
	struct bi_counter_block *mine = bi_counter_mine;

	if (BENCH_LIKELY(mine != NULL))
		bi_counter_block_alloc(mine, bytes);
	else
		bi_counter_alloc_slow(bytes);
}

/* Count a free. */
static inline void bi_counter_free(void)
{
	struct bi_counter_block *mine = bi_counter_mine;

	if (BENCH_LIKELY(mine != NULL))
		bi_counter_block_free(mine);
	else
		bi_counter_free_slow();
}

/* The sums over all threads that ever were: the read of struct bench_counter.
 * Costs about a nanosecond per block. */
void bi_counter_read(uint64_t *allocs, uint64_t *bytes, uint64_t *frees);

#endif
