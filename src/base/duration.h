/* Durations as people write them: "1h1m", "1.5ms", "100us". */
#ifndef BI_BASE_DURATION_H
#define BI_BASE_DURATION_H

#include <stdint.h>

/* TEXT is a sequence of decimal numbers, each with a unit (ns, us, µs, ms, s,
 * m, h), with one optional sign in front; a bare "0" needs no unit.  The sum
 * goes to *NS, truncated to nanoseconds.  BENCH_EINPUT when malformed,
 * BENCH_ERANGE past int64_t (292 years). */
int bi_duration_parse(const char *text, int64_t *ns);

#endif
