/* Counting in a program that is built with a sanitizer: the runtimes of the
 * address, memory, leak and thread sanitizers call hooks after an allocation
 * and before a free.  A realloc is one of each, as we count it.
 *
 * Shared counts suffice: next to what a sanitizer does for one malloc, a locked
 * addition is nothing. */
#include "memory/sanitizer.h"

#include <stdatomic.h>
#include <stddef.h>

#include "memory/gauge.h"

/* From sanitizer/allocator_interface.h, which not every compiler installs.
 * Returns 0 when its table of hooks is full. */
extern int __sanitizer_install_malloc_and_free_hooks(
	void (*malloc_hook)(const volatile void *p, size_t size),
	void (*free_hook)(const volatile void *p)) __attribute__((weak));

/* The bytes that were asked for when P was allocated. */
extern size_t __sanitizer_get_allocated_size(const volatile void *p)
	__attribute__((weak));

static _Atomic uint64_t alloc_count;
static _Atomic uint64_t byte_count;
static _Atomic uint64_t free_count;
static atomic_bool watching;
static struct bi_gauge live;

static void on_malloc(const volatile void *p, size_t size)
{
	if (p == NULL)
		return;
	atomic_fetch_add_explicit(&alloc_count, 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&byte_count, size, memory_order_relaxed);
	if (atomic_load_explicit(&watching, memory_order_relaxed))
		bi_gauge_add(&live, (int64_t)size);
}

void bench_count_unhooked(const void *p, size_t size)
{
	on_malloc(p, size);
}

static void on_free(const volatile void *p)
{
	if (p == NULL)
		return;
	atomic_fetch_add_explicit(&free_count, 1, memory_order_relaxed);
	if (atomic_load_explicit(&watching, memory_order_relaxed))
		bi_gauge_add(&live,
			     -(int64_t)__sanitizer_get_allocated_size(p));
}

static void read_counts(uint64_t *allocs, uint64_t *bytes, uint64_t *frees)
{
	*allocs = atomic_load_explicit(&alloc_count, memory_order_relaxed);
	*bytes = atomic_load_explicit(&byte_count, memory_order_relaxed);
	*frees = atomic_load_explicit(&free_count, memory_order_relaxed);
}

static bool watch(bool on)
{
	if (__sanitizer_get_allocated_size == NULL)
		return false;
	if (on)
		bi_gauge_reset(&live);
	atomic_store(&watching, on);
	return true;
}

static void read_live(int64_t *now, int64_t *most)
{
	bi_gauge_read(&live, now, most);
}

const struct bench_counter bi_sanitizer_counter = {
	.version = BENCH_COUNTER_VERSION,
	.read = read_counts,
	.watch = watch,
	.live = read_live,
};

bool bi_sanitizer_present(void)
{
	return __sanitizer_install_malloc_and_free_hooks != NULL;
}

bool bi_sanitizer_hook(void)
{
	static bool hooked;

	if (!hooked && bi_sanitizer_present())
		hooked = __sanitizer_install_malloc_and_free_hooks(
				 on_malloc, on_free) > 0;
	return hooked;
}
