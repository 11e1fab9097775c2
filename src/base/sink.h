/* Where finished output goes: a stage that produces text does no I/O itself. */
#ifndef BI_BASE_SINK_H
#define BI_BASE_SINK_H

#include <stddef.h>

/* WRITE takes LEN bytes at DATA and returns 0 or a negative enum bench_err,
 * which ends the output. */
struct bi_sink {
	int (*write)(void *arg, const char *data, size_t len);
	void *arg;
};

#endif
