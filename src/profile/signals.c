/* Profiles of a program in production, started and ended by signals.
 *
 *	handler ── counts, wakes ──▶ helper thread ──▶ capture.h
 *
 * The handler does nothing else: everything that a profile needs allocates and
 * locks.  The helper sleeps on a futex of its own and not on one of libc's
 * semaphores, which are what block profiles look at.
 *
 * SIGINT and SIGTERM are taken only while profiles record, and given back before
 * they are sent again. */
#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "clock/clock.h"
#include "profile/capture.h"
#include "profile/kind.h"
#include "profile/note.h"
#include "profile/thread.h"

#define NS_PER_SEC INT64_C(1000000000)

/* What ends a program, if it does nothing about it. */
static const int ends[] = {SIGINT, SIGTERM};

enum { ENDS = sizeof(ends) / sizeof(ends[0]) };

static struct {
	/* The handler's. */
	int toggle, stacks;   /* signals; set before there is a handler */
	atomic_uint wake;     /* the futex: changes with every signal */
	atomic_int toggles;   /* that came, and nobody has seen yet */
	atomic_bool dump;
	atomic_int end;       /* the signal of ENDS that came; 0: none */

	/* The helper's, and that of whom holds LOCK. */
	pthread_mutex_t lock;
	int64_t cap_seconds;
	char directory[PATH_MAX];
	struct bi_capture capture;
	struct bi_instant began;
	bool taken[ENDS];
	struct sigaction before[ENDS];
	atomic_bool installed;
} state = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* ---- In the handler ---- */

static void on_signal(int signo)
{
	int saved = errno;

	if (signo == state.toggle)
		atomic_fetch_add(&state.toggles, 1);
	else if (signo == state.stacks)
		atomic_store(&state.dump, true);
	else
		atomic_store(&state.end, signo);
	atomic_fetch_add(&state.wake, 1);
	syscall(SYS_futex, &state.wake, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
	errno = saved;
}

static bool is_ours(const struct sigaction *action)
{
	return (action->sa_flags & SA_SIGINFO) == 0 &&
	       action->sa_handler == on_signal;
}

static int install(int signo, struct sigaction *before)
{
	struct sigaction ours = {
		.sa_handler = on_signal,
		.sa_flags = SA_RESTART | SA_ONSTACK,
	};

	sigfillset(&ours.sa_mask);
	return sigaction(signo, &ours, before);
}

/* ---- SIGINT and SIGTERM ---- */

static void take_ends(void)
{
	struct sigaction now;
	size_t i;

	for (i = 0; i < ENDS; i++) {
		if (sigaction(ends[i], NULL, &now) < 0 || is_ours(&now) ||
		    ((now.sa_flags & SA_SIGINFO) == 0 &&
		     now.sa_handler == SIG_IGN))
			continue;
		state.taken[i] = install(ends[i], &state.before[i]) == 0;
	}
}

/* But not what the program has installed since. */
static void give_back_ends(void)
{
	struct sigaction now;
	size_t i;

	for (i = 0; i < ENDS; i++) {
		if (state.taken[i] && sigaction(ends[i], NULL, &now) == 0 &&
		    is_ours(&now))
			sigaction(ends[i], &state.before[i], NULL);
		state.taken[i] = false;
	}
}

/* ---- The work; with LOCK ---- */

static void complain(const struct bench_error *err)
{
	if (err->code != 0)
		bi_note("%s", err->text);
}

static void start(void)
{
	struct bench_error err = BENCH_ERROR_INIT;

	bi_capture_start(&state.capture, state.directory, &err);
	complain(&err);
	if (state.capture.count == 0)
		return;
	state.began = bi_clock_now();
	take_ends();
}

static void stop(void)
{
	struct bench_error err = BENCH_ERROR_INIT;

	bi_capture_stop(&state.capture, &err);
	complain(&err);
	give_back_ends();
}

static void dump_stacks(void)
{
	struct bench_error err = BENCH_ERROR_INIT;

	bi_capture_stacks(state.directory, &err);
	complain(&err);
}

/* Nanoseconds until the profiles end by themselves; less than 0: never. */
static int64_t time_left(void)
{
	int64_t left;

	if (state.capture.count == 0 || state.cap_seconds <= 0)
		return -1;
	left = state.cap_seconds * NS_PER_SEC - bi_clock_since(state.began);
	return left > 0 ? left : 0;
}

static void work(void)
{
	int signo, n;

	for (n = atomic_exchange(&state.toggles, 0); n > 0; n--) {
		if (state.capture.count == 0)
			start();
		else
			stop();
	}
	if (atomic_exchange(&state.dump, false))
		dump_stacks();
	signo = atomic_exchange(&state.end, 0);
	if (state.capture.count > 0 && (signo != 0 || time_left() == 0))
		stop();
	if (signo != 0)
		kill(getpid(), signo);
}

/* ---- The helper ---- */

static void *help(void *nothing)
{
	bi_thread_set_ours();
	for (;;) {
		unsigned seen = atomic_load(&state.wake);
		struct timespec limit;
		int64_t left;

		pthread_mutex_lock(&state.lock);
		work();
		left = time_left();
		pthread_mutex_unlock(&state.lock);
		limit.tv_sec = left / NS_PER_SEC;
		limit.tv_nsec = left % NS_PER_SEC;
		syscall(SYS_futex, &state.wake, FUTEX_WAIT_PRIVATE, seen,
			left < 0 ? NULL : &limit, NULL, 0);
	}
	return nothing;
}

/* Nobody waits for it, and no signal disturbs it. */
static int start_helper(void)
{
	pthread_attr_t attr;
	sigset_t all, before;
	pthread_t thread;
	int rc;

	if (pthread_attr_init(&attr) != 0)
		return BENCH_ENOMEM;
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	rc = pthread_create(&thread, &attr, help, NULL);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attr);
	return rc == 0 ? 0 : BENCH_ENOMEM;
}

/* What the parent records is the parent's to write. */
static void in_child(void)
{
	if (!atomic_load(&state.installed))
		return;
	pthread_mutex_init(&state.lock, NULL);
	state.capture.count = 0;
	atomic_store(&state.toggles, 0);
	atomic_store(&state.dump, false);
	atomic_store(&state.end, 0);
	give_back_ends();
	if (start_helper() < 0)
		bi_note("no thread for signals in process %ld", (long)getpid());
}

/* What records when the program ends is written. */
__attribute__((destructor)) static void at_exit(void)
{
	if (!atomic_load(&state.installed))
		return;
	pthread_mutex_lock(&state.lock);
	if (state.capture.count > 0)
		stop();
	pthread_mutex_unlock(&state.lock);
}

/* ---- Installing ---- */

/* Nothing else is done with SIGNO? */
static int check_default(int signo, struct bench_error *err)
{
	struct sigaction now;

	if (sigaction(signo, NULL, &now) < 0 || signo == SIGKILL ||
	    signo == SIGSTOP)
		return bi_error_set(err, BENCH_EINPUT,
				    "signal %d cannot be handled", signo);
	if ((now.sa_flags & SA_SIGINFO) != 0 || now.sa_handler != SIG_DFL)
		return bi_error_set(err, BENCH_EBUSY,
				    "the program has use for signal %d", signo);
	return 0;
}

static int set_options(int signo, const struct bench_profile_signals *options,
		       struct bench_error *err)
{
	const char *directory = bi_capture_directory(options->directory);
	size_t size = strlen(directory) + 1;

	if (size > sizeof(state.directory) || options->cap_seconds < 0 ||
	    options->cap_seconds > INT64_MAX / NS_PER_SEC)
		return bi_error_set(err, BENCH_ERANGE,
				    "a cap or a directory is out of range");
	memcpy(state.directory, directory, size);
	state.cap_seconds = options->cap_seconds;
	state.toggle = signo;
	state.stacks = bi_kind_find("threads") == NULL ? 0 : options->stacks;
	return 0;
}

int bench_profile_on_signal(int signo,
			    const struct bench_profile_signals *options,
			    struct bench_error *err)
{
	const struct bench_profile_signals init = BENCH_PROFILE_SIGNALS_INIT;
	int rc;

	if (atomic_exchange(&state.installed, true))
		return bi_error_set(err, BENCH_EBUSY,
				    "signals start profiles already");
	rc = check_default(signo, err);
	if (rc == 0)
		rc = set_options(signo, options == NULL ? &init : options, err);
	if (rc == 0 && start_helper() < 0)
		rc = bi_error_nomem(err);
	if (rc < 0) {
		atomic_store(&state.installed, false);
		return rc;
	}
	pthread_atfork(NULL, NULL, in_child);
	install(signo, NULL);
	if (state.stacks != 0 && check_default(state.stacks, NULL) == 0)
		install(state.stacks, NULL);
	return 0;
}
