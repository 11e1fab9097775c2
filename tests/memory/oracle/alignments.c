/* Every alignment up to two pages. */
#include "oracle.h"

#include <stdlib.h>

void work(void)
{
	size_t align;
	void *p;

	for (align = sizeof(void *); align <= 8192; align *= 2) {
		if (posix_memalign(&p, align, 10) == 0)
			free(hide(p));
		hide(aligned_alloc(align, 3 * align));
	}
}
