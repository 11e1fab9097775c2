/* Objects that are put twice, put where they do not belong, or used after they
 * were put: caught in a checked build, each with its message. */
#include "object_pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test_heap.h"

#if defined(LESSON_checked) || (defined(LESSON_after) && !defined(NDEBUG))
#define CHECKED true
#else
#define CHECKED false
#endif

/* Only what is kept can be used after it was put. */
#if defined(ADDRESS_SANITIZER) && !defined(LESSON_before)
#define POISONS true
#else
#define POISONS false
#endif

enum { OBJECT_SIZE = 80 };

static struct pool *new_pool(void)
{
	struct pool *pool =
		pool_new(&(struct pool_options){.size = OBJECT_SIZE});

	assert_non_null(pool);
	return pool;
}

/* In a child, which must not fall back into cmocka's hands. */
static char *get(struct pool *pool)
{
	char *object = pool_get(pool);

	if (object == NULL)
		_exit(0);
	return object;
}

/* Run MISTAKE in a child, which must end with a message that has WANT in it. */
static void check_caught(void (*mistake)(struct pool *pool), const char *want)
{
	struct pool *pool = new_pool();
	const struct rlimit no_core = {0, 0};
	char message[4096];
	size_t len = 0;
	ssize_t more;
	int status, fds[2];
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		setrlimit(RLIMIT_CORE, &no_core);
		signal(SIGSEGV, SIG_DFL); /* not cmocka's */
		dup2(fds[1], STDERR_FILENO);
		mistake(pool);
		_exit(0);
	}
	close(fds[1]);
	while (len < sizeof(message) - 1 &&
	       (more = read(fds[0], message + len,
			    sizeof(message) - 1 - len)) > 0)
		len += (size_t)more;
	message[len] = '\0';
	close(fds[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (strstr(message, want) == NULL)
		fail_msg("no '%s' in '%s'", want, message);
	assert_false(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	pool_free(pool);
}

static void put_twice(struct pool *pool)
{
	char *object = get(pool);

	pool_put(pool, object);
	pool_put(pool, object);
}

struct given {
	struct pool *pool;
	void *object;
};

static void *put_given(void *arg)
{
	struct given *given = arg;

	pool_put(given->pool, given->object);
	return NULL;
}

static void put_by_two_threads(struct pool *pool)
{
	struct given given = {pool, get(pool)};
	pthread_t thread;

	pool_put(pool, given.object);
	if (pthread_create(&thread, NULL, put_given, &given) == 0)
		pthread_join(thread, NULL);
}

static void put_from_malloc(struct pool *pool)
{
	char *objects = calloc(4, OBJECT_SIZE);

	/* Not the first: memory may end in front of it. */
	if (objects != NULL)
		pool_put(pool, objects + 2 * OBJECT_SIZE);
}

static void put_from_stack(struct pool *pool)
{
	_Alignas(max_align_t) char objects[4 * OBJECT_SIZE] = {0};

	pool_put(pool, objects + 2 * OBJECT_SIZE);
}

static void put_inside(struct pool *pool)
{
	pool_put(pool, get(pool) + 1);
}

static void put_into_another(struct pool *pool)
{
	struct pool *another =
		pool_new(&(struct pool_options){.size = OBJECT_SIZE});

	if (another == NULL)
		_exit(0);
	pool_put(another, get(pool));
}

static void write_after_put(struct pool *pool)
{
	char *volatile object = get(pool);

	pool_put(pool, object);
	*object = 1;
}

static void mistakes_are_caught(void **state)
{
	(void)state;
	if (!CHECKED)
		skip();
	check_caught(put_twice, "was put already");
	check_caught(put_by_two_threads, "was put already");
	check_caught(put_from_malloc, "is not of this pool");
	check_caught(put_from_stack, "is not of this pool");
	check_caught(put_inside, "is not of this pool");
	check_caught(put_into_another, "is not of this pool");
}

static void the_address_sanitizer_sees_a_use_after_put(void **state)
{
	(void)state;
	if (!POISONS)
		skip();
	check_caught(write_after_put, "use-after-poison");
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, nothing_armed, nothing_leaked)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(mistakes_are_caught),
		TEST(the_address_sanitizer_sees_a_use_after_put),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
