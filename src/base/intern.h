/* One copy of every string, so that equal strings have equal pointers. */
#ifndef BI_BASE_INTERN_H
#define BI_BASE_INTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"

/* LEN bytes at TEXT, and a NUL behind them.  TEXT is aligned for pointers: an
 * array of pointers or of structs of pointers may be interned like any other
 * bytes, which makes equal tuples one pointer too. */
struct bi_string {
	uint32_t hash;
	uint32_t len;
	uint32_t id; /* counts the strings of the pool from 0, as they come */
	_Alignas(8) char text[];
};

/* For strings of different pools; of one pool, compare pointers. */
static inline bool bi_string_equal(const struct bi_string *a,
				   const struct bi_string *b)
{
	return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

/* BI_INTERN_INIT (all zero) is an empty pool.  Strings live as long as it. */
struct bi_intern {
	struct bi_map map;
	struct bi_arena arena;
};

#define BI_INTERN_INIT {BI_MAP_INIT, BI_ARENA_INIT}

static inline size_t bi_intern_count(const struct bi_intern *pool)
{
	return pool->map.count;
}

/* The string of the LEN bytes at TEXT; NULL when there is no memory (also for
 * 4 GiB and more). */
const struct bi_string *bi_intern(struct bi_intern *pool, const void *text,
				  size_t len);

void bi_intern_release(struct bi_intern *pool);

#endif
