/* The kind mutex: who keeps others waiting for a lock, and how long. */
#ifndef BI_PROFILE_MUTEX_H
#define BI_PROFILE_MUTEX_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "clock/clock.h"

/* The threads that wait for one lock, in one word, so that nobody ever waits for
 * access to it.  With the lock's tag; 0: nobody waits.
 *
 * Locks that share a slot and a tag are taken for one. */
struct bi_mutex_slot {
	_Alignas(64) _Atomic uint64_t waiters;
	_Atomic uint64_t released; /* when a lock of this slot last was */
};

enum { BI_MUTEX_SLOT_BITS = 10, BI_MUTEX_SLOTS = 1 << BI_MUTEX_SLOT_BITS };

extern struct bi_mutex_slot bi_mutex_slots[BI_MUTEX_SLOTS];

/* Of LOCK: the upper bits say which slot, the lower are a tag (Knuth's
 * multiplicative hashing). */
static inline uint64_t bi_mutex_hash(const void *lock)
{
	return (uint64_t)(uintptr_t)lock * UINT64_C(0x9e3779b97f4a7c15);
}

static inline struct bi_mutex_slot *bi_mutex_slot_of(const void *lock)
{
	return &bi_mutex_slots[bi_mutex_hash(lock) >> (64 - BI_MUTEX_SLOT_BITS)];
}

/* Where a thread waits.  SLOT NULL: nowhere. */
struct bi_mutex_place {
	struct bi_mutex_slot *slot;
	uint64_t tag;
	uint64_t since;
};

/* This thread waits for LOCK from NOW on, if anybody wants to know; and it does
 * no more. */
void bi_mutex_queue(const void *lock, struct bi_instant now,
		    struct bi_mutex_place *place);
void bi_mutex_unqueue(const struct bi_mutex_place *place);

/* For how long LOCK, which this thread is about to release, was waited for, all
 * waiters together, since it last was released, in ns. */
int64_t bi_mutex_charge(const void *lock);

static inline int64_t bi_mutex_kept(const void *lock)
{
	if (__builtin_expect(
		    atomic_load_explicit(&bi_mutex_slot_of(lock)->waiters,
					 memory_order_relaxed) == 0,
		    1))
		return 0;
	return bi_mutex_charge(lock);
}

/* After the release, by the function called from CALLER. */
void bi_mutex_add(int64_t kept_ns, const void *caller);

#endif
