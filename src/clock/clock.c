/* The clock that benchmarks are timed with. */
#include "clock/clock.h"

#include <time.h>

#define NS_PER_SEC 1000000000

struct bi_instant bi_clock_now(void)
{
	struct timespec ts;

	/* Cannot fail for this clock and a valid pointer (POSIX). */
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (struct bi_instant){(int64_t)ts.tv_sec * NS_PER_SEC +
				   ts.tv_nsec};
}

int64_t bi_clock_between(struct bi_instant from, struct bi_instant to)
{
	return to.ns - from.ns;
}

int64_t bi_clock_since(struct bi_instant from)
{
	return bi_clock_between(from, bi_clock_now());
}
