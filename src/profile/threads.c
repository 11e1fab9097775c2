/* A picture of the stacks of all threads, as they are now.
 *
 * Every thread gets a real-time signal of its own, and its handler stores the
 * stack that it has interrupted.  A thread that keeps blocking the signal is not
 * asked, one that does not answer in time is given up; both are in the picture by
 * name.
 *
 * The signal is one that had no handler; it stays ours, because a thread may
 * still have one to come and would end the process without a handler. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "clock/clock.h"
#include "profile/gate.h"
#include "profile/kind.h"
#include "profile/task.h"
#include "profile/thread.h"
#include "profile/threads_text.h"

/* SIGRTMIN itself and the next two are the programs' favourites. */
enum { FIRST_SIGNAL = 3 };

/* For the next answer, not for all: a busy machine may have thousands of threads
 * that wait for a processor. */
#define PATIENCE_NS INT64_C(2000000000)

/* For a thread that blocks the signal: pthread_create and others block all for a
 * moment.  It is not asked as long as it does, because what nobody takes would
 * pile up with each picture. */
#define DEAF_NS INT64_C(100000000)

/* How often it is looked. */
#define LOOK_NS 200000

enum answer { NOT_ASKED, ASKED, ANSWERING, ANSWERED, OURS, GONE };

/* A thread that is asked. */
struct sitter {
	pid_t tid;
	atomic_int answer;
	struct bi_tags tags;
	struct bi_task task;
	struct bi_stack stack;
};

static struct {
	struct bi_gate gate; /* open while answers are wanted */
	int signo;           /* 0: none yet */
	unsigned session;    /* whose answers are wanted */
	struct sitter *sitters;
	size_t count;
} picture;

/* ---- In the signal handler ---- */

/* What the signal carries: whose answer is wanted, and to which question. */
union question {
	void *pointer;
	struct {
		unsigned session;
		unsigned index;
	} as;
};

_Static_assert(sizeof(union question) == sizeof(void *), "a signal's value");

static void answer(union question question, const void *context)
{
	struct sitter *sitter;
	int expected = ASKED;

	if (question.as.session != picture.session ||
	    question.as.index >= picture.count)
		return;
	sitter = &picture.sitters[question.as.index];
	if (!atomic_compare_exchange_strong(&sitter->answer, &expected,
					    ANSWERING))
		return;
	if (bi_thread_is_one_of_ours(sitter->tid)) {
		atomic_store(&sitter->answer, OURS);
		return;
	}
	sitter->tags = bi_label_tags();
	bi_stack_of_signal(context, &sitter->stack);
	atomic_store(&sitter->answer, ANSWERED);
}

static void on_signal(int signo, siginfo_t *info, void *context)
{
	union question question = {.pointer = info->si_value.sival_ptr};
	int saved = errno;

	(void)signo;
	/* Anybody else's is ignored, as one is that comes too late. */
	if (info->si_code == SI_QUEUE && info->si_pid == getpid()) {
		if (bi_gate_enter(&picture.gate))
			answer(question, context);
		bi_gate_leave(&picture.gate);
	}
	errno = saved;
}

/* Is SIGNO ours, or can it be?  Then it is. */
static bool take_signal(int signo)
{
	struct sigaction now;
	struct sigaction ours = {
		.sa_sigaction = on_signal,
		.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK,
	};

	if (sigaction(signo, NULL, &now) < 0)
		return false;
	if ((now.sa_flags & SA_SIGINFO) != 0)
		return now.sa_sigaction == on_signal;
	if (now.sa_handler != SIG_DFL)
		return false;
	/* All: a thread cancelled inside the gate would never leave it. */
	memset(&ours.sa_mask, 0xff, sizeof(ours.sa_mask));
	return sigaction(signo, &ours, NULL) == 0;
}

/* The one of last time, unless the program has taken it meanwhile. */
static bool find_signal(void)
{
	int signo;

	if (picture.signo != 0 && take_signal(picture.signo))
		return true;
	for (signo = SIGRTMIN + FIRST_SIGNAL; signo <= SIGRTMAX; signo++) {
		if (take_signal(signo)) {
			picture.signo = signo;
			return true;
		}
	}
	return false;
}

/* ---- Who is there ---- */

static int by_tid(const void *a, const void *b)
{
	const struct sitter *x = a, *y = b;

	return x->tid < y->tid ? -1 : x->tid > y->tid;
}

static int add_sitter(pid_t tid)
{
	struct sitter *sitters = picture.sitters;

	/* One more whenever the number is a power of two: doubling. */
	if ((picture.count & (picture.count - 1)) == 0) {
		size_t capacity = picture.count == 0 ? 1 : 2 * picture.count;

		sitters = reallocarray(sitters, capacity, sizeof(*sitters));
		if (sitters == NULL)
			return BENCH_ENOMEM;
		picture.sitters = sitters;
	}
	sitters[picture.count].tid = tid;
	atomic_init(&sitters[picture.count].answer, NOT_ASKED);
	picture.count++;
	return 0;
}

static int list_threads(struct bench_error *err)
{
	DIR *folder = opendir("/proc/self/task");
	pid_t tid;
	int rc = 0;

	if (folder == NULL)
		return bi_error_errno(err, "cannot read", "/proc/self/task");
	while (rc == 0 && (tid = bi_task_next(folder)) != 0)
		rc = add_sitter(tid);
	closedir(folder);
	return rc < 0 ? bi_error_nomem(err) : 0;
}

/* Each once.  A directory that changes while it is read may leave some out, or
 * show them twice: two readings leave out only what came or went meanwhile. */
static int find_threads(struct bench_error *err)
{
	struct sitter *sitters;
	size_t i, count = 0;
	int rc = list_threads(err);

	if (rc == 0)
		rc = list_threads(err);
	if (rc < 0)
		return rc;
	sitters = picture.sitters;
	qsort(sitters, picture.count, sizeof(*sitters), by_tid);
	for (i = 0; i < picture.count; i++)
		if (count == 0 || sitters[count - 1].tid != sitters[i].tid)
			sitters[count++].tid = sitters[i].tid;
	picture.count = count;
	return 0;
}

/* ---- Asking ---- */

static void ask(size_t index)
{
	struct sitter *sitter = &picture.sitters[index];
	union question question = {
		.as = {picture.session, (unsigned)index}};
	siginfo_t info = {.si_signo = picture.signo, .si_code = SI_QUEUE};

	/* What it does is looked at first: the signal wakes it. */
	if (!bi_task_read(sitter->tid, &sitter->task)) {
		atomic_store(&sitter->answer, GONE);
		return;
	}
	if (bi_task_has_ended(&sitter->task))
		return;
	if (bi_task_blocks(&sitter->task, picture.signo)) {
		if (bi_thread_is_one_of_ours(sitter->tid))
			atomic_store(&sitter->answer, OURS);
		return;
	}
	info.si_pid = getpid();
	info.si_uid = getuid();
	info.si_value.sival_ptr = question.pointer;
	atomic_store(&sitter->answer, ASKED);
	if (syscall(SYS_rt_tgsigqueueinfo, getpid(), sitter->tid,
		    picture.signo, &info) < 0)
		atomic_store(&sitter->answer,
			     errno == ESRCH ? GONE : NOT_ASKED);
}

/* May there still be an answer?  DEAF: to those also that blocked the signal. */
static bool is_open(size_t index, bool deaf)
{
	struct sitter *sitter = &picture.sitters[index];
	int now = atomic_load(&sitter->answer);

	if (now == NOT_ASKED && deaf && !bi_task_has_ended(&sitter->task)) {
		ask(index);
		return true;
	}
	if (now == ASKED && syscall(SYS_tgkill, getpid(), sitter->tid, 0) < 0)
		atomic_compare_exchange_strong(&sitter->answer, &now, GONE);
	return now == ASKED || now == ANSWERING;
}

static size_t count_open(bool deaf)
{
	size_t i, count = 0;

	for (i = 0; i < picture.count; i++)
		count += is_open(i, deaf);
	return count;
}

static void wait_for_answers(void)
{
	static const struct timespec pause = {.tv_nsec = LOOK_NS};
	struct bi_instant began = bi_clock_now(), since = began;
	size_t open = count_open(true), before = open;

	while (open > 0 && bi_clock_since(since) < PATIENCE_NS) {
		nanosleep(&pause, NULL);
		open = count_open(bi_clock_since(began) < DEAF_NS);
		if (open < before)
			since = bi_clock_now();
		before = open;
	}
}

static void ask_all(void)
{
	size_t i;

	picture.session++;
	bi_gate_open(&picture.gate);
	for (i = 0; i < picture.count; i++)
		ask(i);
	wait_for_answers();
	bi_gate_close(&picture.gate);
}

/* ---- The kind ---- */

static int add_thread(const struct sitter *sitter, struct bi_profile *out)
{
	struct bi_seen_thread *seen = &out->threads[out->thread_count];
	struct bi_sample sample = {
		.pcs = sitter->stack.pc,
		.depth = sitter->stack.depth,
		.tags = sitter->tags,
		.value = {1},
	};
	int rc = bi_task_copy(&sitter->task, &out->arena, seen);

	if (rc < 0)
		return rc;
	out->thread_count++;
	seen->tid = sitter->tid;
	switch ((enum answer)atomic_load(&sitter->answer)) {
	case NOT_ASKED:
		if (!bi_task_has_ended(&sitter->task))
			seen->state = "blocks the signal";
		return 0;
	case ASKED:
	case ANSWERING:
		seen->state = "does not answer";
		return 0;
	case OURS:
	case GONE:
		out->thread_count--;
		return 0;
	case ANSWERED:
		break;
	}
	rc = bi_profile_add(out, &sample);
	if (rc == 0) {
		seen->pcs = out->samples[out->sample_count - 1].pcs;
		seen->depth = sample.depth;
	}
	return rc;
}

static int add_all(struct bi_profile *out)
{
	size_t i, size, without;
	int rc = 0;

	if (!__builtin_mul_overflow(picture.count, sizeof(*out->threads),
				    &size))
		out->threads = bi_arena_alloc(&out->arena, size);
	if (out->threads == NULL)
		return BENCH_ENOMEM;
	for (i = 0; rc == 0 && i < picture.count; i++)
		rc = add_thread(&picture.sitters[i], out);
	without = out->thread_count - out->sample_count;
	if (rc == 0 && without > 0)
		rc = bi_profile_comment(out,
					"%zu threads have no stack here: they "
					"block signal %d, or did not answer",
					without, picture.signo);
	return rc;
}

static int collect(struct bi_profile *out, struct bench_error *err)
{
	int rc;

	if (!find_signal())
		return bi_error_set(err, BENCH_ENOTSUP,
				    "no real-time signal is free for threads");
	rc = find_threads(err);
	if (rc == 0) {
		ask_all();
		out->type[0] = (struct bi_value_type){"threads", "count"};
		out->type_count = 1;
		out->leaf_is_exact = true;
		out->period_type = out->type[0];
		out->period = 1;
		if (add_all(out) < 0)
			rc = bi_error_nomem(err);
	}
	free(picture.sitters);
	picture.sitters = NULL;
	picture.count = 0;
	return rc;
}

/* Threads, without asking them: a signal ends what they wait for with EINTR. */
static int64_t count_threads(void)
{
	DIR *folder = opendir("/proc/self/task");
	int64_t threads = 0;
	pid_t tid;

	if (folder == NULL)
		return 0;
	while ((tid = bi_task_next(folder)) != 0)
		threads += !bi_thread_is_one_of_ours(tid);
	closedir(folder);
	return threads;
}

const struct bi_kind bi_threads_kind = {
	.name = "threads",
	.description = "the stacks of all threads now",
	.collect = collect,
	.count = count_threads,
	.stacks = bi_threads_text,
};
