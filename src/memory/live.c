/* Live bytes: what has been allocated and not freed. */
#include "memory/live.h"

#include "memory/gauge.h"

/* Exchanged while threads are inside. */
static const struct bi_allocator *behind;
static struct bi_gauge live;

#define BEHIND __atomic_load_n(&behind, __ATOMIC_ACQUIRE)

static int64_t size_of(void *p)
{
	return p == NULL ? 0 : (int64_t)BEHIND->usable_size(p);
}

static void *gained(void *p)
{
	if (p != NULL)
		bi_gauge_add(&live, size_of(p));
	return p;
}

static void *watched_malloc(size_t size)
{
	return gained(BEHIND->malloc(size));
}

static void *watched_calloc(size_t count, size_t size)
{
	return gained(BEHIND->calloc(count, size));
}

/* A block that moves is not twice there, or the figure would depend on whether
 * there was room behind it. */
static void *watched_realloc(void *old, size_t size)
{
	int64_t had = size_of(old);
	void *p = BEHIND->realloc(old, size);

	if (p != NULL)
		bi_gauge_add(&live, size_of(p) - had);
	else if (size == 0)
		bi_gauge_add(&live, -had);
	return p;
}

static void *watched_aligned_alloc(size_t align, size_t size)
{
	return gained(BEHIND->aligned_alloc(align, size));
}

static int watched_posix_memalign(void **out, size_t align, size_t size)
{
	int rc = BEHIND->posix_memalign(out, align, size);

	if (rc == 0)
		gained(*out);
	return rc;
}

static void *watched_memalign(size_t align, size_t size)
{
	return gained(BEHIND->memalign(align, size));
}

static void watched_free(void *p)
{
	bi_gauge_add(&live, -size_of(p));
	BEHIND->free(p);
}

void bi_live_begin(void)
{
	bi_gauge_reset(&live);
}

struct bi_allocator bi_live_watch(const struct bi_allocator *allocator)
{
	struct bi_allocator watched = {
		.malloc = watched_malloc,
		.calloc = watched_calloc,
		.realloc = watched_realloc,
		.aligned_alloc = watched_aligned_alloc,
		.posix_memalign = watched_posix_memalign,
		.memalign = watched_memalign,
		.free = watched_free,
		.usable_size = allocator->usable_size,
	};

	__atomic_store_n(&behind, allocator, __ATOMIC_RELEASE);
	return watched;
}

void bi_live_read(int64_t *now, int64_t *most)
{
	bi_gauge_read(&live, now, most);
}
