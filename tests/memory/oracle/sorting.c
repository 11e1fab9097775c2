/* qsort, which allocates when the array is not small; trees and hash tables. */
#include "oracle.h"

#include <search.h>
#include <stdint.h>
#include <stdlib.h>

enum { COUNT = 5000 };

static int compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

void work(void)
{
	static int number[COUNT];
	void *root = NULL;
	int i;

	for (i = 0; i < COUNT; i++)
		number[i] = i * 7919 % COUNT;
	qsort(number, COUNT, sizeof(number[0]), compare);
	qsort(number, 10, sizeof(number[0]), compare);
	for (i = 0; i < COUNT; i += 50)
		tsearch(&number[i], &root, compare);
	for (i = 0; i < COUNT; i += 100)
		tdelete(&number[i], &root, compare);
	if (hcreate(100) != 0)
		hdestroy();
}
