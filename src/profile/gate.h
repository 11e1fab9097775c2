/* Who is inside: recording that can be ended while signal handlers and other
 * threads record.
 *
 *	if (bi_gate_enter(&gate)) {	// open
 *		... record ...
 *	}
 *	bi_gate_leave(&gate);		// in either case
 *
 * After bi_gate_close() nobody is inside, and none comes in: what they used can
 * be given back. */
#ifndef BI_PROFILE_GATE_H
#define BI_PROFILE_GATE_H

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

struct bi_gate {
	atomic_bool open;
	atomic_int inside;
};

/* For those who come by often: is it worth trying? */
static inline bool bi_gate_is_open(const struct bi_gate *gate)
{
	return atomic_load_explicit(&gate->open, memory_order_relaxed);
}

static inline bool bi_gate_enter(struct bi_gate *gate)
{
	atomic_fetch_add(&gate->inside, 1);
	return atomic_load(&gate->open);
}

static inline void bi_gate_leave(struct bi_gate *gate)
{
	atomic_fetch_sub(&gate->inside, 1);
}

static inline void bi_gate_open(struct bi_gate *gate)
{
	atomic_store(&gate->open, true);
}

/* Not from inside. */
static inline void bi_gate_close(struct bi_gate *gate)
{
	atomic_store(&gate->open, false);
	while (atomic_load(&gate->inside) > 0)
		sched_yield();
}

/* In the child of a fork, whose only thread was not inside: those that were are
 * not there. */
static inline void bi_gate_reset(struct bi_gate *gate)
{
	atomic_store(&gate->open, false);
	atomic_store(&gate->inside, 0);
}

#endif
