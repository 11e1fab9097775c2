/* Names of benchmarks, each with a counter: libc's tsearch, so that a thousand
 * sub-benchmarks cost no more than they should. */
#include "harness/nameset.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

struct named {
	int64_t count;
	const char *name; /* TEXT, but for a key that is only looked up */
	char text[];
};

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct named *)a)->name,
		      ((const struct named *)b)->name);
}

static struct named *find(const struct bi_nameset *set, const char *name)
{
	struct named key = {0, name};
	struct named **node = tfind(&key, &set->root, compare);

	return node == NULL ? NULL : *node;
}

int64_t *bi_nameset_counter(struct bi_nameset *set, const char *name)
{
	struct named *entry = find(set, name);
	size_t size = strlen(name) + 1;

	if (entry != NULL)
		return &entry->count;
	entry = malloc(sizeof(*entry) + size);
	if (entry == NULL)
		return NULL;
	entry->count = 0;
	entry->name = memcpy(entry->text, name, size);
	if (tsearch(entry, &set->root, compare) == NULL) {
		free(entry);
		return NULL;
	}
	set->size++;
	return &entry->count;
}

int64_t bi_nameset_count(const struct bi_nameset *set, const char *name)
{
	const struct named *entry = find(set, name);

	return entry == NULL ? 0 : entry->count;
}

int bi_nameset_add(struct bi_nameset *set, const char *name)
{
	int64_t *count = bi_nameset_counter(set, name);

	if (count == NULL)
		return BENCH_ENOMEM;
	*count = 1;
	return 0;
}

bool bi_nameset_has(const struct bi_nameset *set, const char *name)
{
	return bi_nameset_count(set, name) > 0;
}

struct listing {
	const char **names;
	size_t count;
};

static void list_one(const void *node, VISIT visit, void *closure)
{
	struct listing *listing = closure;

	if (visit == postorder || visit == leaf)
		listing->names[listing->count++] =
			(*(struct named *const *)node)->name;
}

const char **bi_nameset_list(const struct bi_nameset *set)
{
	struct listing listing = {
		calloc(set->size + 1, sizeof(*listing.names)), 0};

	if (listing.names != NULL)
		twalk_r(set->root, list_one, &listing);
	return listing.names;
}

void bi_nameset_release(struct bi_nameset *set)
{
	tdestroy(set->root, free);
	*set = (struct bi_nameset){0};
}
