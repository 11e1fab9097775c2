/* What is known about the machine. */
#ifndef BI_HARNESS_SYSINFO_H
#define BI_HARNESS_SYSINFO_H

#include <stdint.h>

#include "base/buf.h"

/* The names that Go uses for this system and processor. */
const char *bi_sysinfo_os(void);
const char *bi_sysinfo_arch(void);

/* Append the processor's brand; nothing when it is not known.  0 or
 * BENCH_ENOMEM. */
int bi_sysinfo_cpu(struct bi_buf *out);

/* Memory in bytes that could still be used, here and in this control group; -1
 * when that cannot be told. */
int64_t bi_sysinfo_available(void);

/* What watches this process and would not follow a worker: "a debugger",
 * "valgrind", or NULL. */
const char *bi_sysinfo_watched_by(void);

#endif
