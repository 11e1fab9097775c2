/* Does the loop of a benchmark do nothing?  Seen by its instructions, so that
 * neither the speed of the machine nor its load has a say in it.
 *
 * A timer strikes while the loop runs; from there the processor takes single
 * steps (x86-64's trap flag), as long as each of them only keeps the loop going.
 * The first one that works ends it, at once: no call and no system call is ever
 * stepped through.  Elsewhere than on x86-64 nothing is seen. */
#ifndef BI_HARNESS_IDLE_H
#define BI_HARNESS_IDLE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clock/clock.h"
#include "harness/step.h"

struct bi_idle {
	bool armed;
	volatile bool found; /* it does nothing */
	volatile int looks;  /* strikes so far */
	volatile int64_t spent_ns; /* by looking */

	/* Of the steps that are being taken. */
	bool stepping;
	struct bi_instant began;
	uintptr_t anchor; /* where the steps began */
	int steps;        /* since then */
	int in_turn;      /* since the anchor was last met */
	int turn;         /* of the first turn; 0: not over */
	int adds;
	unsigned seen; /* bits of BI_STEP_ */
	struct bi_step_state state;

	int64_t after_ns;
	int timer; /* the kernel's number */
	struct sigaction before;
};

/* Look at what this thread does AFTER_NS from now, and again AFTER_NS behind
 * that, until end.  OWN are the SIZE bytes that keep the loop.  Nothing happens where
 * it cannot be done. */
void bi_idle_begin(struct bi_idle *idle, const void *own, size_t size,
		   int64_t after_ns);

/* Stop to look, if it began.  Nanoseconds that looking has taken. */
int64_t bi_idle_end(struct bi_idle *idle);

/* Has it looked often enough? */
bool bi_idle_knows(const struct bi_idle *idle);

#endif
