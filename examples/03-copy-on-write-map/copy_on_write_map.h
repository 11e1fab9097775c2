/* A map from numbers to numbers that threads share.
 *
 *	struct shared_map *map = shared_map_new();
 *
 *	if (map == NULL || shared_map_store(map, 42, 7) < 0)
 *		goto out_of_memory;
 *	if (shared_map_load(map, 42, &value))
 *		...
 *	shared_map_free(map);
 *
 * before.c and after.c implement all of this header: link one.
 *
 * Any thread may make any call at any time, except shared_map_free.  Each call
 * but shared_map_range takes effect at one moment between its begin and its
 * end.  Calls that return int return -1, with errno as ENOMEM, if there is no
 * memory; the map is then as it was. */
#ifndef COPY_ON_WRITE_MAP_H
#define COPY_ON_WRITE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct shared_map;

/* NULL with errno if there is no memory. */
struct shared_map *shared_map_new(void);

/* No thread may use the map any more.  NULL is allowed. */
void shared_map_free(struct shared_map *map);

/* Is there an entry for KEY?  If so, its value goes to *VALUE. */
bool shared_map_load(struct shared_map *map, uint64_t key, uint64_t *value);

/* Set the value of KEY.  Returns 0 or -1. */
int shared_map_store(struct shared_map *map, uint64_t key, uint64_t value);

struct shared_map_entry {
	uint64_t key;
	uint64_t value;
};

/* Set the values of COUNT keys in one change: all are seen, or none.  Returns 0
 * or -1. */
int shared_map_store_all(struct shared_map *map,
			 const struct shared_map_entry *entries, size_t count);

/* The value of KEY into *ACTUAL, after setting it to VALUE if there was none.
 * Returns 1 if there was one, 0 if VALUE was stored, or -1. */
int shared_map_load_or_store(struct shared_map *map, uint64_t key,
			     uint64_t value, uint64_t *actual);

/* Remove the entry for KEY.  Returns 1, 0 if there was none, or -1. */
int shared_map_delete(struct shared_map *map, uint64_t key);

/* Call VISIT once for each entry that the map has at one moment during the
 * call, in no particular order, until VISIT returns false.  VISIT must not call
 * the functions above on MAP, and what changes the map may wait for it. */
void shared_map_range(struct shared_map *map,
		      bool (*visit)(uint64_t key, uint64_t value, void *arg),
		      void *arg);

#endif
