/* Allocations that fail when a test wants them to. */
#include "oom/alloc.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void __wrap_free(void *block);
void *__wrap_reallocarray(void *block, size_t count, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t most);

static long until_failure; /* 0: none to come */
static int failed;
static long live;

void alloc_fail_nth(long nth)
{
	until_failure = nth;
	failed = 0;
}

int alloc_failed(void)
{
	return failed;
}

long alloc_live(void)
{
	return live;
}

static int must_fail(void)
{
	if (until_failure == 0 || --until_failure > 0)
		return 0;
	failed = 1;
	return 1;
}

void *__wrap_malloc(size_t size)
{
	void *block = must_fail() ? NULL : __real_malloc(size);

	live += block != NULL;
	return block;
}

void *__wrap_calloc(size_t count, size_t size)
{
	void *block = must_fail() ? NULL : __real_calloc(count, size);

	live += block != NULL;
	return block;
}

void *__wrap_realloc(void *block, size_t size)
{
	void *moved = must_fail() ? NULL : __real_realloc(block, size);

	live += block == NULL && moved != NULL;
	return moved;
}

void __wrap_free(void *block)
{
	live -= block != NULL;
	__real_free(block);
}

/* These allocate within libc, where no wrapper sees it. */

void *__wrap_reallocarray(void *block, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		return NULL;
	return __wrap_realloc(block, count * size);
}

char *__wrap_strndup(const char *text, size_t most)
{
	size_t len = strnlen(text, most);
	char *copy = __wrap_malloc(len + 1);

	if (copy == NULL)
		return NULL;
	copy[len] = '\0';
	return memcpy(copy, text, len);
}

char *__wrap_strdup(const char *text)
{
	return __wrap_strndup(text, strlen(text));
}
