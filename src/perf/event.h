/* What may be counted beside time, by name. */
#ifndef BI_PERF_EVENT_H
#define BI_PERF_EVENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Where a count comes from. */
enum bi_perf_source {
	BI_PERF_HARDWARE, /* the processor's counters, a few at a time */
	BI_PERF_KERNEL,	  /* an event of the kernel's, by the same call */
	BI_PERF_USAGE	  /* what every process may ask of itself */
};

struct bi_perf_event {
	const char *name; /* as perf(1) calls it */
	const char *unit; /* of its count per iteration */
	enum bi_perf_source source;
	uint32_t type;	 /* of struct perf_event_attr */
	uint64_t config; /* likewise; of BI_PERF_USAGE the place in struct
			  * bi_perf_usage */
};

#define BI_PERF_MOST 16

/* Events in the order given.  All zero: none. */
struct bi_perf_list {
	const struct bi_perf_event *event[BI_PERF_MOST];
	size_t count;
};

/* Read "instructions,cycles" into LIST; what is named twice counts once.
 * BENCH_EINPUT with a message in ERR (NULL allowed) for a name that is none. */
int bi_perf_list_parse(struct bi_perf_list *list, const char *text,
		       struct bench_error *err);

#endif
