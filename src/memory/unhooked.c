/* What the hooks of the thread sanitizer leave out: the aligned part of malloc's
 * family, of which they tell only the frees, and reallocarray, of which they tell
 * the size of one element.  Each call goes on to the sanitizer's own function and
 * is told when it succeeded.
 *
 * The sanitizer's runtimes define weak functions for programs to replace, and the
 * same as __interceptor_NAME for these to call.
 *
 * A program has this file if the header was included under that sanitizer. */
#include <benchkit/counter.h>
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

#define BEHIND(name) extern __typeof__(name) __interceptor_##name

BEHIND(memalign);
BEHIND(aligned_alloc);
BEHIND(posix_memalign);
BEHIND(valloc);
BEHIND(pvalloc);

/* What the sanitizer has each function call that it compiles: who called, for
 * the stacks of its reports. */
extern void __tsan_func_entry(void *caller);
extern void __tsan_func_exit(void);

#define ENTER() __tsan_func_entry(__builtin_return_address(0))

const char bench_unhooked;

static void *leave(void *p, size_t size)
{
	bench_count_unhooked(p, size);
	__tsan_func_exit();
	return p;
}

BENCH_API void *memalign(size_t align, size_t size)
{
	ENTER();
	return leave(__interceptor_memalign(align, size), size);
}

BENCH_API void *aligned_alloc(size_t align, size_t size)
{
	ENTER();
	return leave(__interceptor_aligned_alloc(align, size), size);
}

BENCH_API int posix_memalign(void **out, size_t align, size_t size)
{
	int rc;

	ENTER();
	rc = __interceptor_posix_memalign(out, align, size);
	leave(rc == 0 ? *out : NULL, size);
	return rc;
}

BENCH_API void *valloc(size_t size)
{
	ENTER();
	return leave(__interceptor_valloc(size), size);
}

BENCH_API void *pvalloc(size_t size)
{
	ENTER();
	return leave(__interceptor_pvalloc(size), size);
}

/* By way of realloc, of which the hooks tell. */
BENCH_API void *reallocarray(void *old, size_t count, size_t size)
{
	size_t total;
	void *p = NULL;

	ENTER();
	if (__builtin_mul_overflow(count, size, &total))
		errno = ENOMEM;
	else
		p = realloc(old, total);
	__tsan_func_exit();
	return p;
}
