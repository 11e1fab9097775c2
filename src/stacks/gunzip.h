/* What was compressed in gzip's format (RFC 1952), back again. */
#ifndef BI_STACKS_GUNZIP_H
#define BI_STACKS_GUNZIP_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"

/* Whether SIZE bytes at DATA begin as gzip's format does. */
bool bi_gunzip_is(const void *data, size_t size);

/* Append what SIZE bytes at DATA, one member or several, were before.
 * BENCH_EINPUT if they are not whole, BENCH_ERANGE beyond MOST bytes,
 * BENCH_ENOMEM. */
int bi_gunzip(const void *data, size_t size, size_t most, struct bi_buf *out,
	      struct bench_error *err);

#endif
