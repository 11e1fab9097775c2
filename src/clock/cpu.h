/* How long a CPU has worked for us. */
#ifndef BI_CLOCK_CPU_H
#define BI_CLOCK_CPU_H

#include <stdint.h>

/* Nanoseconds of CPU that this thread, or all threads of this process, have had.
 * A system call each. */
int64_t bi_cpu_thread_ns(void);
int64_t bi_cpu_process_ns(void);

#endif
