/* A comparison as a page for browsers, which needs nothing else. */
#ifndef BI_CLI_BENCHAB_HTML_H
#define BI_CLI_BENCHAB_HTML_H

#include "cli/benchab/finding.h"

/* Append the page.  0 or BENCH_ENOMEM. */
int html_report(const struct findings *findings, struct bi_buf *out);

#endif
