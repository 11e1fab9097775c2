/* The keys of a projection, by number and in order. */
#include "tab/keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/grow.h"

int bi_key_list_add(struct bi_key_list *list, const bi_key *key)
{
	const bi_key **grown;

	if (key == NULL)
		return BENCH_ENOMEM;
	/* A new key's number is the count of those before it. */
	if (key->id < list->count)
		return 0;
	grown = bi_grow(list->key, &list->cap, list->count + 1, sizeof(*grown));
	if (grown == NULL)
		return BENCH_ENOMEM;
	list->key = grown;
	list->key[list->count++] = key;
	return 0;
}

static int compare(const void *a, const void *b, void *projection)
{
	return bi_projection_compare(projection, *(const bi_key *const *)a,
				     *(const bi_key *const *)b);
}

int bi_key_list_sort(struct bi_key_list *list,
		     struct bi_projection *projection)
{
	size_t i;

	list->sorted = calloc(list->count + 1, sizeof(*list->sorted));
	list->place = calloc(list->count + 1, sizeof(*list->place));
	list->local = calloc(list->count + 1, sizeof(*list->local));
	if (list->sorted == NULL || list->place == NULL || list->local == NULL)
		return BENCH_ENOMEM;
	for (i = 0; i < list->count; i++) {
		list->sorted[i] = list->key[i];
		list->local[i] = BI_KEY_UNSEEN;
	}
	qsort_r(list->sorted, list->count, sizeof(*list->sorted), compare,
		projection);
	for (i = 0; i < list->count; i++)
		list->place[list->sorted[i]->id] = (uint32_t)i;
	return 0;
}

void bi_key_list_release(struct bi_key_list *list)
{
	free(list->key);
	free(list->sorted);
	free(list->place);
	free(list->local);
	*list = (struct bi_key_list)BI_KEY_LIST_INIT;
}
