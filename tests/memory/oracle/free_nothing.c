/* What frees nothing. */
#include "oracle.h"

#include <stdlib.h>

void work(void)
{
	int i;

	free(hide(malloc(1)));
	for (i = 0; i < 100; i++)
		free(hide(NULL));
}
