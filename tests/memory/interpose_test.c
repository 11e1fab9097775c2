/* src/memory/interpose.c: what each function of the family counts */
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
#include <unistd.h>

#include "memory/counting.h"

/* The compiler must not see that nobody could get as much. */
static volatile size_t too_much = PTRDIFF_MAX;

static struct bi_counts before;

static void begin(void)
{
	assert_true(bi_counting_read(&before));
}

/* Since begin(): so many. */
static void check(uint64_t allocs, uint64_t bytes, uint64_t frees)
{
	struct bi_counts after;

	assert_true(bi_counting_read(&after));
	assert_int_equal(after.allocs - before.allocs, allocs);
	assert_int_equal(after.bytes - before.bytes, bytes);
	assert_int_equal(after.frees - before.frees, frees);
}

/* P, allocated since begin() for so many bytes, is one allocation at a multiple
 * of ALIGN. */
static void check_allocated(void *p, uint64_t bytes, size_t align)
{
	check(1, bytes, 0);
	assert_non_null(p);
	assert_int_equal((uintptr_t)p % align, 0);
	memset(p, 'x', bytes);
	free(p);
	check(1, bytes, 1);
}

static void counting_is_available(void **state)
{
	(void)state;
	assert_null(bi_counting_unavailable_reason());
}

static void an_allocation_counts_what_was_asked_for(void **state)
{
	void *p = NULL;

	(void)state;
	begin();
	check_allocated(malloc(10), 10, 1);
	begin();
	check_allocated(malloc(0), 0, 1);
	begin();
	check_allocated(calloc(3, 7), 21, 1);
	begin();
	check_allocated(realloc(NULL, 11), 11, 1);
	begin();
	check_allocated(reallocarray(NULL, 3, 5), 15, 1);
	begin();
	check_allocated(aligned_alloc(64, 128), 128, 64);
	begin();
	check_allocated(memalign(128, 12), 12, 128);
	begin();
	assert_int_equal(posix_memalign(&p, 512, 13), 0);
	check_allocated(p, 13, 512);
	begin();
	check_allocated(valloc(14), 14, (size_t)getpagesize());
	begin();
	check_allocated(pvalloc(15), 15, (size_t)getpagesize());
	begin();
	check_allocated(strdup("four"), 5, 1);
}

static void pvalloc_gives_whole_pages(void **state)
{
	void *p = pvalloc(1);

	(void)state;
	assert_true(malloc_usable_size(p) >= (size_t)getpagesize());
	free(p);
}

static void a_realloc_is_an_allocation_and_a_free(void **state)
{
	void *p = malloc(10);

	(void)state;
	begin();
	p = realloc(p, 1000);
	check(1, 1000, 1);
	p = realloc(p, 5);
	check(2, 1005, 2);
	p = reallocarray(p, 10, 10);
	check(3, 1105, 3);
	free(p);
	check(3, 1105, 4);
}

static void a_realloc_to_nothing_is_a_free(void **state)
{
	void *p = malloc(10);

	(void)state;
	begin();
	assert_null(realloc(p, 0));
	check(0, 0, 1);
}

static void nothing_freed_is_not_counted(void **state)
{
	(void)state;
	begin();
	free(NULL);
	check(0, 0, 0);
}

static void what_fails_is_not_counted(void **state)
{
	void *volatile p = malloc(10);
	void *out = &before;

	(void)state;
	begin();
	errno = 0;
	assert_null(malloc(too_much));
	assert_int_equal(errno, ENOMEM);
	assert_null(calloc(1, too_much));
	assert_null(calloc(too_much, 4));
	assert_null(realloc(NULL, too_much));
	assert_null(realloc(p, too_much));
	errno = 0;
	assert_null(reallocarray(p, too_much, 3));
	assert_int_equal(errno, ENOMEM);
	assert_null(aligned_alloc(16, too_much));
	assert_null(memalign(64, too_much));
	assert_null(valloc(too_much));
	assert_null(pvalloc(too_much));
	errno = 0;
	assert_null(pvalloc(2 * too_much + 1));
	assert_int_equal(errno, ENOMEM);
	assert_int_equal(posix_memalign(&out, 3, 10), EINVAL);
	assert_int_equal(posix_memalign(&out, 64, too_much), ENOMEM);
	assert_ptr_equal(out, &before);
	check(0, 0, 0);
	free(p);
}

static void errno_is_kept(void **state)
{
	void *p;

	(void)state;
	errno = 77;
	p = malloc(10);
	p = realloc(p, 20);
	free(p);
	assert_int_equal(posix_memalign(&p, 64, 10), 0);
	free(p);
	assert_int_equal(posix_memalign(&p, 3, 10), EINVAL);
	assert_int_equal(errno, 77);
}

/* Live since the beginning of the watch, and at most since the call before. */
static void check_live(int64_t live, int64_t most)
{
	int64_t have_live, have_most;

	bi_counting_live(&have_live, &have_most);
	assert_int_equal(have_live, live);
	assert_int_equal(have_most, most);
}

static void live_bytes_are_known_while_watched(void **state)
{
	char *old = malloc(1032), *a, *b, *c;
	void *d = NULL;

	(void)state;
	assert_true(bi_counting_watch(true));
	check_live(0, 0);
	a = malloc(1032);
	b = calloc(2, 516);
	check_live(2064, 2064);
	free(a);
	check_live(1032, 2064);
	check_live(1032, 1032);
	b = realloc(b, 2056);
	c = aligned_alloc(64, 136);
	assert_int_equal(posix_memalign(&d, 64, 136), 0);
	check_live(2056 + 2 * (int64_t)malloc_usable_size(c),
		   2056 + 2 * (int64_t)malloc_usable_size(c));
	free(c);
	free(d);
	assert_null(realloc(b, 0));
	assert_null(realloc(NULL, too_much));
	free(NULL);
	free(memalign(64, 1000));
	/* What was there before may go, too. */
	free(old);
	bi_counting_live(&(int64_t){0}, &(int64_t){0});
	check_live(-1032, -1032);
	assert_true(bi_counting_watch(false));
	a = malloc(10);
	check_live(-1032, -1032);
	free(a);
}

static void each_watch_begins_at_zero(void **state)
{
	void *p;

	(void)state;
	assert_true(bi_counting_watch(true));
	p = malloc(1032);
	assert_true(bi_counting_watch(true));
	check_live(0, 0);
	free(p);
	check_live(-1032, 0);
	assert_true(bi_counting_watch(false));
}

static void watched_calls_are_counted_as_others(void **state)
{
	assert_true(bi_counting_watch(true));
	an_allocation_counts_what_was_asked_for(state);
	a_realloc_is_an_allocation_and_a_free(state);
	a_realloc_to_nothing_is_a_free(state);
	what_fails_is_not_counted(state);
	errno_is_kept(state);
	assert_true(bi_counting_watch(false));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counting_is_available),
		cmocka_unit_test(an_allocation_counts_what_was_asked_for),
		cmocka_unit_test(pvalloc_gives_whole_pages),
		cmocka_unit_test(a_realloc_is_an_allocation_and_a_free),
		cmocka_unit_test(a_realloc_to_nothing_is_a_free),
		cmocka_unit_test(nothing_freed_is_not_counted),
		cmocka_unit_test(what_fails_is_not_counted),
		cmocka_unit_test(errno_is_kept),
		cmocka_unit_test(live_bytes_are_known_while_watched),
		cmocka_unit_test(each_watch_begins_at_zero),
		cmocka_unit_test(watched_calls_are_counted_as_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
