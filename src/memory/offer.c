/* The counter that is offered to libbenchkit.  It stands apart from the functions
 * that count: of those there are two sets, see wrapped.c. */
#include <benchkit/counter.h>

#include "memory/counter.h"
#include "memory/interpose.h"
#include "memory/live.h"

const struct bench_counter bench_counter = {
	.version = BENCH_COUNTER_VERSION,
	.read = bi_counter_read,
	.watch = bi_interpose_watch,
	.live = bi_live_read,
	.tap = bi_interpose_tap,
};

/* A program may have libbenchkit-profile alone; not if all is one file. */
#ifndef BENCH_ONE_FILE
extern __typeof__(bench_use_counter) bench_use_counter __attribute__((weak));
#endif

__attribute__((constructor)) static void offer_counter(void)
{
	__typeof__(bench_use_counter) *use = bench_use_counter;

	if (use != NULL)
		use(&bench_counter);
}
