/* Things that happen, counted by the stack they happen in: what block, mutex and
 * threadcreate have in common.
 *
 * Value 0 is how many, value 1, of those kinds that have it, how long. */
#ifndef BI_PROFILE_EVENTS_H
#define BI_PROFILE_EVENTS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "profile/gate.h"
#include "profile/profile.h"
#include "profile/table.h"

struct bi_events {
	struct bi_gate gate;
	struct bi_table table;
};

/* What struct bi_kind wants of these names.  BENCH_ENOMEM. */
int bi_events_start(struct bi_events *events, struct bench_error *err);
void bi_events_stop(struct bi_events *events);
void bi_events_forget(struct bi_events *events);
void bi_events_forked(struct bi_events *events);

/* COUNT things took NS together, if anybody wants to know.  CALLER is the return
 * address of the function of ours that the program has called: that function is
 * the leaf. */
void bi_events_add(struct bi_events *events, const void *caller, int64_t count,
		   int64_t ns);

/* Samples and what was dropped, but not the types.  BENCH_ENOMEM. */
int bi_events_collect(const struct bi_events *events, struct bi_profile *out);

/* contentions/count, delay/nanoseconds, for block and mutex. */
void bi_events_set_contentions(struct bi_profile *out);

/* The text of those two, behind what heads it: nanoseconds, count, stack.
 *
 *	365000000 3 @ 0x4011aa 0x401200
 *	#	0x4011aa	hold+0x1a	/src/pool.c:42
 */
int bi_events_text(const struct bi_profile *profile, struct bi_buf *out);

#endif
