/* src/memory/interpose.c before the allocator behind it is known: the search
 * for it, here our own, allocates as the loader of an older glibc does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <benchkit/counter.h>
#include <cmocka.h>
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "memory/allocator.h"
#include "memory/boot.h"

extern __typeof__(malloc) __libc_malloc;
extern __typeof__(calloc) __libc_calloc;
extern __typeof__(realloc) __libc_realloc;
extern __typeof__(free) __libc_free;

static struct {
	int searches;
	char *plain, *zeroed, *grown, *aligned;
	int posix_memalign_rc;
	uint64_t allocs, frees;
} seen;

struct bi_allocator bi_allocator_find(void)
{
	/* Of the others nobody here makes a call. */
	struct bi_allocator libc = {
		.malloc = __libc_malloc,
		.calloc = __libc_calloc,
		.realloc = __libc_realloc,
		.free = __libc_free,
	};
	void *out;
	uint64_t bytes;

	seen.searches++;
	seen.plain = malloc(100);
	seen.zeroed = calloc(10, 10);
	seen.grown = malloc(4);
	memcpy(seen.grown, "abc", 4);
	seen.grown = realloc(seen.grown, 300);
	seen.aligned = memalign(256, 1);
	seen.posix_memalign_rc = posix_memalign(&out, 64, 10);
	free(seen.zeroed);
	bench_counter.read(&seen.allocs, &bytes, &seen.frees);
	return libc;
}

void bench_use_counter(const struct bench_counter *counter)
{
	(void)counter;
}

static void the_search_gets_memory_from_the_arena(void **state)
{
	(void)state;
	assert_int_equal(seen.searches, 1);
	assert_true(bi_boot_owns(seen.plain));
	assert_true(bi_boot_owns(seen.zeroed));
	assert_true(bi_boot_owns(seen.grown));
	assert_string_equal(seen.grown, "abc");
	assert_int_equal((uintptr_t)seen.aligned % 256, 0);
	assert_int_equal(seen.posix_memalign_rc, ENOMEM);
}

static void the_search_is_not_counted(void **state)
{
	(void)state;
	assert_int_equal(seen.allocs, 0);
	assert_int_equal(seen.frees, 0);
}

static void its_blocks_can_be_given_back_later(void **state)
{
	uint64_t allocs[2], bytes[2], frees[2];
	char *p;

	(void)state;
	bench_counter.read(&allocs[0], &bytes[0], &frees[0]);
	free(seen.plain);
	p = realloc(seen.grown, 5000);
	bench_counter.read(&allocs[1], &bytes[1], &frees[1]);
	assert_false(bi_boot_owns(p));
	assert_string_equal(p, "abc");
	assert_int_equal(allocs[1] - allocs[0], 1);
	assert_int_equal(bytes[1] - bytes[0], 5000);
	assert_int_equal(frees[1] - frees[0], 0);
	free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_search_gets_memory_from_the_arena),
		cmocka_unit_test(the_search_is_not_counted),
		cmocka_unit_test(its_blocks_can_be_given_back_later),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
