/* Blocks that grow, shrink, move and stay. */
#include "oracle.h"

#include <stdlib.h>

void work(void)
{
	void *a = NULL, *b = NULL;
	size_t n;

	for (n = 1; n < 3000; n += 7) {
		a = hide(realloc(a, n));
		b = hide(realloc(b, 3000 - n));
	}
	for (n = 1; n < 2000000; n *= 2) /* past what mmap serves */
		a = hide(reallocarray(a, n, 3));
	free(a);
	free(b);
}
