/* When is memory that readers may still look at free?  liburcu answers: between
 * grace_enter and grace_leave a thread holds up every grace_wait that began
 * after it entered.
 *
 *	reader                          writer
 *	grace_enter();                  publish a new version
 *	load the pointer, read          grace_wait();
 *	grace_leave();                  free the old version
 *
 * Entering and leaving write to the thread's own memory only, and cost no atomic
 * instruction; it is the writer who makes all processors pass a barrier, by the
 * membarrier system call.  This is the flavour of liburcu with which threads need
 * not be registered ("bp").
 *
 * With _LGPL_SOURCE the two are inline.  The licence of what includes this must
 * then be compatible with the LGPL; without it they are calls into the library,
 * and take several times as long. */
#ifndef GRACE_H
#define GRACE_H

#define _LGPL_SOURCE
#include <urcu/urcu-bp.h>

/* The library is not compiled with the thread sanitizer, which does not see how
 * the waiting writer learns that a reader has left: told here. */
#if defined(__SANITIZE_THREAD__)
#define GRACE_TOLD 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define GRACE_TOLD 1
#endif
#endif

#ifdef GRACE_TOLD
#include <sanitizer/tsan_interface.h>

static char grace_edge;
#define GRACE_LEFT() __tsan_release(&grace_edge)
#define GRACE_WAITED() __tsan_acquire(&grace_edge)
#else
#define GRACE_LEFT() ((void)0)
#define GRACE_WAITED() ((void)0)
#endif

static inline void grace_enter(void)
{
	urcu_bp_read_lock();
}

static inline void grace_leave(void)
{
	GRACE_LEFT();
	urcu_bp_read_unlock();
}

/* Wait until every thread that had entered has left.  The caller must not have
 * entered itself. */
static inline void grace_wait(void)
{
	urcu_bp_synchronize_rcu();
	GRACE_WAITED();
}

#endif
