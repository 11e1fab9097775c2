/* malloc and its family as the linker's --wrap puts them before the tests and
 * what they test. */
#include "test_heap.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

atomic_long live_blocks;
atomic_long requests;
static atomic_long failing; /* as given to arm() */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_aligned_alloc(size_t align, size_t size);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_aligned_alloc(size_t align, size_t size);
void __wrap_free(void *block);

void arm(long nth)
{
	requests = 0;
	failing = nth;
}

static bool refused(void)
{
	if (++requests != failing && failing != EVERY)
		return false;
	errno = ENOMEM;
	return true;
}

static void *counted(void *block)
{
	if (block != NULL)
		live_blocks++;
	return block;
}

void *__wrap_malloc(size_t size)
{
	return refused() ? NULL : counted(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
	return refused() ? NULL : counted(__real_calloc(count, size));
}

void *__wrap_realloc(void *old, size_t size)
{
	void *block = refused() ? NULL : __real_realloc(old, size);

	return old == NULL ? counted(block) : block;
}

void *__wrap_aligned_alloc(size_t align, size_t size)
{
	return refused() ? NULL : counted(__real_aligned_alloc(align, size));
}

void __wrap_free(void *block)
{
	if (block != NULL)
		live_blocks--;
	__real_free(block);
}

int nothing_armed(void **state)
{
	(void)state;
	live_blocks = 0;
	arm(NONE);
	return 0;
}

int nothing_leaked(void **state)
{
	(void)state;
	return live_blocks == 0 ? 0 : -1;
}
