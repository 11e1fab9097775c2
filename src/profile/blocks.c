/* Blocks that were sampled and are not yet freed. */
#include "profile/blocks.h"

#include <errno.h>
#include <sys/mman.h>

#include "base/error.h"

/* One page of 4 KiB. */
enum { FIRST_CAPACITY = 256 };

/* A class with as many blocks has lost count, and stays. */
enum { MANY = UINT8_MAX };

/* Whose lock this thread holds since bi_blocks_hold(). */
static _Thread_local const struct bi_blocks *held
	__attribute__((tls_model("initial-exec")));

static void lock(struct bi_blocks *blocks)
{
	if (held != blocks)
		bi_lock_take(&blocks->lock);
}

static void unlock(struct bi_blocks *blocks)
{
	if (held != blocks)
		bi_lock_give(&blocks->lock);
}

/* ---- The filter, under the lock ---- */

static _Atomic uint8_t *class_of(struct bi_blocks *blocks, const void *block)
{
	return &blocks->filter[bi_blocks_hash(block) >> 48];
}

static void add_to_class(struct bi_blocks *blocks, const void *block)
{
	_Atomic uint8_t *class = class_of(blocks, block);
	uint8_t count = atomic_load(class);

	if (count < MANY)
		atomic_store(class, (uint8_t)(count + 1));
}

static void take_from_class(struct bi_blocks *blocks, const void *block)
{
	_Atomic uint8_t *class = class_of(blocks, block);
	uint8_t count = atomic_load(class);

	if (count < MANY)
		atomic_store(class, (uint8_t)(count - 1));
}

/* ---- The table, under the lock: linear probing ---- */

static size_t home_of(const struct bi_blocks *blocks, const void *block)
{
	uint64_t hash = bi_blocks_hash(block);

	return (size_t)(hash >> 32 ^ hash) & (blocks->capacity - 1);
}

/* Where BLOCK is, or the free slot where it would be.  There is one. */
static struct bi_blocks_slot *find(const struct bi_blocks *blocks,
				   const void *block)
{
	size_t i = home_of(blocks, block);

	while (blocks->slots[i].block != NULL &&
	       blocks->slots[i].block != block)
		i = (i + 1) & (blocks->capacity - 1);
	return &blocks->slots[i];
}

static int grow(struct bi_blocks *blocks)
{
	struct bi_blocks old = {.slots = blocks->slots,
				.capacity = blocks->capacity};
	size_t i, capacity = old.capacity == 0 ? FIRST_CAPACITY
					       : 2 * old.capacity;
	struct bi_blocks_slot *slots =
		mmap(NULL, capacity * sizeof(*slots), PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (slots == MAP_FAILED)
		return BENCH_ENOMEM;
	blocks->slots = slots;
	blocks->capacity = capacity;
	for (i = 0; i < old.capacity; i++)
		if (old.slots[i].block != NULL)
			*find(blocks, old.slots[i].block) = old.slots[i];
	if (old.slots != NULL)
		munmap(old.slots, old.capacity * sizeof(*slots));
	return 0;
}

/* Empty slot I, and move up what stands behind it for want of that place. */
static void erase(struct bi_blocks *blocks, size_t i)
{
	size_t mask = blocks->capacity - 1, j = i;

	for (;;) {
		j = (j + 1) & mask;
		if (blocks->slots[j].block == NULL)
			break;
		/* From its home it is farther to J than from I. */
		if (((j - home_of(blocks, blocks->slots[j].block)) & mask) >=
		    ((j - i) & mask)) {
			blocks->slots[i] = blocks->slots[j];
			i = j;
		}
	}
	blocks->slots[i] = (struct bi_blocks_slot){0};
}

static void *take(struct bi_blocks *blocks, const void *block)
{
	struct bi_blocks_slot *slot;
	void *what;

	if (blocks->count == 0)
		return NULL;
	slot = find(blocks, block);
	what = slot->what;
	if (what != NULL) {
		erase(blocks, (size_t)(slot - blocks->slots));
		blocks->count--;
		take_from_class(blocks, block);
	}
	return what;
}

/* Room for one more: the table is at most half full, or, without memory, as full
 * as can be searched. */
static bool has_room(struct bi_blocks *blocks)
{
	return 2 * (blocks->count + 1) <= blocks->capacity ||
	       grow(blocks) == 0 || blocks->count + 1 < blocks->capacity;
}

static int put(struct bi_blocks *blocks, const void *block, void *what,
	       void **before)
{
	*before = take(blocks, block);
	if (!has_room(blocks))
		return BENCH_ENOMEM;
	*find(blocks, block) = (struct bi_blocks_slot){block, what};
	blocks->count++;
	add_to_class(blocks, block);
	return 0;
}

/* ---- Shared ---- */

int bi_blocks_put(struct bi_blocks *blocks, const void *block, void *what,
		  void **before)
{
	int rc, saved = errno;

	lock(blocks);
	rc = put(blocks, block, what, before);
	unlock(blocks);
	errno = saved;
	return rc;
}

void *bi_blocks_take(struct bi_blocks *blocks, const void *block)
{
	int saved = errno;
	void *what;

	lock(blocks);
	what = take(blocks, block);
	unlock(blocks);
	errno = saved;
	return what;
}

void bi_blocks_clear(struct bi_blocks *blocks)
{
	size_t i;

	lock(blocks);
	if (blocks->slots != NULL)
		munmap(blocks->slots,
		       blocks->capacity * sizeof(*blocks->slots));
	blocks->slots = NULL;
	blocks->capacity = 0;
	blocks->count = 0;
	for (i = 0; i < BI_BLOCKS_CLASSES; i++)
		atomic_store_explicit(&blocks->filter[i], 0,
				      memory_order_relaxed);
	unlock(blocks);
}

void bi_blocks_hold(struct bi_blocks *blocks)
{
	bi_lock_take(&blocks->lock);
	held = blocks;
}

void bi_blocks_let_go(struct bi_blocks *blocks)
{
	held = NULL;
	bi_lock_give(&blocks->lock);
}
