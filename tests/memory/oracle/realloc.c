/* realloc of nothing, of a block, and to nothing. */
#include "oracle.h"

#include <stdlib.h>

void work(void)
{
	void *p;
	size_t n;

	for (n = 1; n < 5000; n *= 3) {
		p = hide(realloc(NULL, n));
		p = hide(realloc(p, 2 * n));
		p = hide(realloc(p, n / 2 + 1));
		hide(realloc(p, 0));
	}
}
