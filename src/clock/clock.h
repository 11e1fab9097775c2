/* The clock that benchmarks are timed with. */
#ifndef BI_CLOCK_CLOCK_H
#define BI_CLOCK_CLOCK_H

#include <stdint.h>

/* A point in time.  Only differences mean anything. */
struct bi_instant {
	int64_t ns;
};

/* Now: CLOCK_MONOTONIC, which no adjustment of the date moves.  About 25 ns, no
 * system call where the kernel offers a vDSO. */
struct bi_instant bi_clock_now(void);

/* Nanoseconds from FROM to TO, and from FROM to now. */
int64_t bi_clock_between(struct bi_instant from, struct bi_instant to);
int64_t bi_clock_since(struct bi_instant from);

#endif
