/* Memory that is given back all at once. */
#ifndef BI_BASE_ARENA_H
#define BI_BASE_ARENA_H

#include <stddef.h>

struct bi_arena_block;

/* BI_ARENA_INIT (all zero) is an empty one. */
struct bi_arena {
	struct bi_arena_block *blocks; /* newest first */
	char *next;
	size_t left;
	size_t block_size;
};

#define BI_ARENA_INIT {NULL, NULL, 0, 0}

/* SIZE bytes, aligned for pointers and doubles (8), with undefined content;
 * NULL when there is no memory.  They live until the arena is released. */
void *bi_arena_alloc(struct bi_arena *arena, size_t size);

/* LEN bytes of TEXT and a NUL behind them. */
char *bi_arena_copy(struct bi_arena *arena, const char *text, size_t len);

/* Free everything; ARENA is empty and usable again. */
void bi_arena_release(struct bi_arena *arena);

#endif
