/* Binary trees and hash tables. */
#include "oracle.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
	return strcmp((const char *)a, (const char *)b);
}

void work(void)
{
	static const char *const words[] = {"one", "two", "three", "four",
					    "five", "six", "seven"};
	struct hsearch_data table = {0};
	ENTRY entry = {0}, *found;
	void *root = NULL;
	char *key;
	size_t i;

	for (i = 0; i < 7; i++)
		tsearch(strdup(words[i]), &root, compare);
	key = *(char **)tfind("three", &root, compare);
	tdelete("three", &root, compare);
	free(key);
	tdestroy(root, free);
	if (hcreate_r(30, &table) == 0)
		return;
	for (i = 0; i < 7; i++) {
		entry.key = (char *)hide(strdup(words[i]));
		hsearch_r(entry, ENTER, &found, &table);
	}
	hdestroy_r(&table);
}
