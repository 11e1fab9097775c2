/* Requests that fail, a realloc of a block among them, which valgrind counts. */
#include "oracle.h"

#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>

static volatile size_t too_much = PTRDIFF_MAX;

void work(void)
{
	void *p = hide(malloc(10)), *out;

	hide(realloc(hide(p), too_much));
	hide(reallocarray(hide(p), too_much, 8));
	hide(malloc(too_much));
	hide(calloc(too_much, 8));
	hide(aligned_alloc(64, too_much));
	hide(memalign(64, too_much));
	hide(valloc(too_much));
	hide(pvalloc(too_much));
	hide(posix_memalign(&out, 3, 10) == 0 ? out : NULL);
	hide(posix_memalign(&out, 64, too_much) == 0 ? out : NULL);
	if (errno != ENOMEM)
		abort();
	free(p);
}
