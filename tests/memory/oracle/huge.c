/* Blocks that are mapped each on its own. */
#include "oracle.h"

#include <stdlib.h>

void work(void)
{
	void *p = hide(malloc(10 << 20));

	p = hide(realloc(p, 50 << 20));
	p = hide(realloc(p, 5 << 20));
	free(p);
	free(hide(calloc(3, 10 << 20)));
	free(hide(aligned_alloc(1 << 20, 8 << 20)));
}
