/* The counter that the shared library has of its own, for programs without
 * libbenchkit-count; its functions are those of memory/interpose.c. */
#include "profile/interposer.h"

#include "memory/counter.h"
#include "memory/interpose.h"
#include "memory/live.h"

const struct bench_counter bi_interposer_counter = {
	.version = BENCH_COUNTER_VERSION,
	.read = bi_counter_read,
	.watch = bi_interpose_watch,
	.live = bi_live_read,
	.tap = bi_interpose_tap,
};
