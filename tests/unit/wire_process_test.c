/* src/wire/process.c.  The program starts itself: with an argument it is the
 * worker, which does what the argument says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wire/process.h"
#include "wire/protocol.h"

static void check_reason(int status, const char *want)
{
	struct bi_buf out = BI_BUF_INIT;

	assert_int_equal(bi_process_reason(&out, status), 0);
	assert_string_equal(out.data, want);
	bi_buf_release(&out);
}

static void reasons_are_exits_and_signals(void **state)
{
	(void)state;
	check_reason(W_EXITCODE(0, 0), "exit status 0");
	check_reason(W_EXITCODE(3, 0), "exit status 3");
	check_reason(W_EXITCODE(0, SIGSEGV), "SIGSEGV");
	check_reason(W_EXITCODE(0, SIGKILL), "SIGKILL");
	check_reason(W_EXITCODE(0, SIGABRT | WCOREFLAG), "SIGABRT");
	check_reason(W_EXITCODE(0, 40), "signal 40");
}

static struct bi_process start(char *what)
{
	struct bi_process process;
	struct bench_error err = BENCH_ERROR_INIT;

	struct bi_process_plan plan = BI_PROCESS_PLAN_INIT;

	plan.argv = (char *[]){"worker", what, NULL};
	if (bi_process_start(&process, &plan, &err) < 0)
		fail_msg("cannot start '%s': %s", what, err.text);
	return process;
}

/* What the worker says on its socket until it closes it. */
static void listen_to(const struct bi_process *process, char *out, size_t size)
{
	size_t len = 0;
	ssize_t n;

	while (len + 1 < size &&
	       (n = read(process->socket, out + len, size - 1 - len)) > 0)
		len += (size_t)n;
	out[len] = '\0';
}

static void check_worker(char *what, const char *said, int exit_status)
{
	struct bi_process process = start(what);
	char text[256];
	int status = -1;

	listen_to(&process, text, sizeof(text));
	bi_process_reap(&process, &status);
	if (strcmp(text, said) != 0 || !WIFEXITED(status) ||
	    WEXITSTATUS(status) != exit_status)
		fail_msg("'%s' said '%s', status %x; want '%s'", what, text,
			 (unsigned)status, said);
	assert_int_equal(process.pid, 0);
	assert_int_equal(process.socket, -1);
}

static void a_worker_has_its_socket_and_its_exit_status(void **state)
{
	(void)state;
	check_worker("hello", "hello", 0);
	check_worker("status", "", 3);
}

static void its_surroundings_are_its_own(void **state)
{
	(void)state;
	/* stdin at its end, stdout where stderr goes, its own group, and no
	 * descriptor of ours but the two. */
	check_worker("stdin", "0", 0);
	check_worker("stdout", "same", 0);
	check_worker("group", "own", 0);
	check_worker("descriptors", "2", 0);
	/* The variable is set once, however often it was there. */
	setenv(BI_WIRE_ENV, "7,8", 1);
	check_worker("variables", "1", 0);
	unsetenv(BI_WIRE_ENV);
}

/* Gone, or waiting for whoever adopted it to notice. */
static bool is_gone(pid_t pid)
{
	char path[64], text[256];
	int tries, fd;
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%ld/stat", (long)pid);
	for (tries = 0; tries < 5000; tries++) {
		fd = open(path, O_RDONLY);
		if (fd < 0)
			return true;
		n = read(fd, text, sizeof(text) - 1);
		close(fd);
		text[n > 0 ? n : 0] = '\0';
		if (strstr(text, ") Z ") != NULL || n <= 0)
			return true;
		poll(NULL, 0, 1);
	}
	return false;
}

static void what_a_worker_leaves_behind_is_ended(void **state)
{
	struct bi_process process = start("fork");
	char text[64] = "";
	pid_t child;
	int status;
	ssize_t n = read(process.socket, text, sizeof(text) - 1);

	(void)state;
	assert_true(n > 0);
	child = (pid_t)strtol(text, NULL, 10);
	assert_true(child > 0);
	bi_process_reap(&process, &status);
	assert_int_equal(status, 0);
	assert_true(is_gone(child));
}

static void a_worker_that_hangs_can_be_killed(void **state)
{
	struct bi_process process = start("hang");
	pid_t pid = process.pid;
	int status;

	(void)state;
	assert_true(bi_process_rss(pid) > 0);
	bi_process_kill(&process);
	bi_process_reap(&process, &status);
	check_reason(status, "SIGKILL");
	assert_true(is_gone(pid));
	assert_int_equal(bi_process_rss(pid), -1);
	/* Nothing to end: nothing happens. */
	bi_process_kill(&process);
	bi_process_reap(&process, NULL);
}

/* The worker of a parent that dies dies too. */
static void a_worker_dies_with_its_parent(void **state)
{
	int ends[2];
	pid_t parent, worker = 0;
	int status;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	parent = fork();
	if (parent == 0) {
		struct bi_process process = start("hang");

		if (write(ends[1], &process.pid, sizeof(process.pid)) < 0)
			_exit(1);
		_exit(0);
	}
	assert_int_equal(read(ends[0], &worker, sizeof(worker)),
			 sizeof(worker));
	assert_int_equal(waitpid(parent, &status, 0), parent);
	assert_true(is_gone(worker));
	close(ends[0]);
	close(ends[1]);
}

/* What it writes to stderr and stdout comes to us if we ask for it. */
static void what_it_writes_can_be_captured(void **state)
{
	struct bi_process process;
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_process_plan plan = BI_PROCESS_PLAN_INIT;
	char text[64] = "";
	size_t len = 0;
	ssize_t n;
	int status = -1;

	(void)state;
	plan.argv = (char *[]){"worker", "grumble", NULL};
	plan.capture = true;
	assert_int_equal(bi_process_start(&process, &plan, &err), 0);
	while ((n = read(process.output, text + len,
			 sizeof(text) - 1 - len)) > 0)
		len += (size_t)n;
	bi_process_reap(&process, &status);
	assert_string_equal(text, "one two");
	assert_int_equal(process.output, -1);
	assert_int_equal(status, 0);
}

static void without_descriptors_the_start_fails(void **state)
{
	struct rlimit old, none;
	struct bi_process process;
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_process_plan plan = BI_PROCESS_PLAN_INIT;
	int rc;

	(void)state;
	plan.argv = (char *[]){"worker", "hello", NULL};
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	none = old;
	/* Enough for the socket pair, and no more. */
	none.rlim_cur = 6;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	rc = bi_process_start(&process, &plan, &err);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	assert_int_equal(rc, BENCH_EIO);
	assert_non_null(strstr(err.text, "cannot start"));
	assert_int_equal(process.pid, 0);
	assert_int_equal(process.socket, -1);
	/* All that was opened is closed again. */
	check_worker("descriptors", "2", 0);
}

/* exec fails for a list of arguments that is too long. */
static void a_failed_exec_is_an_error(void **state)
{
	struct bi_process process;
	struct bench_error err = BENCH_ERROR_INIT;
	size_t size = 1 << 20;
	char *huge = malloc(size);
	struct bi_process_plan plan = BI_PROCESS_PLAN_INIT;

	(void)state;
	plan.argv = (char *[]){"worker", huge, NULL};
	memset(huge, 'x', size);
	huge[size - 1] = '\0';
	assert_int_equal(bi_process_start(&process, &plan, &err), BENCH_EIO);
	assert_non_null(strstr(err.text, strerror(E2BIG)));
	assert_int_equal(process.pid, 0);
	free(huge);
}

static void a_program_that_is_not_there_is_an_error(void **state)
{
	struct bi_process process;
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_process_plan plan = BI_PROCESS_PLAN_INIT;

	(void)state;
	plan.path = "/nosuch";
	plan.argv = (char *[]){"/nosuch", NULL};
	assert_int_equal(bi_process_start(&process, &plan, &err), BENCH_EIO);
	assert_non_null(strstr(err.text, "cannot start /nosuch"));
}

/* What a worker with LAYOUT on CPU says of itself. */
static void ask(const struct bi_layout *layout, int cpu, char *out, size_t size)
{
	struct bi_process process;
	struct bi_process_plan plan = BI_PROCESS_PLAN_INIT;

	plan.path = "/proc/self/exe";
	plan.argv = (char *[]){"worker", "layout", NULL};
	plan.cpu = cpu;
	plan.layout = layout;
	assert_int_equal(bi_process_start(&process, &plan, NULL), 0);
	listen_to(&process, out, size);
	bi_process_reap(&process, NULL);
}

/* "CPUs, stack": the same layout is the same stack, another is not. */
static void the_parent_chooses_cpu_and_layout(void **state)
{
	struct bi_layout layout = {bi_process_can_fix_layout(), 100, 0, 0};
	struct bi_layout moved = {layout.fixed, 2148, 0, 0};
	char first[256], again[256], other[256];
	cpu_set_t set;
	int cpu = 0;

	(void)state;
	assert_int_equal(sched_getaffinity(0, sizeof(set), &set), 0);
	while (!CPU_ISSET((size_t)cpu, &set))
		cpu++;
	ask(&layout, cpu, first, sizeof(first));
	ask(&layout, cpu, again, sizeof(again));
	ask(&moved, cpu, other, sizeof(other));
	assert_memory_equal(first, "1 ", 2);
	if (!layout.fixed)
		skip();
	assert_string_equal(first, again);
	assert_string_not_equal(first, other);
}

/* ---- The worker ---- */

static void say_layout(int socket)
{
	char text[64];
	cpu_set_t set;

	sched_getaffinity(0, sizeof(set), &set);
	snprintf(text, sizeof(text), "%d %p", CPU_COUNT(&set), (void *)&set);
	if (write(socket, text, strlen(text)) < 0)
		_exit(1);
}

static void say(int socket, const char *text)
{
	if (write(socket, text, strlen(text)) < 0)
		_exit(1);
}

static int count_descriptors(void)
{
	int fd, count = 0;

	for (fd = 3; fd < 64; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static int count_variables(void)
{
	static const char name[] = BI_WIRE_ENV "=";
	char **entry;
	int count = 0;

	for (entry = environ; *entry != NULL; entry++)
		count += strncmp(*entry, name, sizeof(name) - 1) == 0;
	return count;
}

static int work(const char *what)
{
	int socket = (int)strtol(getenv(BI_WIRE_ENV), NULL, 10);
	char text[32];
	pid_t child;

	if (strcmp(what, "status") == 0)
		return 3;
	if (strcmp(what, "hello") == 0)
		say(socket, "hello");
	if (strcmp(what, "grumble") == 0 &&
	    (write(STDERR_FILENO, "one ", 4) < 0 ||
	     write(STDOUT_FILENO, "two", 3) < 0))
		_exit(1);
	if (strcmp(what, "stdin") == 0) {
		snprintf(text, sizeof(text), "%d",
			 (int)read(STDIN_FILENO, text, 1));
		say(socket, text);
	}
	if (strcmp(what, "stdout") == 0) {
		char a[128] = "", b[128] = "";

		if (readlink("/proc/self/fd/1", a, sizeof(a) - 1) > 0 &&
		    readlink("/proc/self/fd/2", b, sizeof(b) - 1) > 0)
			say(socket, strcmp(a, b) == 0 ? "same" : "different");
	}
	if (strcmp(what, "group") == 0)
		say(socket, getpgrp() == getpid() ? "own" : "shared");
	if (strcmp(what, "descriptors") == 0 ||
	    strcmp(what, "variables") == 0) {
		snprintf(text, sizeof(text), "%d",
			 *what == 'd' ? count_descriptors()
				      : count_variables());
		say(socket, text);
	}
	if (strcmp(what, "layout") == 0)
		say_layout(socket);
	if (strcmp(what, "fork") == 0) {
		child = fork();
		if (child == 0)
			for (;;)
				pause();
		snprintf(text, sizeof(text), "%ld\n", (long)child);
		say(socket, text);
	}
	if (strcmp(what, "hang") == 0)
		for (;;)
			pause();
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reasons_are_exits_and_signals),
		cmocka_unit_test(a_worker_has_its_socket_and_its_exit_status),
		cmocka_unit_test(its_surroundings_are_its_own),
		cmocka_unit_test(what_a_worker_leaves_behind_is_ended),
		cmocka_unit_test(a_worker_that_hangs_can_be_killed),
		cmocka_unit_test(a_worker_dies_with_its_parent),
		cmocka_unit_test(what_it_writes_can_be_captured),
		cmocka_unit_test(without_descriptors_the_start_fails),
		cmocka_unit_test(a_failed_exec_is_an_error),
		cmocka_unit_test(a_program_that_is_not_there_is_an_error),
		cmocka_unit_test(the_parent_chooses_cpu_and_layout),
	};

	if (argc > 1)
		return work(argv[1]);
	/* Whatever the test was started with: the workers' counts start at 3. */
	closefrom(3);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
