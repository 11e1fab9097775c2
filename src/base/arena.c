/* Memory that is given back all at once: a list of blocks, filled from the
 * front.  Nothing is ever freed singly, so an allocation is an addition. */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ALIGNMENT 8

/* Small runs stay small; doubling up to LAST_BLOCK keeps the number of blocks
 * low and the unused end of the last one bounded. */
#define FIRST_BLOCK 4096
#define LAST_BLOCK  ((size_t)256 * 1024)

struct bi_arena_block {
	struct bi_arena_block *older;
	_Alignas(ALIGNMENT) char data[];
};

static struct bi_arena_block *block_new(struct bi_arena *arena, size_t size)
{
	struct bi_arena_block *block = malloc(sizeof(*block) + size);

	if (block == NULL)
		return NULL;
	block->older = arena->blocks;
	arena->blocks = block;
	return block;
}

void *bi_arena_alloc(struct bi_arena *arena, size_t size)
{
	struct bi_arena_block *block;
	void *data;

	if (size > SIZE_MAX / 2)
		return NULL;
	if (size == 0)
		size = 1;
	size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	if (size > arena->left) {
		size_t want = arena->block_size * 2;

		if (want < FIRST_BLOCK)
			want = FIRST_BLOCK;
		if (want > LAST_BLOCK)
			want = LAST_BLOCK;
		/* A block of its own: the rest of the current one stays. */
		if (size > want / 4) {
			block = block_new(arena, size);
			return block == NULL ? NULL : block->data;
		}
		block = block_new(arena, want);
		if (block == NULL)
			return NULL;
		arena->block_size = want;
		arena->next = block->data;
		arena->left = want;
	}
	data = arena->next;
	arena->next += size;
	arena->left -= size;
	return data;
}

char *bi_arena_copy(struct bi_arena *arena, const char *text, size_t len)
{
	char *copy = len < SIZE_MAX ? bi_arena_alloc(arena, len + 1) : NULL;

	if (copy == NULL)
		return NULL;
	if (len > 0)
		memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

void bi_arena_release(struct bi_arena *arena)
{
	struct bi_arena_block *block = arena->blocks, *older;

	for (; block != NULL; block = older) {
		older = block->older;
		free(block);
	}
	*arena = (struct bi_arena)BI_ARENA_INIT;
}
