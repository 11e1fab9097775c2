/* Source files, by the names that profiles have for them. */
#ifndef BI_CLI_BENCHPROF_SOURCE_H
#define BI_CLI_BENCHPROF_SOURCE_H

#include "base/buf.h"
#include "base/slice.h"

/* Append what is in file PATH.  One that is not there is looked for, by the
 * part of its path behind the working directory's name, or as it stands if it
 * is relative, in the working directory and the folders above it.  0; or
 * BENCH_EIO or BENCH_ENOMEM. */
int source_read(const char *path, struct bi_buf *out);

/* Take the next line from the front of REST.  False at the end. */
bool source_line(struct bi_slice *rest, struct bi_slice *line);

#endif
