/* The functions of malloc's family (but pvalloc, of which valgrind dies). */
#include "oracle.h"

#include <malloc.h>
#include <stdlib.h>

void work(void)
{
	void *p;
	size_t n;

	for (n = 1; n < 5000; n *= 3) {
		free(hide(malloc(n)));
		free(hide(calloc(n, 3)));
		free(hide(realloc(NULL, n)));
		free(hide(reallocarray(NULL, n, 7)));
		free(hide(aligned_alloc(64, 64 * n)));
		free(hide(memalign(128, n)));
		free(hide(valloc(n)));
		if (posix_memalign(&p, 512, n) == 0)
			free(hide(p));
		hide(malloc(n + 1)); /* stays */
	}
	free(NULL);
}
