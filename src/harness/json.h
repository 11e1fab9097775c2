/* The record as JSON lines (-json).  FORMAT.md holds the schema. */
#ifndef BI_HARNESS_JSON_H
#define BI_HARNESS_JSON_H

#include "base/buf.h"
#include "wire/protocol.h"

/* Each appends one object and a newline; 0 or BENCH_ENOMEM.  ROUND counts from
 * 1. */

/* {"Time":…,"Action":ACTION} with the benchmark's name unless it is "". */
int bi_json_action(struct bi_buf *out, const char *action, const char *name,
		   int64_t round);

/* Action "output": every line of TEXT as an object of its own. */
int bi_json_output(struct bi_buf *out, const char *name, const char *text);

/* Action "note": TEXT, which the user should know. */
int bi_json_note(struct bi_buf *out, const char *name, const char *text);

/* Action "bench": the result of EVENT. */
int bi_json_result(struct bi_buf *out, const struct bi_event *event,
		   int64_t round);

#endif
