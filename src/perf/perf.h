/* Counting events between start and stop, as a timer measures time. */
#ifndef BI_PERF_PERF_H
#define BI_PERF_PERF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "perf/event.h"
#include "perf/system.h"

struct bi_perf;

/* Counters for what LIST names, of the calling thread and those it starts, off
 * and at 0.  What SYSTEM refuses is left out.  SYSTEM outlives it.  NULL when
 * there is no memory.  Takes some hundred starts and stops, to know what one
 * costs. */
struct bi_perf *bi_perf_new(const struct bi_perf_list *list,
			    const struct bi_perf_system *system);
void bi_perf_free(struct bi_perf *perf);

/* PERF may be NULL: nothing is counted.  On or off already is no error.  reset
 * also turns it off. */
void bi_perf_start(struct bi_perf *perf);
void bi_perf_stop(struct bi_perf *perf);
void bi_perf_reset(struct bi_perf *perf);

/* The count of event I of the list since the reset, into *VALUE: without what
 * starts and stops added, at least 0, and projected to the whole time where
 * events took turns.  False if it is not known. */
bool bi_perf_value(const struct bi_perf *perf, size_t i, double *value);

/* Append a line, without its newline, about what is not counted and why, and
 * what is counted in part; nothing if all is counted.  0 or BENCH_ENOMEM. */
int bi_perf_explain(const struct bi_perf *perf, struct bi_buf *out);

#endif
