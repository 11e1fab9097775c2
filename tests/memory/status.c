/* Prints "counted" when what this program allocates is counted exactly, and
 * where it got it from, or why it is not counted.  Linked in many ways. */
#include <benchkit/bench.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory/counting.h"

/* In own_malloc.c; NULL without it. */
extern size_t own_malloc_used(void) __attribute__((weak));

/* Nine allocations of 500 bytes together, all of them freed. */
static void allocate(void)
{
	void *p[8] = {
		malloc(10),
		calloc(2, 10),
		realloc(NULL, 30),
		reallocarray(NULL, 5, 8),
		aligned_alloc(64, 128),
		memalign(32, 70),
		strdup("0123456789"),
	};
	size_t i;

	p[2] = realloc(p[2], 100);
	if (posix_memalign(&p[7], 256, 91) != 0)
		p[7] = NULL;
	for (i = 0; i < 8; i++)
		free(p[i]);
}

int main(void)
{
	struct bi_counts before, after;

	if (bi_counting_unavailable_reason() != NULL) {
		printf("not counted: %s\n", bi_counting_unavailable_reason());
		return 0;
	}
	bi_counting_read(&before);
	allocate();
	bi_counting_read(&after);
	if (after.allocs - before.allocs == 9 &&
	    after.bytes - before.bytes == 500 &&
	    after.frees - before.frees == 9)
		printf("counted, %s malloc\n",
		       own_malloc_used != NULL && own_malloc_used() > 0
			       ? "own"
			       : "libc's");
	else
		printf("miscounted: %ju allocations, %ju bytes, %ju frees\n",
		       (uintmax_t)(after.allocs - before.allocs),
		       (uintmax_t)(after.bytes - before.bytes),
		       (uintmax_t)(after.frees - before.frees));
	return 0;
}
