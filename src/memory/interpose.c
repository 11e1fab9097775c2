/* malloc and its family, counted: each call goes on to the allocator that would
 * have had it (libc's, or one that is linked or preloaded as a shared library)
 * and is counted when it succeeded.
 *
 * What is counted follows valgrind's "total heap usage", so that anybody can
 * check a figure: realloc of a block is one allocation of the new size and one
 * free, realloc(p, 0) that frees is a free.
 *
 * The definitions are weak.  A program that brings its own malloc in an object
 * file, a static library or a sanitizer's static runtime keeps that one, and a
 * static program keeps libc.a's: its malloc, realloc and free are not weak, and
 * ours for the rest (libc.a's are weak) get their blocks from the same heap.
 * libbenchkit notices that nothing is counted.  For any other program weak
 * makes no difference: of several shared objects the loader takes the first,
 * weak or not, and the program itself is first.
 *
 * This file is compiled without sanitizers: it runs before they are set up. */
#include "memory/interpose.h"

#include <benchkit/version.h>
#include <errno.h>
#include <malloc.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "memory/allocator.h"
#include "memory/boot.h"
#include "memory/counter.h"
#include "memory/live.h"

#define INTERPOSED BENCH_API __attribute__((weak))

/* An allocator that stands after us on the link line defines nothing that is
 * still wanted: --as-needed would drop a shared one, and an archive's members
 * would stay where they are.  So we want what every one of them has and we have
 * not. */
__attribute__((used)) static __typeof__(malloc_usable_size) *const
	from_the_allocator = malloc_usable_size;

/* All NULL until the first call.  That one is over before the program has a
 * second thread, because pthread_create allocates.  What is called is the
 * allocator itself, or its watched double (memory/live.h), or a tap, so that
 * these cost nothing while nobody wants them: other threads may call while they
 * are exchanged, and find one or the other. */
static struct bi_allocator real, allocator;

#define REAL(name) __atomic_load_n(&real.name, __ATOMIC_RELAXED)

/* real.free once every block may be given to it: stays NULL if blocks of the boot
 * arena are about, so that all other programs need not ask for them. */
static __typeof__(free) *free_any;

/* False when called by the search itself. */
__attribute__((noinline, cold)) static bool find_real(void)
{
	static bool finding;

	if (finding)
		return false;
	finding = true;
	allocator = bi_allocator_find();
	real = allocator;
	if (!bi_boot_is_used())
		free_any = real.free;
	finding = false;
	return real.malloc != NULL;
}

/* The function behind NAME, loaded once; NULL while every request must be served
 * from the boot arena.  Those are not counted: without us nobody would make
 * them. */
#define BEHIND(name)                                                           \
	__extension__({                                                        \
		__typeof__(real.name) behind_ = REAL(name);                    \
		if (BENCH_UNLIKELY(behind_ == NULL) && find_real())            \
			behind_ = REAL(name);                                  \
		behind_;                                                       \
	})

/* What happens once is out of line, and the last thing that the hot paths call:
 * they need not keep anything over it, so free has no stack frame. */
__attribute__((noinline, cold)) static void *counted_first(void *p, size_t size)
{
	bi_counter_alloc_slow(size);
	return p;
}

/* P, and SIZE counted if it is a block. */
static inline void *counted(void *p, size_t size)
{
	struct bi_counter_block *mine = bi_counter_mine;

	if (p == NULL)
		return NULL;
	if (BENCH_UNLIKELY(mine == NULL))
		return counted_first(p, size);
	bi_counter_block_alloc(mine, size);
	return p;
}

__attribute__((noinline, cold)) static void *malloc_first(size_t size)
{
	return find_real() ? malloc(size)
			   : bi_boot_alloc(size, alignof(max_align_t));
}

INTERPOSED void *malloc(size_t size)
{
	__typeof__(malloc) *behind = REAL(malloc);

	if (BENCH_UNLIKELY(behind == NULL))
		return malloc_first(size);
	return counted(behind(size), size);
}

INTERPOSED void *calloc(size_t count, size_t size)
{
	__typeof__(calloc) *behind = BEHIND(calloc);
	size_t total;

	if (BENCH_UNLIKELY(__builtin_mul_overflow(count, size, &total))) {
		errno = ENOMEM;
		return NULL;
	}
	if (BENCH_UNLIKELY(behind == NULL))
		return bi_boot_alloc(total, alignof(max_align_t));
	return counted(behind(count, size), total);
}

__attribute__((noinline, cold)) static void free_first(void *p)
{
	__typeof__(free) *behind;

	/* A block from before the first call of a real function is left where
	 * it is.  Before that call there can be no other. */
	if (bi_boot_owns(p))
		return;
	behind = BEHIND(free);
	if (behind == NULL)
		return;
	bi_counter_free();
	behind(p);
}

INTERPOSED void free(void *p)
{
	__typeof__(free) *behind = __atomic_load_n(&free_any, __ATOMIC_RELAXED);
	struct bi_counter_block *mine = bi_counter_mine;

	if (p == NULL)
		return;
	if (BENCH_UNLIKELY(behind == NULL) || BENCH_UNLIKELY(mine == NULL)) {
		free_first(p);
		return;
	}
	bi_counter_block_free(mine);
	behind(p);
}

/* A block of the boot arena grows into a block of the real allocator. */
static void *move_from_boot(const void *old, size_t size)
{
	size_t readable = bi_boot_readable(old);
	void *p = malloc(size);

	if (p != NULL)
		memcpy(p, old, size < readable ? size : readable);
	return p;
}

INTERPOSED void *realloc(void *old, size_t size)
{
	__typeof__(realloc) *behind;
	void *p;

	if (old == NULL)
		return malloc(size);
	if (BENCH_UNLIKELY(bi_boot_owns(old)))
		return move_from_boot(old, size);
	behind = BEHIND(realloc);
	if (BENCH_UNLIKELY(behind == NULL))
		return NULL;
	p = counted(behind(old, size), size);
	/* NULL for no bytes is glibc's way to say that it has freed the block;
	 * NULL for some is a failure. */
	if (p != NULL || size == 0)
		bi_counter_free();
	return p;
}

/* Not passed on: glibc's calls realloc, which is ours, and would be counted
 * twice. */
INTERPOSED void *reallocarray(void *old, size_t count, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(count, size, &total)) {
		errno = ENOMEM;
		return NULL;
	}
	return realloc(old, total);
}

/* SIZE bytes for a caller that asked for ASKED.  Inlined: who looks at a stack
 * knows the family by the names that others see. */
__attribute__((always_inline)) static inline void *
counted_memalign(size_t align, size_t size, size_t asked)
{
	__typeof__(memalign) *behind = BEHIND(memalign);

	if (BENCH_UNLIKELY(behind == NULL))
		return bi_boot_alloc(size, align);
	return counted(behind(align, size), asked);
}

INTERPOSED void *memalign(size_t align, size_t size)
{
	return counted_memalign(align, size, size);
}

INTERPOSED void *valloc(size_t size)
{
	return counted_memalign((size_t)getpagesize(), size, size);
}

/* Whole pages. */
INTERPOSED void *pvalloc(size_t size)
{
	size_t page = (size_t)getpagesize();
	size_t end;

	if (__builtin_add_overflow(size, page - 1, &end)) {
		errno = ENOMEM;
		return NULL;
	}
	return counted_memalign(page, end & ~(page - 1), size);
}

INTERPOSED void *aligned_alloc(size_t align, size_t size)
{
	__typeof__(aligned_alloc) *behind = BEHIND(aligned_alloc);

	if (BENCH_UNLIKELY(behind == NULL))
		return bi_boot_alloc(size, align);
	return counted(behind(align, size), size);
}

INTERPOSED int posix_memalign(void **out, size_t align, size_t size)
{
	__typeof__(posix_memalign) *behind = BEHIND(posix_memalign);
	int rc;

	if (BENCH_UNLIKELY(behind == NULL))
		return ENOMEM;
	rc = behind(out, align, size);
	if (rc == 0)
		bi_counter_alloc(size);
	return rc;
}

/* ---- What stands between counting and the allocator ---- */

static struct {
	const struct bi_allocator *tap; /* NULL: none */
	atomic_bool watching;
	atomic_uint changes; /* of the two above */
} between;

#define USE(name, from)                                                        \
	__atomic_store_n(&real.name, (from).name, __ATOMIC_RELEASE)

/* free first: of no block that the new functions gave may the old ones take
 * leave. */
static void use(struct bi_allocator from)
{
	USE(free, from);
	if (!bi_boot_is_used())
		__atomic_store_n(&free_any, from.free, __ATOMIC_RELEASE);
	USE(malloc, from);
	USE(calloc, from);
	USE(realloc, from);
	USE(aligned_alloc, from);
	USE(posix_memalign, from);
	USE(memalign, from);
}

static const struct bi_allocator *below_watch(void)
{
	const struct bi_allocator *tap =
		__atomic_load_n(&between.tap, __ATOMIC_ACQUIRE);

	return tap != NULL ? tap : &allocator;
}

/* Put there what BETWEEN says now.  Without a lock, which a fork could find held:
 * of threads that do this at once the last to finish has seen all changes. */
static void arrange(void)
{
	const struct bi_allocator *below;
	unsigned seen;

	atomic_fetch_add(&between.changes, 1);
	do {
		seen = atomic_load(&between.changes);
		below = below_watch();
		use(atomic_load(&between.watching) ? bi_live_watch(below)
						   : *below);
	} while (seen != atomic_load(&between.changes));
}

bool bi_interpose_watch(bool on)
{
	if (BEHIND(malloc) == NULL || below_watch()->usable_size == NULL)
		return false;
	if (on)
		bi_live_begin();
	atomic_store(&between.watching, on);
	arrange();
	return true;
}

bool bi_interpose_tap(const struct bi_allocator *tap,
		      struct bi_allocator *behind)
{
	if (BEHIND(malloc) == NULL)
		return false;
	if (behind != NULL)
		*behind = allocator;
	__atomic_store_n(&between.tap, tap, __ATOMIC_RELEASE);
	arrange();
	return true;
}
