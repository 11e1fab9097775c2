/* The allocator behind our malloc, in a program that is linked with --wrap: the
 * linker calls it __real_malloc. */
#include "memory/allocator.h"

#define REAL(name) extern __typeof__(name) __real_##name

REAL(malloc);
REAL(calloc);
REAL(realloc);
REAL(aligned_alloc);
REAL(posix_memalign);
REAL(memalign);
REAL(free);

extern __typeof__(bi_allocator_find) __wrap_bi_allocator_find;

struct bi_allocator __wrap_bi_allocator_find(void)
{
	struct bi_allocator found = {
		.malloc = __real_malloc,
		.calloc = __real_calloc,
		.realloc = __real_realloc,
		.aligned_alloc = __real_aligned_alloc,
		.posix_memalign = __real_posix_memalign,
		.memalign = __real_memalign,
		.free = __real_free,
		.usable_size = malloc_usable_size,
	};

	return found;
}
