/* A table from names to numbers, large, in memory that a collector may manage.
 *
 *	static struct name_table table;
 *
 *	name_table_init(&table, &collector_memory);
 *	if (name_table_add(&table, "lovelace", 1815) < 0)
 *		goto failed;
 *	if (name_table_find(&table, "lovelace", &year))
 *		...
 *	name_table_release(&table);
 *
 * before.c, after.c and further.c implement all of this header: link one.  To
 * further.c two names are the same if their hashes are: its README says when
 * that will do. */
#ifndef POINTER_FREE_KEYS_H
#define POINTER_FREE_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hash_map.h"

/* Where a table's memory comes from.  Both kinds of blocks are aligned as
 * malloc's are, and their content means nothing at first. */
struct name_memory {
	void *(*linked)(size_t size); /* what its content points to stays */
	void *(*plain)(size_t size);  /* its content is not looked at */
	void (*release)(void *block);
};

/* All of it from malloc. */
extern const struct name_memory malloc_memory;

/* The longest name, in bytes. */
#define NAME_LONGEST 31

/* If the memory is a collector's, the table must lie where it looks for
 * pointers: in a variable, not in a block from malloc.  The fields are private.
 * One thread may change a table, or several read it. */
struct name_table {
	struct hash_map map;
	struct hash_map_kind kind;
	const struct name_memory *memory;
};

/* An empty table.  MEMORY must outlive it. */
void name_table_init(struct name_table *table,
		     const struct name_memory *memory);

/* Give all memory back. */
void name_table_release(struct name_table *table);

/* Set the value of NAME, which is copied.  Returns 0, or -1 with errno ENOMEM,
 * or ENAMETOOLONG; the table is then as it was. */
int name_table_add(struct name_table *table, const char *name, uint64_t value);

/* Is NAME in the table?  If so, its value goes to *VALUE. */
bool name_table_find(const struct name_table *table, const char *name,
		     uint64_t *value);

#endif
