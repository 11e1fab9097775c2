/* A folder as an input: what Criterion.rs leaves there. */
#ifndef BI_FMT_FOLDER_H
#define BI_FMT_FOLDER_H

#include "base/buf.h"
#include "base/error.h"
#include "fmt/source.h"

/* Append the results in the folder SOURCE to OUT: those of its sample.json, or
 * else, down to some depth, of each new/sample.json.  Returns 1; 0 when SOURCE
 * is no folder or holds none; or a failure, which names the file. */
int bi_folder_import(const struct bi_source *source, struct bi_buf *out,
		     struct bench_error *err);

#endif
