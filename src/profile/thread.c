/* Threads that begin and end: pthread_create, and who wants to know.
 *
 * The definition is weak, as those of memory/interpose.c are and for the same
 * reasons: a sanitizer's static runtime has one of its own. */
#include "profile/thread.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <benchkit/version.h>

static _Thread_local volatile bool apart
	__attribute__((tls_model("initial-exec")));

/* The latest threads of ours; more than there are at once. */
static _Atomic pid_t ours[64];
static atomic_uint ours_count;

enum { OURS = sizeof(ours) / sizeof(ours[0]) };

bool bi_thread_set_apart(bool now)
{
	bool before = apart;

	apart = now;
	return before;
}

bool bi_thread_is_apart(void)
{
	return apart;
}

bool bi_thread_is_one_of_ours(pid_t tid)
{
	int i;

	for (i = 0; i < OURS; i++)
		if (atomic_load(&ours[i]) == tid)
			return true;
	return false;
}

void bi_thread_set_ours(void)
{
	pid_t tid = (pid_t)syscall(SYS_gettid);

	apart = true;
	if (!bi_thread_is_one_of_ours(tid))
		atomic_store(&ours[atomic_fetch_add(&ours_count, 1) % OURS],
			     tid);
}

static const struct bi_thread_watcher *const watchers[] = {
	&bi_cpu_threads,
	&bi_threadcreate_threads,
};

enum { WATCHERS = sizeof(watchers) / sizeof(watchers[0]) };

static __typeof__(pthread_create) *real_create;

/* Before any constructor that makes threads, if it can be; if not, the first
 * call looks.  Both find the same. */
__attribute__((constructor(101))) static void find_create(void)
{
	__atomic_store_n(&real_create,
			 (__typeof__(pthread_create) *)dlsym(RTLD_NEXT,
							     "pthread_create"),
			 __ATOMIC_RELEASE);
}

/* What the new thread is told.  A few are always there, because the malloc that
 * would make one is counted as the program's. */
struct beginning {
	atomic_bool taken;
	void *(*function)(void *arg);
	void *arg;
};

static struct beginning spare[64];

enum { SPARE = sizeof(spare) / sizeof(spare[0]) };

static struct beginning *take_beginning(void)
{
	int i;

	for (i = 0; i < SPARE; i++)
		if (!atomic_exchange(&spare[i].taken, true))
			return &spare[i];
	return malloc(sizeof(struct beginning));
}

static void give_back(struct beginning *beginning)
{
	if (beginning >= spare && beginning < spare + SPARE)
		atomic_store(&beginning->taken, false);
	else
		free(beginning);
}

static void tell_created(const void *caller)
{
	int i;

	for (i = 0; i < WATCHERS; i++)
		if (bi_gate_is_open(watchers[i]->gate) &&
		    watchers[i]->created != NULL)
			watchers[i]->created(caller);
}

static void tell_begun(void)
{
	int i;

	for (i = 0; i < WATCHERS; i++)
		if (bi_gate_is_open(watchers[i]->gate) &&
		    watchers[i]->begun != NULL)
			watchers[i]->begun();
}

static void tell_ending(void *nothing)
{
	int i;

	(void)nothing;
	for (i = 0; i < WATCHERS; i++)
		if (bi_gate_is_open(watchers[i]->gate) &&
		    watchers[i]->ending != NULL)
			watchers[i]->ending();
}

static void *profiled_thread(void *arg)
{
	struct beginning *told = arg;
	void *(*function)(void *arg) = told->function;
	void *result;

	arg = told->arg;
	give_back(told);
	tell_begun();
	pthread_cleanup_push(tell_ending, NULL);
	result = function(arg);
	pthread_cleanup_pop(1);
	return result;
}

static bool anybody_wants(void)
{
	int i;

	for (i = 0; i < WATCHERS; i++)
		if (bi_gate_is_open(watchers[i]->gate))
			return true;
	return false;
}

BENCH_API __attribute__((weak)) int
pthread_create(pthread_t *thread, const pthread_attr_t *attr,
	       void *(*function)(void *arg), void *arg)
{
	__typeof__(pthread_create) *create;
	struct beginning *told;
	int rc;

	if (__atomic_load_n(&real_create, __ATOMIC_ACQUIRE) == NULL)
		find_create();
	create = __atomic_load_n(&real_create, __ATOMIC_ACQUIRE);
	if (!anybody_wants())
		return create(thread, attr, function, arg);
	told = take_beginning();
	if (told == NULL)
		return EAGAIN;
	told->function = function;
	told->arg = arg;
	rc = create(thread, attr, profiled_thread, told);
	if (rc == 0)
		tell_created(__builtin_return_address(0));
	else
		give_back(told);
	return rc;
}
