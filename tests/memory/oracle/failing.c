/* Requests that fail (but no realloc of a block: valgrind counts it before it
 * fails). */
#include "oracle.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>

static volatile size_t too_much = PTRDIFF_MAX;

void work(void)
{
	void *p = hide(malloc(10)), *out;

	hide(malloc(too_much));
	hide(calloc(too_much, 8));
	hide(realloc(NULL, too_much));
	hide(reallocarray(hide(p), too_much, 8));
	hide(memalign(64, too_much));
	hide(posix_memalign(&out, 3, 10) == 0 ? out : NULL);
	free(p);
}
