/* The allocator behind our malloc: the one that would have had the call. */
#ifndef BI_MEMORY_ALLOCATOR_H
#define BI_MEMORY_ALLOCATOR_H

#include <malloc.h>
#include <stdbool.h>
#include <stdlib.h>

/* Each under its own name: of another allocator's family every member must be
 * used, because free knows no other's blocks.  Left out are functions that can
 * be made of these and that some allocators lack: glibc's would answer for
 * them.
 *
 * libbenchkit-profile shares this with the counter of a program that may have been
 * built with another version (struct bench_counter: tap): a change here is a new
 * BENCH_COUNTER_VERSION. */
struct bi_allocator {
	__typeof__(malloc) *malloc;
	__typeof__(calloc) *calloc;
	__typeof__(realloc) *realloc;
	__typeof__(aligned_alloc) *aligned_alloc;
	__typeof__(posix_memalign) *posix_memalign;
	__typeof__(memalign) *memalign;
	__typeof__(free) *free;

	/* What a block of these has room for.  NULL where the function of that
	 * name belongs to another allocator. */
	__typeof__(malloc_usable_size) *usable_size;
};

/* Find it: the next in the order of shared objects, which may be libc's or
 * another's that was linked or preloaded; in a static program libc's.  Keeps
 * errno.  The loader may call malloc meanwhile. */
struct bi_allocator bi_allocator_find(void);

#endif
