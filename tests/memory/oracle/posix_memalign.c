/* posix_memalign. */
#include "oracle.h"

#include <stdlib.h>

void work(void)
{
	size_t n;
	void *p;

	for (n = 1; n < 5000; n *= 3) {
		if (posix_memalign(&p, 512, n) == 0)
			free(hide(p));
		if (posix_memalign(&p, sizeof(p), n) == 0)
			hide(p); /* stays */
	}
}
