/* The page of /debug/pprof/ itself. */
#ifndef BI_PROFILE_PAGE_H
#define BI_PROFILE_PAGE_H

#include "base/buf.h"
#include "profile/kind.h"

/* What KIND is called in a URL: Go's name.  NULL for the CPU, whose URL is not
 * that of a kind. */
const char *bi_page_name(const struct bi_kind *kind);

/* Append the page, HTML.  BENCH_ENOMEM. */
int bi_page_write(struct bi_buf *out);

#endif
