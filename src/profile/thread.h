/* Threads that begin and end: our pthread_create stands before libc's.
 *
 * It costs a load and a branch while nobody wants to know.  Threads that come
 * into being without it (C11's thrd_create, clone, a program that resolved
 * pthread_create past us) are found otherwise, see roster.h.
 *
 * And threads of ours, which are not what the program wants to hear about. */
#ifndef BI_PROFILE_THREAD_H
#define BI_PROFILE_THREAD_H

#include <stdbool.h>
#include <sys/types.h>

#include "profile/gate.h"

/* Who wants to know; rows of a table in thread.c.  The functions may be NULL.
 * They are called while the gate is open, but not inside it: what the gate
 * guards is theirs to enter. */
struct bi_thread_watcher {
	const struct bi_gate *gate;

	/* In the thread that has made one; CALLER is whom pthread_create returns
	 * to, for bi_stack_from(). */
	void (*created)(const void *caller);

	/* In the new thread, before and after its function; the second also when
	 * it leaves by pthread_exit or is cancelled. */
	void (*begun)(void);
	void (*ending)(void);
};

/* cpu.c */
extern const struct bi_thread_watcher bi_cpu_threads;

/* threadcreate.c */
extern const struct bi_thread_watcher bi_threadcreate_threads;

/* What this thread waits for from now on, and who waits for it, is ours and no
 * part of block and mutex; or it is the program's again.  Returns what it was. */
bool bi_thread_set_apart(bool now);
bool bi_thread_is_apart(void);

/* All of this thread is ours, to its end: the same, and it is no part of
 * threads.  Any number of times.  It should block all signals: its number may be
 * that of a thread of the program's one day. */
void bi_thread_set_ours(void);
bool bi_thread_is_one_of_ours(pid_t tid);

#endif
