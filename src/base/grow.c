/* Arrays that grow. */
#include "base/grow.h"

#include <stdint.h>
#include <stdlib.h>

/* By half: where there are many elements the free end counts.  The first block
 * is worth the call. */
static size_t next_cap(size_t cap)
{
	size_t more = cap / 2 + 8;

	return cap > SIZE_MAX - more ? SIZE_MAX : cap + more;
}

void *bi_grow(void *array, size_t *cap, size_t need, size_t size)
{
	size_t wanted = next_cap(*cap);
	void *grown;

	if (need <= *cap)
		return array;
	if (wanted < need)
		wanted = need;
	if (wanted > SIZE_MAX / size)
		return NULL;
	grown = realloc(array, wanted * size);
	if (grown != NULL)
		*cap = wanted;
	return grown;
}
