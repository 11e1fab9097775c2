/* src/memory/counter.c, in a program whose malloc counts: threads, their ends,
 * forks */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <benchkit/counter.h>
#include <cmocka.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "memory/counter.h"
#include "memory/counting.h"

/* More than one piece of the pool has blocks for. */
enum { THREADS = 400, ROUNDS = 1000, SIZE = 40 };

static struct bi_counts now(void)
{
	struct bi_counts counts;

	assert_true(bi_counting_read(&counts));
	return counts;
}

static void start(pthread_t *thread, void *(*fn)(void *), void *arg)
{
	pthread_attr_t attr;

	assert_int_equal(pthread_attr_init(&attr), 0);
	assert_int_equal(pthread_attr_setstacksize(&attr, 65536), 0);
	assert_int_equal(pthread_create(thread, &attr, fn, arg), 0);
	assert_int_equal(pthread_attr_destroy(&attr), 0);
}

static void *malloc_in_rounds(void *barrier)
{
	void *volatile p;
	int i;

	pthread_barrier_wait(barrier); /* all of us are alive */
	for (i = 0; i < ROUNDS; i++) {
		p = malloc(SIZE);
		free(p);
	}
	return NULL;
}

static void four_hundred_threads_count_exactly(void **state)
{
	static pthread_t threads[THREADS];
	pthread_barrier_t barrier;
	struct bi_counts before = now(), after;
	uint64_t own, own_bytes;
	size_t i;

	(void)state;
	pthread_barrier_init(&barrier, NULL, THREADS);
	for (i = 0; i < THREADS; i++)
		start(&threads[i], malloc_in_rounds, &barrier);
	for (i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	after = now();
	pthread_barrier_destroy(&barrier);

	/* pthread_create allocates a table for the thread's variables, at most
	 * one a thread and all of one size, and keeps some of them. */
	own = after.allocs - before.allocs - (uint64_t)THREADS * ROUNDS;
	own_bytes = after.bytes - before.bytes -
		    (uint64_t)THREADS * ROUNDS * SIZE;
	assert_in_range(own, 1, THREADS);
	assert_int_equal(own_bytes % own, 0);
	assert_in_range(own_bytes / own, 16, 4096);
	assert_in_range(after.frees - before.frees,
			(uint64_t)THREADS * ROUNDS,
			(uint64_t)THREADS * ROUNDS + own);
}

static void *my_block(void *arg)
{
	void *volatile p = malloc(1);

	(void)arg;
	free(p);
	return bi_counter_mine;
}

static void a_block_passes_to_the_next_thread(void **state)
{
	void *first, *block;
	pthread_t thread;
	int i;

	(void)state;
	start(&thread, my_block, NULL);
	pthread_join(thread, &first);
	assert_non_null(first);
	assert_ptr_not_equal(first, bi_counter_mine);
	for (i = 0; i < 200; i++) {
		start(&thread, my_block, NULL);
		pthread_join(thread, &block);
		assert_ptr_equal(block, first);
	}
}

/* Freed and allocated by a destructor of thread-specific data that runs after
 * our own. */
static void free_late(void *p)
{
	void *volatile late = malloc(23);

	assert_null(bi_counter_mine);
	free(late);
	free(p);
}

static void *leave_work_to_the_destructor(void *key)
{
	pthread_setspecific(*(pthread_key_t *)key, malloc(100));
	return NULL;
}

static void what_a_thread_does_after_its_end_is_counted(void **state)
{
	struct bi_counts before, after;
	pthread_key_t key;
	pthread_t thread;
	int i;

	(void)state;
	assert_int_equal(pthread_key_create(&key, free_late), 0);
	for (i = 0; i < 3; i++) {
		/* In the first round pthread_create may allocate. */
		before = now();
		start(&thread, leave_work_to_the_destructor, &key);
		pthread_join(thread, NULL);
		after = now();
	}
	assert_int_equal(after.allocs - before.allocs, 2);
	assert_int_equal(after.bytes - before.bytes, 123);
	assert_int_equal(after.frees - before.frees, 2);
	pthread_key_delete(key);
}

static void *first_malloc_with_errno(void *arg)
{
	void *volatile p;

	(void)arg;
	errno = 77;
	p = malloc(1);
	free(p);
	return errno == 77 ? &errno : NULL;
}

static void the_first_count_of_a_thread_keeps_errno(void **state)
{
	pthread_t thread;
	void *kept;

	(void)state;
	start(&thread, first_malloc_with_errno, NULL);
	pthread_join(thread, &kept);
	assert_non_null(kept);
}

/* More threads than the first piece of the pool has blocks for. */
enum { FREEING_THREADS = 80 };

static pthread_barrier_t no_memory;

static void *free_without_memory(void *p)
{
	bool kept;

	pthread_barrier_wait(&no_memory);
	errno = 77;
	free(p);
	kept = errno == 77;
	pthread_barrier_wait(&no_memory); /* nobody's block is free till then */
	return kept ? &no_memory : NULL;
}

/* In a child: 0 if all threads' frees are counted, though there is no block for
 * some of the threads. */
static int free_in_child(void)
{
	const struct rlimit nothing = {1, 1};
	pthread_t thread[FREEING_THREADS];
	struct bi_counts before, after;
	void *kept;
	int i;

	if (pthread_barrier_init(&no_memory, NULL, FREEING_THREADS + 1) != 0)
		return 1;
	for (i = 0; i < FREEING_THREADS; i++)
		start(&thread[i], free_without_memory, malloc(10));
	before = now();
	if (setrlimit(RLIMIT_AS, &nothing) != 0)
		return 2;
	pthread_barrier_wait(&no_memory);
	pthread_barrier_wait(&no_memory);
	for (i = 0; i < FREEING_THREADS; i++) {
		pthread_join(thread[i], &kept);
		if (kept == NULL)
			return 3;
	}
	after = now();
	return after.allocs != before.allocs ||
	       after.frees - before.frees != FREEING_THREADS;
}

static void check_child(int (*fn)(void))
{
	pid_t pid = fork();
	int status;

	if (pid == 0)
		_exit(fn());
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* Must be the first: the pool only grows. */
static void without_memory_for_blocks_all_is_counted(void **state)
{
	(void)state;
	check_child(free_in_child);
}

static atomic_bool stop;

static void *malloc_until_stopped(void *arg)
{
	void *volatile p;

	(void)arg;
	while (!atomic_load(&stop)) {
		p = malloc(SIZE);
		free(p);
	}
	return NULL;
}

/* In a child, whose only thread this is: 0 if it counts exactly. */
static int count_in_child(void)
{
	struct bi_counts before, after;
	void *volatile p;
	int i;

	if (!bi_counting_read(&before))
		return 1;
	for (i = 0; i < 100; i++) {
		p = malloc(SIZE);
		free(p);
	}
	if (!bi_counting_read(&after))
		return 2;
	return after.allocs - before.allocs != 100 ||
	       after.bytes - before.bytes != 100 * SIZE ||
	       after.frees - before.frees != 100;
}

static void a_fork_amid_counting_threads_goes_on_counting(void **state)
{
	pthread_t threads[4];
	int i;

	(void)state;
	atomic_store(&stop, false);
	for (i = 0; i < 4; i++)
		start(&threads[i], malloc_until_stopped, NULL);
	for (i = 0; i < 50; i++)
		check_child(count_in_child);
	atomic_store(&stop, true);
	for (i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
}

static void *come_and_go(void *arg)
{
	pthread_t thread;

	while (!atomic_load(&stop)) {
		if (pthread_create(&thread, NULL, my_block, arg) != 0)
			return NULL;
		pthread_join(thread, NULL);
	}
	return NULL;
}

static void totals_never_fall(void **state)
{
	struct bi_counts last = now(), next;
	pthread_t threads[3];
	int i;

	(void)state;
	atomic_store(&stop, false);
	start(&threads[0], malloc_until_stopped, NULL);
	start(&threads[1], come_and_go, NULL);
	start(&threads[2], come_and_go, NULL);
	for (i = 0; i < 100000; i++) {
		next = now();
		assert_true(next.allocs >= last.allocs);
		assert_true(next.bytes >= last.bytes);
		assert_true(next.frees >= last.frees);
		last = next;
	}
	atomic_store(&stop, true);
	for (i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_memory_for_blocks_all_is_counted),
		cmocka_unit_test(a_block_passes_to_the_next_thread),
		cmocka_unit_test(four_hundred_threads_count_exactly),
		cmocka_unit_test(what_a_thread_does_after_its_end_is_counted),
		cmocka_unit_test(the_first_count_of_a_thread_keeps_errno),
		cmocka_unit_test(a_fork_amid_counting_threads_goes_on_counting),
		cmocka_unit_test(totals_never_fall),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
