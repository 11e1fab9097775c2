/* aligned_alloc. */
#include "oracle.h"

#include <stdlib.h>

void work(void)
{
	size_t n;

	for (n = 1; n < 5000; n *= 3) {
		free(hide(aligned_alloc(64, 64 * n)));
		hide(aligned_alloc(64, 64 * n)); /* stays */
	}
}
