/* memalign. */
#include "oracle.h"

#include <malloc.h>
#include <stdlib.h>

void work(void)
{
	size_t n;

	for (n = 1; n < 5000; n *= 3) {
		free(hide(memalign(128, n)));
		hide(memalign(128, n)); /* stays */
	}
}
