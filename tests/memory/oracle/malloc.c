/* malloc. */
#include "oracle.h"

#include <stdlib.h>

void work(void)
{
	size_t n;

	for (n = 1; n < 5000; n *= 3) {
		free(hide(malloc(n)));
		hide(malloc(n)); /* stays */
	}
}
