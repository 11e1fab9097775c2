/* Text inside of HTML. */
#ifndef BI_TAB_HTML_H
#define BI_TAB_HTML_H

#include "base/buf.h"
#include "base/slice.h"

/* Append TEXT so that it is nothing but text, in an element as well as in a
 * quoted attribute.  What HTML cannot hold (control characters, bytes that are
 * no UTF-8) becomes U+FFFD.  Returns 0 or BENCH_ENOMEM. */
int bi_html_text(struct bi_buf *out, struct bi_slice text);

#endif
