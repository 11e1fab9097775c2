/* A wait of the program's, as our wrappers of libc's functions see it: the kind
 * block has it by who waited, the kind mutex by who kept it waiting.
 *
 * While nobody wants to know, a wrapper costs a load and a branch; while
 * somebody does and nothing has to be waited for, one attempt more, and no look
 * at a clock. */
#ifndef BI_PROFILE_WAIT_H
#define BI_PROFILE_WAIT_H

#include <stdatomic.h>
#include <stdbool.h>

#include "clock/clock.h"
#include "profile/mutex.h"
#include "profile/real.h"

/* Weak, as pthread_create is; see thread.c. */
#define BI_WRAPPER BENCH_API __attribute__((weak))

/* Waiting is a function of its own, so that a wrapper that need not wait does
 * not pay for its frame; and the wrapper's own stays on the stack, where it is to
 * be seen: RC, which that function has returned, is still needed after it. */
#define BI_WAITING __attribute__((noinline)) static
#define BI_STAY(rc) __asm__ volatile("" : "+r"(rc))

/* Who wants to know; bits.  At first nobody can be told: bi_real is not
 * filled. */
enum { BI_WAIT_UNREADY = 1, BI_WAIT_BLOCK = 2, BI_WAIT_MUTEX = 4 };

extern atomic_uint bi_wait_wanted;

/* Fill bi_real, if need be; does anybody want to know? */
bool bi_wait_prepare(void);

static inline bool bi_wait_is_wanted(void)
{
	unsigned wanted = atomic_load_explicit(&bi_wait_wanted,
					       memory_order_relaxed);

	if (__builtin_expect(wanted == 0, 1))
		return false;
	return (wanted & BI_WAIT_UNREADY) == 0 || bi_wait_prepare();
}

/* For KIND, one of the bits. */
void bi_wait_want(unsigned kind);
void bi_wait_unwant(unsigned kind);

struct bi_wait {
	bool counted; /* not a thread of ours */
	struct bi_instant began;
	struct bi_mutex_place place;
};

/* Before something that lasts.  LOCK: what is waited for, to be released by
 * another thread with bi_mutex_taken(); or NULL. */
void bi_wait_begin(struct bi_wait *wait, const void *lock);

/* After it; LASTED: it was waited for, and not refused.  Keeps errno.  Without a
 * call of this, as when the thread is cancelled, a wait without LOCK leaves
 * nothing behind. */
void bi_wait_end(struct bi_wait *wait, bool lasted, const void *caller);

#endif
