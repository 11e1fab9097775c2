/* Text and numbers as JSON has them (RFC 8259). */
#ifndef BI_BASE_JSON_H
#define BI_BASE_JSON_H

#include <stddef.h>

#include "base/buf.h"

/* Append TEXT as a string, quotes included.  A byte that is not part of valid
 * UTF-8 becomes U+FFFD. */
int bi_json_string(struct bi_buf *out, const char *text, size_t len);

/* Append VALUE with all its digits; the strings "NaN", "Infinity" and
 * "-Infinity" for what is not finite.  Both return 0 or BENCH_ENOMEM. */
int bi_json_number(struct bi_buf *out, double value);

#endif
