/* What object_pool.h promises, run once for each variant.  That mistakes are
 * caught is in mistakes_test.c. */
#include "object_pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "test_heap.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* before.c keeps nothing; the others must. */
#ifdef LESSON_before
#define KEEPS false
#else
#define KEEPS true
#endif

/* ---- One thread ---- */

struct book {
	char title[64];
	unsigned pages;
};

static void reset_book(void *object)
{
	struct book *book = object;

	strcpy(book->title, "untitled");
	book->pages = 0;
}

/* A pool of books that keeps at most CACHED for a thread and SHARED for all. */
static struct pool *new_pool(size_t cached, size_t shared)
{
	struct pool *pool = pool_new(&(struct pool_options){
		.size = sizeof(struct book),
		.reset = reset_book,
		.cached = cached,
		.shared = shared,
	});

	assert_non_null(pool);
	return pool;
}

static struct book *get_book(struct pool *pool)
{
	struct book *book = pool_get(pool);

	assert_non_null(book);
	assert_string_equal(book->title, "untitled");
	assert_int_equal(book->pages, 0);
	return book;
}

/* Get COUNT books, write to them, see that nobody else did, put them. */
static void use_books(struct pool *pool, size_t count)
{
	struct book *books[200];
	size_t i;

	assert_true(count <= LENGTH(books));
	for (i = 0; i < count; i++) {
		books[i] = get_book(pool);
		memset(books[i], (int)i + 1, sizeof(*books[i]));
	}
	for (i = 0; i < count; i++) {
		assert_int_equal(books[i]->title[0], (char)(i + 1));
		assert_int_equal(books[i]->pages, (i + 1) * 0x01010101);
		pool_put(pool, books[i]);
	}
}

static void objects_are_reset_each_time(void **state)
{
	struct pool *pool = new_pool(0, 0);
	int i;

	(void)state;
	for (i = 0; i < 3; i++)
		use_books(pool, 1);
	pool_free(pool);
}

static void objects_are_distinct_at_every_level(void **state)
{
	struct pool *pool = new_pool(8, 16);
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		use_books(pool, 5);
		use_books(pool, 20);
		use_books(pool, 200);
	}
	pool_free(pool);
}

static void what_was_put_is_used_again(void **state)
{
	struct pool *pool = new_pool(8, 16);

	(void)state;
	use_books(pool, 24);
	arm(NONE);
	use_books(pool, 24);
	use_books(pool, 24);
	assert_int_equal(requests, KEEPS ? 0 : 48);
	pool_free(pool);
}

static void no_more_is_kept_than_said(void **state)
{
	struct pool *pool = new_pool(8, 16);
	long before;

	(void)state;
	use_books(pool, 1); /* makes this thread's cache */
	pool_trim(pool);
	before = live_blocks;
	use_books(pool, 200);
	assert_in_range(live_blocks - before, KEEPS ? 16 : 0, 8 + 16);
	pool_free(pool);
}

static void trim_frees_what_is_unused(void **state)
{
	struct pool *pool = new_pool(8, 100);
	struct book *taken;
	long before;

	(void)state;
	use_books(pool, 1);
	pool_trim(pool);
	before = live_blocks;
	taken = get_book(pool);
	use_books(pool, 90);
	assert_int_equal(pool_trim(pool), KEEPS ? 90 : 0);
	assert_int_equal(live_blocks, before + 1);
	assert_string_equal(taken->title, "untitled");
	pool_put(pool, taken);
	use_books(pool, 90);
	assert_int_equal(pool_trim(pool), KEEPS ? 90 : 0);
	assert_int_equal(pool_trim(pool), 0);
	pool_free(pool);
}

static void the_smallest_pool_works(void **state)
{
	struct pool *pool = new_pool(1, 1);

	(void)state;
	use_books(pool, 1);
	use_books(pool, 2);
	use_books(pool, 200);
	arm(NONE);
	use_books(pool, 2);
	assert_int_equal(requests, KEEPS ? 0 : 2);
	pool_free(pool);
}

static void nothing_may_be_put_and_freed(void **state)
{
	struct pool *pool = new_pool(0, 0);

	(void)state;
	pool_put(pool, NULL);
	assert_int_equal(pool_trim(pool), 0);
	pool_free(pool);
	pool_free(NULL);
}

static void check_alignment(size_t size, size_t align, size_t want)
{
	struct pool *pool =
		pool_new(&(struct pool_options){.size = size, .align = align});
	char *objects[100];
	size_t i;

	assert_non_null(pool);
	for (i = 0; i < LENGTH(objects); i++) {
		objects[i] = pool_get(pool);
		assert_non_null(objects[i]);
		assert_int_equal((uintptr_t)objects[i] % want, 0);
		memset(objects[i], 1, size);
	}
	for (i = 0; i < LENGTH(objects); i++)
		pool_put(pool, objects[i]);
	pool_free(pool);
}

static void objects_are_aligned(void **state)
{
	(void)state;
	check_alignment(1, 0, _Alignof(max_align_t));
	check_alignment(100, 0, _Alignof(max_align_t));
	check_alignment(24, 8, 8);
	check_alignment(1, 64, 64);
	check_alignment(65, 64, 64);
	check_alignment(65536, 4096, 4096);
}

static void check_refused(struct pool_options options, int want)
{
	errno = 0;
	assert_null(pool_new(&options));
	assert_int_equal(errno, want);
}

static void impossible_objects_are_refused(void **state)
{
	(void)state;
	check_refused((struct pool_options){.size = 0}, EINVAL);
	check_refused((struct pool_options){.size = 8, .align = 24}, EINVAL);
	check_refused((struct pool_options){.size = SIZE_MAX}, EINVAL);
	check_refused((struct pool_options){.size = SIZE_MAX - 4095,
					    .align = 4096},
		      EINVAL);
	check_refused((struct pool_options){.size = 8,
					    .align = SIZE_MAX / 2 + 1},
		      EINVAL);
}

#ifndef LESSON_before
static void impossible_bounds_are_refused(void **state)
{
	(void)state;
	check_refused((struct pool_options){.size = 8, .cached = SIZE_MAX / 8},
		      ENOMEM);
	check_refused((struct pool_options){.size = 8, .shared = SIZE_MAX / 8},
		      ENOMEM);
}

static void there_are_64_pools_at_most(void **state)
{
	struct pool *pools[64];
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(pools); i++)
		pools[i] = new_pool(1, 1);
	check_refused((struct pool_options){.size = 8}, EAGAIN);
	pool_free(pools[7]);
	pools[7] = new_pool(1, 1);
	for (i = 0; i < LENGTH(pools); i++)
		use_books(pools[i], 4);
	for (i = 0; i < LENGTH(pools); i++)
		pool_free(pools[i]);
}
#endif

/* ---- Many threads ---- */

static void run_thread(void *(*body)(void *arg), void *arg)
{
	pthread_t thread;

	assert_int_equal(pthread_create(&thread, NULL, body, arg), 0);
	assert_int_equal(pthread_join(thread, NULL), 0);
}

static void *use_six_books(void *pool)
{
	use_books(pool, 6);
	return NULL;
}

static void a_thread_that_ends_gives_its_objects_back(void **state)
{
	struct pool *pool = new_pool(8, 16);

	(void)state;
	run_thread(use_six_books, pool);
	arm(NONE);
	run_thread(use_six_books, pool);
	assert_int_equal(requests, KEEPS ? 1 : 6); /* a cache */
	assert_int_equal(pool_trim(pool), KEEPS ? 6 : 0);
	pool_free(pool);
}

static pthread_key_t late_key;

/* Destructors run in no known order, and again where they are set again.  The
 * thread sanitizer's own runs in the last round; nothing may come after it. */
#ifdef THREAD_SANITIZER
#define LATE_ROUNDS (PTHREAD_DESTRUCTOR_ITERATIONS - 2)
#else
#define LATE_ROUNDS PTHREAD_DESTRUCTOR_ITERATIONS
#endif

static void use_late(void *pool)
{
	static _Thread_local int round;

	use_books(pool, 6);
	if (++round < LATE_ROUNDS)
		pthread_setspecific(late_key, pool);
}

static void *use_while_ending(void *pool)
{
	use_books(pool, 6);
	pthread_setspecific(late_key, pool);
	return NULL;
}

static void a_pool_can_be_used_while_a_thread_ends(void **state)
{
	struct pool *pool = new_pool(8, 16);

	(void)state;
	assert_int_equal(pthread_key_create(&late_key, use_late), 0);
	run_thread(use_while_ending, pool);
	run_thread(use_while_ending, pool);
	assert_int_equal(pool_trim(pool), KEEPS ? 6 : 0);
	pthread_key_delete(late_key);
	pool_free(pool);
}

/* A thread uses one pool, and after that was freed another, which has its
 * place. */
struct outliving {
	struct pool *pool;
	pthread_barrier_t barrier;
};

static void *use_one_after_the_other(void *arg)
{
	struct outliving *o = arg;

	use_books(o->pool, 20);
	pthread_barrier_wait(&o->barrier);
	pthread_barrier_wait(&o->barrier);
	use_books(o->pool, 20);
	return NULL;
}

static void a_thread_may_outlive_a_pool(void **state)
{
	struct outliving o = {.pool = new_pool(8, 16)};
	pthread_t thread;

	(void)state;
	pthread_barrier_init(&o.barrier, NULL, 2);
	assert_int_equal(pthread_create(&thread, NULL, use_one_after_the_other,
					&o),
			 0);
	pthread_barrier_wait(&o.barrier);
	pool_free(o.pool);
	assert_int_equal(live_blocks, 0);
	o.pool = new_pool(8, 16);
	pthread_barrier_wait(&o.barrier);
	pthread_join(thread, NULL);
	pthread_barrier_destroy(&o.barrier);
	pool_free(o.pool);
}

/* Threads pass books round a table: each puts what another got, more at once
 * than a thread keeps. */
enum { SEATS = 4, PLACES = 20, ROUNDS = 2000 };

struct table {
	struct pool *pool;
	pthread_barrier_t begin;
	_Atomic(struct book *) place[PLACES];
	atomic_int wrong;
};

/* Lay a new book on PLACE and take away what lay there. */
static struct book *swap_book(struct table *table, size_t place)
{
	struct book *book = pool_get(table->pool);

	if (book == NULL || strcmp(book->title, "untitled") != 0) {
		table->wrong++;
		return book;
	}
	strcpy(book->title, "passed on");
	book = atomic_exchange(&table->place[place], book);
	if (book != NULL && strcmp(book->title, "passed on") != 0)
		table->wrong++;
	return book;
}

static void *pass_books(void *arg)
{
	struct table *table = arg;
	struct book *books[PLACES];
	size_t i, k;

	pthread_barrier_wait(&table->begin);
	for (i = 0; i < ROUNDS; i++) {
		for (k = 0; k < PLACES; k++)
			books[k] = swap_book(table, k);
		for (k = 0; k < PLACES; k++)
			pool_put(table->pool, books[k]);
		if (i % 100 == 99)
			pool_trim(table->pool);
	}
	return NULL;
}

static void objects_pass_between_threads(void **state)
{
	static struct table table;
	pthread_t threads[SEATS];
	size_t i;

	(void)state;
	table.pool = new_pool(8, 16);
	pthread_barrier_init(&table.begin, NULL, SEATS);
	for (i = 0; i < SEATS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, pass_books,
						&table),
				 0);
	for (i = 0; i < SEATS; i++)
		pthread_join(threads[i], NULL);
	pthread_barrier_destroy(&table.begin);
	assert_int_equal(table.wrong, 0);
	for (i = 0; i < LENGTH(table.place); i++)
		pool_put(table.pool, table.place[i]);
	pool_free(table.pool);
}

/* ---- Memory that runs out ---- */

/* Returns true if the NTH request was met; it fails, and all else goes on. */
static bool pool_survives(long nth)
{
	struct book *books[40] = {NULL};
	struct pool *pool;
	size_t refusals = 0;
	size_t i;
	bool met;

	arm(nth);
	pool = pool_new(&(struct pool_options){.size = sizeof(struct book),
					       .reset = reset_book,
					       .cached = 8,
					       .shared = 16});
	if (pool == NULL) {
		assert_int_equal(errno, ENOMEM);
		pool = new_pool(8, 16);
		refusals++;
	}
	for (i = 0; i < LENGTH(books); i++) {
		errno = 0;
		books[i] = pool_get(pool);
		if (books[i] == NULL) {
			assert_int_equal(errno, ENOMEM);
			refusals++;
		}
	}
	met = requests >= nth;
	for (i = 0; i < LENGTH(books); i++)
		pool_put(pool, books[i]);
	arm(NONE);
	use_books(pool, 40);
	pool_free(pool);
	/* At most one call was refused: a pool does without a cache. */
	assert_true(refusals <= 1);
	assert_int_equal(live_blocks, 0);
	return met;
}

static void every_failed_request_is_reported(void **state)
{
	long nth = 1;

	(void)state;
	while (pool_survives(nth))
		nth++;
	assert_true(nth > 41);
}

/* A thread that can have no cache takes from the shelf and puts there. */
static void *use_books_without_a_cache(void *pool)
{
	int i;

	arm(EVERY);
	for (i = 0; i < 3; i++)
		use_books(pool, 6);
	arm(NONE);
	return NULL;
}

static void a_thread_without_a_cache_uses_the_shelf(void **state)
{
	struct pool *pool = new_pool(8, 16);

	(void)state;
	run_thread(use_six_books, pool);
	if (KEEPS)
		run_thread(use_books_without_a_cache, pool);
	assert_int_equal(pool_trim(pool), KEEPS ? 6 : 0);
	pool_free(pool);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, nothing_armed, nothing_leaked)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(objects_are_reset_each_time),
		TEST(objects_are_distinct_at_every_level),
		TEST(what_was_put_is_used_again),
		TEST(no_more_is_kept_than_said),
		TEST(trim_frees_what_is_unused),
		TEST(the_smallest_pool_works),
		TEST(nothing_may_be_put_and_freed),
		TEST(objects_are_aligned),
		TEST(impossible_objects_are_refused),
#ifndef LESSON_before
		TEST(impossible_bounds_are_refused),
		TEST(there_are_64_pools_at_most),
#endif
		TEST(a_thread_that_ends_gives_its_objects_back),
		TEST(a_pool_can_be_used_while_a_thread_ends),
		TEST(a_thread_may_outlive_a_pool),
		TEST(objects_pass_between_threads),
		TEST(every_failed_request_is_reported),
		TEST(a_thread_without_a_cache_uses_the_shelf),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
