/* Another allocator than libc's, as a program might bring along: it takes
 * blocks from one array and none back, and dies of a block that is not its
 * own. */
#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

enum { ARENA_BYTES = 1 << 20, HEADER = 16 };

static _Alignas(4096) char arena[ARENA_BYTES];
static atomic_size_t used;

static size_t size_of(const char *p)
{
	size_t size;

	if (p < arena + HEADER || p >= arena + ARENA_BYTES)
		abort();
	memcpy(&size, p - HEADER, sizeof(size));
	return size;
}

/* ALIGN is at least HEADER.  Takes more than it needs to. */
static char *take(size_t align, size_t size)
{
	size_t at, begin;

	if (size > ARENA_BYTES / 2 || align > ARENA_BYTES / 4) {
		errno = ENOMEM;
		return NULL;
	}
	at = atomic_fetch_add(&used, size + 2 * align);
	begin = (at + HEADER + align - 1) / align * align;
	if (begin + size > ARENA_BYTES)
		abort();
	memcpy(arena + begin - HEADER, &size, sizeof(size));
	return arena + begin;
}

EXPORT size_t own_malloc_used(void);

EXPORT size_t own_malloc_used(void)
{
	return atomic_load(&used);
}

EXPORT void *malloc(size_t size)
{
	return take(HEADER, size);
}

EXPORT void *calloc(size_t count, size_t size)
{
	return take(HEADER, count * size); /* the arena is zeroed */
}

EXPORT void free(void *p)
{
	if (p != NULL)
		size_of(p);
}

EXPORT void *realloc(void *old, size_t size)
{
	size_t had = old == NULL ? 0 : size_of(old);
	char *p = take(HEADER, size);

	if (p != NULL && had > 0)
		memcpy(p, old, had < size ? had : size);
	return p;
}

EXPORT void *reallocarray(void *old, size_t count, size_t size)
{
	return realloc(old, count * size);
}

EXPORT void *memalign(size_t align, size_t size)
{
	return take(align < HEADER ? HEADER : align, size);
}

EXPORT void *aligned_alloc(size_t align, size_t size)
{
	return take(align < HEADER ? HEADER : align, size);
}

EXPORT int posix_memalign(void **out, size_t align, size_t size)
{
	*out = take(align < HEADER ? HEADER : align, size);
	return *out == NULL ? ENOMEM : 0;
}

EXPORT size_t malloc_usable_size(void *p)
{
	return size_of(p);
}
