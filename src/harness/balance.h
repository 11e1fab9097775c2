/* The extra pass of -benchmem=full: what a benchmark takes from the heap and
 * what it gives back. */
#ifndef BI_HARNESS_BALANCE_H
#define BI_HARNESS_BALANCE_H

#include "harness/bench.h"

/* Add to the metrics of BENCH, which has just been measured:
 *
 *	mallocs/op	allocs/op with its fraction
 *	frees/op	blocks given back in the timed part
 *	peak-B		most bytes live at once in the timed part, above those
 *			when the timer was last reset
 *	live-B/op	bytes that the whole call, its clean-up included, leaves
 *			allocated
 *
 * The first two are of the measurement itself.  For the others the function is
 * run once more with as many iterations; that it is not timed makes room for
 * asking the allocator what every block holds.  The metrics and logs of that
 * pass are dropped; a failure in it is BENCH's.  A unit that BENCH reported
 * itself is left alone, and what cannot be known is not added.  A leak becomes
 * a note. */
void bi_balance_take(struct bi_bench *bench);

#endif
