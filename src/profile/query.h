/* The query of a URL: "seconds=5&debug=1". */
#ifndef BI_PROFILE_QUERY_H
#define BI_PROFILE_QUERY_H

#include <stdint.h>

#include "base/buf.h"

/* Append the value of the first KEY in QUERY (which may be NULL), decoded.
 * Pairs that are malformed are passed over, as Go does.  Returns 1, 0 if there
 * is no KEY, or BENCH_ENOMEM. */
int bi_query_find(const char *query, const char *key, struct bi_buf *out);

/* The value of KEY as a decimal integer: 1; 0 if there is no KEY, or nothing
 * behind it; BENCH_ERANGE and the nearest number for what int64_t cannot hold;
 * BENCH_EINPUT for anything else; BENCH_ENOMEM.  *OUT is set for the first and
 * for BENCH_ERANGE. */
int bi_query_integer(const char *query, const char *key, int64_t *out);

#endif
