/* src/wire/lastwords.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wire/lastwords.h"

#define FRAMES 48

/* What a dying worker writes before its memory map; private to lastwords.c, and
 * to whoever reads the pipe. */
struct words {
	int32_t signo;
	uint32_t frame_count;
	uint64_t has_address;
	uint64_t address;
	uint64_t frames[FRAMES];
};

static void check_format(const struct words *words, size_t size,
			 const char *maps, int want_rc, const char *want)
{
	struct bi_buf bytes = BI_BUF_INIT, out = BI_BUF_INIT;
	int rc;

	assert_int_equal(bi_buf_add(&bytes, words, size), 0);
	assert_int_equal(bi_buf_adds(&bytes, maps), 0);
	rc = bi_lastwords_format(&bytes, "  ", "until", &out);
	if (rc != want_rc || strcmp(bi_buf_str(&out), want) != 0)
		fail_msg("%d '%s', want %d '%s'", rc, bi_buf_str(&out),
			 want_rc, want);
	bi_buf_release(&bytes);
	bi_buf_release(&out);
}

static void the_signal_stands_first(void **state)
{
	struct words words = {.signo = SIGSEGV, .has_address = 1};

	(void)state;
	check_format(&words, sizeof(words), "", 1, "  SIGSEGV at address 0x0\n");
	words.address = UINT64_MAX;
	check_format(&words, sizeof(words), "", 1,
		     "  SIGSEGV at address 0xffffffffffffffff\n");
	words.has_address = 0;
	check_format(&words, sizeof(words), "", 1, "  SIGSEGV\n");
	words.signo = 12345;
	check_format(&words, sizeof(words), "", 1, "  signal 12345\n");
	/* It was asked: no signal of its own. */
	words.signo = BI_LASTWORDS_ASK;
	check_format(&words, sizeof(words), "", 1, "");
}

/* All but the first are return addresses: the call stands before them. */
static void frames_follow_one_a_line(void **state)
{
	struct words words = {.signo = SIGABRT,
			      .frame_count = 2,
			      .frames = {0x1010, 0x1021}};

	(void)state;
	check_format(&words, sizeof(words), "", 1,
		     "  SIGABRT\n      0x1010\n      0x1020\n");
	check_format(&words, sizeof(words),
		     "1000-2000 r-xp 00000500 08:01 7      /nowhere/x\n", 1,
		     "  SIGABRT\n      (/nowhere/x+0x510)\n"
		     "      (/nowhere/x+0x520)\n");
}

static void what_is_cut_short_or_garbage_is_nothing(void **state)
{
	struct words words = {.signo = SIGSEGV, .frame_count = FRAMES + 1};

	(void)state;
	check_format(&words, 0, "", 0, "");
	check_format(&words, sizeof(words) - 1, "", 0, "");
	check_format(&words, sizeof(words), "", 0, "");
	words.frame_count = UINT32_MAX;
	check_format(&words, sizeof(words), "", 0, "");
}

static void the_end_is_a_nul(void **state)
{
	struct words words = {.signo = SIGSEGV};
	struct bi_buf bytes = BI_BUF_INIT;

	(void)state;
	assert_false(bi_lastwords_complete(&bytes));
	assert_int_equal(bi_buf_add(&bytes, &words, sizeof(words)), 0);
	assert_false(bi_lastwords_complete(&bytes));
	assert_int_equal(bi_buf_adds(&bytes, "1000-2000 r-xp"), 0);
	assert_false(bi_lastwords_complete(&bytes));
	assert_int_equal(bi_buf_addc(&bytes, '\0'), 0);
	assert_true(bi_lastwords_complete(&bytes));
	bi_buf_release(&bytes);
}

/* ---- Real ones ---- */

static volatile unsigned sink;
static volatile int deepest = INT_MAX;
static int *volatile nowhere;

static __attribute__((noinline)) void touch_null(void)
{
	*nowhere = 1;
}

static __attribute__((noinline)) int dive(int depth)
{
	volatile char room[4096];

	room[0] = (char)depth;
	return depth == deepest ? 0 : dive(depth + 1) + room[0];
}

static __attribute__((noinline)) void overflow_stack(void)
{
	sink = (unsigned)dive(0);
}

static __attribute__((noinline)) void hang(void)
{
	for (;;)
		sink++;
}

/* As a frame, the compiler may call it die.constprop.0: a stack trace must end
 * there too.  Run WHAT in a process that leaves last words, and read them.  The process is
 * asked if ASK, and ended if it does not end by itself.  Returns its status. */
static int die(void (*what)(void), bool ask, struct bi_buf *bytes)
{
	int ends[2], status;
	char chunk[4096];
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		struct rlimit none = {0, 0};

		setrlimit(RLIMIT_CORE, &none);
		bi_lastwords_install(ends[1]);
		if (ask)
			raise(BI_LASTWORDS_ASK);
		what();
		_exit(0);
	}
	close(ends[1]);
	while ((n = read(ends[0], chunk, sizeof(chunk))) > 0) {
		assert_int_equal(bi_buf_add(bytes, chunk, (size_t)n), 0);
		if (bi_lastwords_complete(bytes))
			break;
	}
	close(ends[0]);
	if (ask)
		kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static void check_death(void (*what)(void), int signo, bool ask,
			const char *first, const char *function)
{
	struct bi_buf bytes = BI_BUF_INIT, out = BI_BUF_INIT;
	int status = die(what, ask, &bytes);

	if (SANITIZED) {
		/* A sanitizer reports by itself: nothing is installed. */
		assert_int_equal(bytes.len, 0);
		bi_buf_release(&bytes);
		skip();
	}
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), signo);
	assert_true(bi_lastwords_complete(&bytes));
	assert_int_equal(bi_lastwords_format(&bytes, "", "die", &out), 1);
	if (strncmp(out.data, first, strlen(first)) != 0 ||
	    strstr(out.data, function) == NULL ||
	    strstr(out.data, " die") != NULL)
		fail_msg("'%s', want '%s' and '%s'", out.data, first, function);
	bi_buf_release(&bytes);
	bi_buf_release(&out);
}

static void a_crash_says_where(void **state)
{
	(void)state;
	check_death(touch_null, SIGSEGV, false, "SIGSEGV at address 0x0\n",
		    " touch_null+0x");
	check_death(abort, SIGABRT, false, "SIGABRT\n", "abort+0x");
}

static void a_stack_overflow_says_where(void **state)
{
	(void)state;
	check_death(overflow_stack, SIGSEGV, false, "SIGSEGV at address 0x",
		    " dive+0x");
}

static void a_process_that_is_asked_goes_on(void **state)
{
	(void)state;
	check_death(hang, SIGKILL, true, "    ", "+0x");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_signal_stands_first),
		cmocka_unit_test(frames_follow_one_a_line),
		cmocka_unit_test(what_is_cut_short_or_garbage_is_nothing),
		cmocka_unit_test(the_end_is_a_nul),
		cmocka_unit_test(a_crash_says_where),
		cmocka_unit_test(a_stack_overflow_says_where),
		cmocka_unit_test(a_process_that_is_asked_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
