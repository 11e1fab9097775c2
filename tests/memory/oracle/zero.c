/* Requests for nothing. */
#include "oracle.h"

#include <malloc.h>
#include <stdlib.h>

void work(void)
{
	void *p;

	free(hide(malloc(0)));
	free(hide(calloc(0, 10)));
	free(hide(calloc(10, 0)));
	free(hide(realloc(NULL, 0)));
	free(hide(memalign(64, 0)));
	p = hide(malloc(10));
	hide(realloc(p, 0));
	p = hide(malloc(10));
	hide(reallocarray(p, 10, 0));
}
