/* Results of other tools, recognised by what they look like and turned into the
 * benchmark format.  FORMAT.md says what becomes of what. */
#ifndef BI_FMT_IMPORT_H
#define BI_FMT_IMPORT_H

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/slice.h"

enum bi_import_kind {
	BI_IMPORT_NONE,       /* benchmark format */
	BI_IMPORT_JSON,       /* of a tool that shows inside */
	BI_IMPORT_GOOGLE_CSV, /* Google Benchmark */
	BI_IMPORT_TABLE_CSV   /* our own tables */
};

/* No more than this many bytes are needed to tell what an input is. */
#define BI_IMPORT_PEEK ((size_t)16 * 1024)

/* What an input is that begins with the LEN bytes at DATA. */
enum bi_import_kind bi_import_recognize(const char *data, size_t len);

/* The whole input at DATA (LEN bytes, which are changed) as benchmark format,
 * appended to OUT.  On failure ERR has the line, if there is one. */
int bi_import(enum bi_import_kind kind, char *data, size_t len,
	      struct bi_buf *out, struct bench_error *err);

/* What a folder of Criterion.rs holds. */
struct bi_criterion {
	struct bi_slice name;    /* if benchmark.json has none */
	struct bi_buf sample;    /* sample.json */
	struct bi_buf benchmark; /* benchmark.json; empty if there is none */
};

/* The same for such a folder. */
int bi_import_criterion(const struct bi_criterion *folder, struct bi_buf *out,
			struct bench_error *err);

#endif
