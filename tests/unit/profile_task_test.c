/* src/profile/task.c: what the kernel says of a thread. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "profile/task.h"

static pid_t self(void)
{
	return (pid_t)syscall(SYS_gettid);
}

static void check_name(const char *name, const char *want)
{
	char before[16];
	struct bi_task task;

	pthread_getname_np(pthread_self(), before, sizeof(before));
	pthread_setname_np(pthread_self(), name);
	assert_true(bi_task_read(self(), &task));
	pthread_setname_np(pthread_self(), before);
	assert_string_equal(task.name, want);
}

static void a_name_is_printable(void **state)
{
	(void)state;
	check_name("worker 7", "worker 7");
	check_name("a\n\"b\"\x7f", "a??b??");
	check_name("\xc3\xa9", "\xc3\xa9");
	check_name("", "");
	/* Not taken for the state. */
	check_name("State:\tZ", "State:?Z");
}

static void who_asks_runs(void **state)
{
	struct bi_seen_thread seen;
	struct bi_arena arena = {0};
	struct bi_task task;

	(void)state;
	assert_true(bi_task_read(self(), &task));
	assert_false(bi_task_has_ended(&task));
	assert_int_equal(bi_task_copy(&task, &arena, &seen), 0);
	assert_string_equal(seen.state, "running");
	assert_int_equal(seen.depth, 0);
	bi_arena_release(&arena);
}

static void blocked_signals_are_known(void **state)
{
	struct bi_task task;
	sigset_t one, before;

	(void)state;
	sigemptyset(&one);
	sigaddset(&one, SIGRTMAX);
	pthread_sigmask(SIG_BLOCK, &one, &before);
	assert_true(bi_task_read(self(), &task));
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	assert_true(bi_task_blocks(&task, SIGRTMAX));
	assert_false(bi_task_blocks(&task, SIGRTMIN + 3));
}

static void who_is_not_there_is_not_read(void **state)
{
	struct bi_task task;

	(void)state;
	assert_false(bi_task_read(0, &task));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_printable),
		cmocka_unit_test(who_asks_runs),
		cmocka_unit_test(blocked_signals_are_known),
		cmocka_unit_test(who_is_not_there_is_not_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
