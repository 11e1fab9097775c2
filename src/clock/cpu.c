/* How long a CPU has worked for us. */
#include "clock/cpu.h"

#include <time.h>

#define NS_PER_SEC 1000000000

static int64_t cpu_time(clockid_t clock)
{
	struct timespec ts;

	/* Linux has had both since 2.6.12. */
	clock_gettime(clock, &ts);
	return (int64_t)ts.tv_sec * NS_PER_SEC + ts.tv_nsec;
}

int64_t bi_cpu_thread_ns(void)
{
	return cpu_time(CLOCK_THREAD_CPUTIME_ID);
}

int64_t bi_cpu_process_ns(void)
{
	return cpu_time(CLOCK_PROCESS_CPUTIME_ID);
}
