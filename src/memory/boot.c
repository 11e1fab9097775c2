/* Memory for the moment when the real allocator is not known yet: blocks cut
 * one after the other from a static array. */
#include "memory/boot.h"

#include <errno.h>
#include <stdatomic.h>

char bi_boot_arena[BI_BOOT_BYTES];

static atomic_size_t used;

void *bi_boot_alloc(size_t size, size_t align)
{
	size_t begin = atomic_load_explicit(&used, memory_order_relaxed);
	size_t skip;

	if (size == 0)
		size = 1; /* its address must not be the end of the arena */
	do {
		skip = -((uintptr_t)bi_boot_arena + begin) & (align - 1);
		if (skip > BI_BOOT_BYTES - begin ||
		    size > BI_BOOT_BYTES - begin - skip) {
			errno = ENOMEM;
			return NULL;
		}
	} while (!atomic_compare_exchange_weak_explicit(
		&used, &begin, begin + skip + size, memory_order_relaxed,
		memory_order_relaxed));
	return bi_boot_arena + begin + skip;
}

bool bi_boot_is_used(void)
{
	return atomic_load_explicit(&used, memory_order_relaxed) > 0;
}

size_t bi_boot_readable(const void *p)
{
	return (size_t)(bi_boot_arena + BI_BOOT_BYTES - (const char *)p);
}
