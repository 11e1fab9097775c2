/* What the imports of JSON share.  VALUE is jansson's; failures go to ERR. */
#ifndef BI_FMT_IMPORT_JSON_H
#define BI_FMT_IMPORT_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/slice.h"

struct json_t;

/* The JSON value that begins at *NEXT of DATA (LEN bytes), to be released with
 * json_decref; *NEXT moves behind it and the white space there.  NULL on
 * failure. */
struct json_t *bi_import_parse(const char *data, size_t len, size_t *next,
			     struct bench_error *err);

/* All JSON values in DATA, whichever tool wrote them. */
int bi_import_json(char *data, size_t len, struct bi_buf *out,
		   struct bench_error *err);

/* An object with "benchmarks", by Google Benchmark. */
int bi_import_google_json(const struct json_t *value, struct bi_buf *out,
			  struct bench_error *err);

/* An object with "results", by hyperfine. */
int bi_import_hyperfine(const struct json_t *value, struct bi_buf *out,
			struct bench_error *err);

/* An object with "tables", by benchstat. */
int bi_import_table_json(const struct json_t *value, struct bi_buf *out,
			 struct bench_error *err);

/* Member KEY of OBJECT as a string; its text is NULL if there is none. */
struct bi_slice bi_import_string(const struct json_t *object, const char *key);

/* Member KEY of OBJECT as a number; false if there is none. */
bool bi_import_number(const struct json_t *object, const char *key,
		      double *out);

#endif
