/* Three counts per thread.  No locks: a fork can find none of them held, and
 * the child goes on counting in its copy of the blocks.  No malloc: the blocks
 * come from a static array, and then from mmap. */
#include "memory/counter.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/mman.h>

/* Blocks in one piece of the pool, so that it fills two pages. */
enum { CHUNK_BLOCKS = 63 };

struct chunk {
	_Alignas(BI_COUNTER_ALIGN) atomic_size_t taken; /* may pass the end */
	struct bi_counter_block block[CHUNK_BLOCKS];
};

_Static_assert(sizeof(struct chunk) == 8192, "a chunk is two pages");

_Thread_local struct bi_counter_block *bi_counter_mine;
static _Thread_local bool ended __attribute__((tls_model("initial-exec")));

static struct chunk first_chunk;
static _Atomic(struct chunk *) current_chunk = &first_chunk;
static _Atomic(struct bi_counter_block *) blocks;
static struct bi_counter_block orphan;

static pthread_once_t key_once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static bool have_key;

static void end_thread(void *block)
{
	struct bi_counter_block *mine = block;

	ended = true;
	bi_counter_mine = NULL;
	atomic_store_explicit(&mine->owned, false, memory_order_release);
}

static void make_key(void)
{
	have_key = pthread_key_create(&key, end_thread) == 0;
}

/* Before the program makes keys, if it allocates nothing before: for a thread's
 * first 32 keys there is room in its descriptor, for more libc allocates, and
 * ours would be counted as the program's. */
__attribute__((constructor(101))) static void make_key_early(void)
{
	pthread_once(&key_once, make_key);
}

/* A block whose thread has ended, or NULL. */
static struct bi_counter_block *reuse_block(void)
{
	struct bi_counter_block *block;

	block = atomic_load_explicit(&blocks, memory_order_acquire);
	for (; block != NULL; block = block->next) {
		if (atomic_load_explicit(&block->owned, memory_order_relaxed))
			continue;
		if (!atomic_exchange_explicit(&block->owned, true,
					      memory_order_acquire))
			return block;
	}
	return NULL;
}

/* An unused block of the pool, or NULL without memory. */
static struct bi_counter_block *cut_block(void)
{
	struct chunk *chunk = atomic_load(&current_chunk);
	struct chunk *more;
	size_t i;

	while ((i = atomic_fetch_add(&chunk->taken, 1)) >= CHUNK_BLOCKS) {
		more = mmap(NULL, sizeof(*more), PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (more == MAP_FAILED)
			return NULL;
		if (atomic_compare_exchange_strong(&current_chunk, &chunk,
						   more))
			chunk = more;
		else
			munmap(more, sizeof(*more)); /* another was first */
	}
	return &chunk->block[i];
}

static void publish(struct bi_counter_block *block)
{
	atomic_store_explicit(&block->owned, true, memory_order_relaxed);
	block->next = atomic_load_explicit(&blocks, memory_order_relaxed);
	while (!atomic_compare_exchange_weak_explicit(
		&blocks, &block->next, block, memory_order_release,
		memory_order_relaxed))
		continue;
}

/* Give this thread a block; NULL when it has had one and is ending, or without
 * memory. */
static struct bi_counter_block *claim_block(void)
{
	struct bi_counter_block *block;

	if (ended)
		return NULL;
	block = reuse_block();
	if (block == NULL) {
		block = cut_block();
		if (block == NULL)
			return NULL;
		publish(block);
	}
	/* Before what follows, because pthread_setspecific may allocate after
	 * all.  Where it fails, or there is no key, nobody notices the end of
	 * this thread: the block is not used again, and its counts stay
	 * right. */
	bi_counter_mine = block;
	pthread_once(&key_once, make_key);
	if (have_key)
		pthread_setspecific(key, block);
	return block;
}

void bi_counter_alloc_slow(size_t bytes)
{
	int saved = errno;

	if (claim_block() != NULL) {
		bi_counter_alloc(bytes);
	} else {
		atomic_fetch_add_explicit(&orphan.allocs, 1,
					  memory_order_relaxed);
		atomic_fetch_add_explicit(&orphan.bytes, bytes,
					  memory_order_relaxed);
	}
	errno = saved;
}

void bi_counter_free_slow(void)
{
	int saved = errno;

	if (claim_block() != NULL)
		bi_counter_free();
	else
		atomic_fetch_add_explicit(&orphan.frees, 1,
					  memory_order_relaxed);
	errno = saved;
}

void bi_counter_read(uint64_t *allocs, uint64_t *bytes, uint64_t *frees)
{
	const struct bi_counter_block *block;
	uint64_t a = atomic_load_explicit(&orphan.allocs, memory_order_relaxed);
	uint64_t b = atomic_load_explicit(&orphan.bytes, memory_order_relaxed);
	uint64_t f = atomic_load_explicit(&orphan.frees, memory_order_relaxed);

	block = atomic_load_explicit(&blocks, memory_order_acquire);
	for (; block != NULL; block = block->next) {
		a += atomic_load_explicit(&block->allocs, memory_order_relaxed);
		b += atomic_load_explicit(&block->bytes, memory_order_relaxed);
		f += atomic_load_explicit(&block->frees, memory_order_relaxed);
	}
	*allocs = a;
	*bytes = b;
	*frees = f;
}
