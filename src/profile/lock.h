/* A lock that malloc may take: nobody stands between it and the kernel, and it
 * allocates nothing.
 *
 * The mutex of Drepper, "Futexes Are Tricky" (2011), section 6: 0 is free, 1
 * held, 2 held while others wait. */
#ifndef BI_PROFILE_LOCK_H
#define BI_PROFILE_LOCK_H

#include <linux/futex.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Zeroed at first. */
struct bi_lock {
	_Atomic uint32_t state;
};

/* Change errno, as system calls do. */
static inline void bi_lock_take(struct bi_lock *lock)
{
	uint32_t was = 0;

	if (atomic_compare_exchange_strong(&lock->state, &was, 1))
		return;
	while (atomic_exchange(&lock->state, 2) != 0)
		syscall(SYS_futex, &lock->state, FUTEX_WAIT_PRIVATE, 2, NULL,
			NULL, 0);
}

static inline void bi_lock_give(struct bi_lock *lock)
{
	if (atomic_exchange(&lock->state, 0) == 2)
		syscall(SYS_futex, &lock->state, FUTEX_WAKE_PRIVATE, 1, NULL,
			NULL, 0);
}

#endif
