/* Bytes in gzip's format (RFC 1952). */
#ifndef BI_PROFILE_GZIP_H
#define BI_PROFILE_GZIP_H

#include "base/buf.h"

/* Append SIZE bytes at DATA, compressed as one member.  BENCH_ENOMEM. */
int bi_gzip(const void *data, size_t size, struct bi_buf *out);

#endif
