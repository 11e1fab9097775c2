/* Threads that begin and end: our pthread_create stands before libc's.
 *
 * It costs a load and a branch while nobody wants to know.  Threads that come
 * into being without it (C11's thrd_create, clone, a program that resolved
 * pthread_create past us) are found otherwise, see roster.h. */
#ifndef BI_PROFILE_THREAD_H
#define BI_PROFILE_THREAD_H

#include "profile/gate.h"

/* Who wants to know; rows of a table in thread.c.  The functions may be NULL.
 * They are called while the gate is open, but not inside it: what the gate
 * guards is theirs to enter. */
struct bi_thread_watcher {
	const struct bi_gate *gate;

	/* In the thread that calls pthread_create, before it does.  The stack is
	 * that of bi_stack_here(1), from in here. */
	void (*creating)(void);

	/* In the new thread, before and after its function; the second also when
	 * it leaves by pthread_exit or is cancelled. */
	void (*begun)(void);
	void (*ending)(void);
};

/* cpu.c */
extern const struct bi_thread_watcher bi_cpu_threads;

#endif
