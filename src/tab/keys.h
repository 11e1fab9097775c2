/* The keys of a projection, by number and in order. */
#ifndef BI_TAB_KEYS_H
#define BI_TAB_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "proc/projection.h"

/* BI_KEY_LIST_INIT (all zero) is an empty one. */
struct bi_key_list {
	const bi_key **key; /* by number */
	size_t count;
	size_t cap;
	const bi_key **sorted;
	uint32_t *place; /* in SORTED, by number */
	uint32_t *local; /* room for a number of each place; BI_KEY_UNSEEN */
};

#define BI_KEY_LIST_INIT {NULL, 0, 0, NULL, NULL, NULL}

#define BI_KEY_UNSEEN UINT32_MAX

/* Note KEY, unless it is there.  BENCH_ENOMEM, also for a NULL key. */
int bi_key_list_add(struct bi_key_list *list, const bi_key *key);

/* Fill SORTED, PLACE and LOCAL: no key is added from now on. */
int bi_key_list_sort(struct bi_key_list *list,
		     struct bi_projection *projection);

void bi_key_list_release(struct bi_key_list *list);

#endif
