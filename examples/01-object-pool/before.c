/* No pool at all: an object is allocated when it is needed, and freed when it
 * is put. */
#include "object_pool.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

struct pool {
	size_t size;
	size_t align; /* 0: malloc's will do */
	void (*reset)(void *object);
};

/* Returns 0, or what is wrong with the options. */
static int check_options(const struct pool_options *options)
{
	size_t align = options->align;

	if (options->size == 0 || (align & (align - 1)) != 0)
		return EINVAL;
	/* What is rounded up to the alignment must still be a size. */
	if (align > PTRDIFF_MAX || options->size > PTRDIFF_MAX - align)
		return EINVAL;
	return 0;
}

struct pool *pool_new(const struct pool_options *options)
{
	size_t align = options->align;
	size_t size = options->size;
	struct pool *pool;
	int rc = check_options(options);

	if (rc != 0) {
		errno = rc;
		return NULL;
	}
	pool = malloc(sizeof(*pool));
	if (pool == NULL)
		return NULL;
	if (align <= _Alignof(max_align_t))
		align = 0;
	else
		size = (size + align - 1) & ~(align - 1);
	*pool = (struct pool){size, align, options->reset};
	return pool;
}

void pool_free(struct pool *pool)
{
	free(pool);
}

void *pool_get(struct pool *pool)
{
	void *object;

	if (pool->align == 0)
		object = malloc(pool->size);
	else
		object = aligned_alloc(pool->align, pool->size);
	if (object != NULL && pool->reset != NULL)
		pool->reset(object);
	return object;
}

void pool_put(struct pool *pool, void *object)
{
	(void)pool;
	free(object);
}

size_t pool_trim(struct pool *pool)
{
	(void)pool;
	return 0;
}
