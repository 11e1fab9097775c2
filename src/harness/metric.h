/* The metrics that one run of a benchmark reported. */
#ifndef BI_HARNESS_METRIC_H
#define BI_HARNESS_METRIC_H

#include <benchkit/bench.h>

/* Sorted by the bytes of the unit.  Zero-initialise; release it. */
struct bi_metrics {
	struct bench_metric *list;
	size_t count;
	size_t capacity;
};

/* Set UNIT (copied) to VALUE.  0, BENCH_ENOMEM, or BENCH_EINPUT for a unit that
 * is empty or holds white space. */
int bi_metrics_set(struct bi_metrics *metrics, const char *unit, double value);

/* The same, but a UNIT that is there already keeps its value. */
int bi_metrics_offer(struct bi_metrics *metrics, const char *unit,
		     double value);

void bi_metrics_reset(struct bi_metrics *metrics);
void bi_metrics_release(struct bi_metrics *metrics);

#endif
