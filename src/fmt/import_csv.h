/* What the imports of CSV share. */
#ifndef BI_FMT_IMPORT_CSV_H
#define BI_FMT_IMPORT_CSV_H

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/slice.h"

/* Takes one record of COUNT fields.  A negative result ends the reading. */
typedef int bi_csv_take(void *arg, const struct bi_slice *field, size_t count,
			struct bench_error *err);

/* Give all records of DATA to TAKE, empty ones (COUNT 0) too. */
int bi_csv_read(const char *data, size_t len, bi_csv_take *take, void *arg,
		struct bench_error *err);

/* Google Benchmark's CSV, from its header line on; what stands before it is
 * passed over. */
int bi_import_google_csv(const char *data, size_t len, struct bi_buf *out,
			 struct bench_error *err);

/* Tables that benchstat wrote. */
int bi_import_table_csv(const char *data, size_t len, struct bi_buf *out,
			struct bench_error *err);

#endif
