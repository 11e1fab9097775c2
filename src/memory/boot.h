/* Memory for the moment when the real allocator is not known yet.
 *
 * The interposer finds the real malloc with dlsym, and dlsym may itself
 * allocate (glibc before 2.34 keeps its error state so).  What it gets then
 * comes from here.  A block is never taken back: whoever frees one first asks
 * bi_boot_owns(). */
#ifndef BI_MEMORY_BOOT_H
#define BI_MEMORY_BOOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* glibc's loader asks for a few hundred bytes.  This is room for a hundred
 * times as much, in pages that are not touched before somebody needs them. */
enum { BI_BOOT_BYTES = 65536 };

extern char bi_boot_arena[BI_BOOT_BYTES]
	__attribute__((visibility("hidden")));

/* SIZE zeroed bytes at a multiple of ALIGN, a power of two; NULL with errno
 * ENOMEM when the arena is used up.  Any thread. */
void *bi_boot_alloc(size_t size, size_t align);

/* Has it given a block away? */
bool bi_boot_is_used(void);

static inline bool bi_boot_owns(const void *p)
{
	return (uintptr_t)p - (uintptr_t)bi_boot_arena < BI_BOOT_BYTES;
}

/* How many bytes may be read at P, a block of the arena: at least its size. */
size_t bi_boot_readable(const void *p);

#endif
