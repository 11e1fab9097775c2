/* Writing the benchmark format: configuration, results, log blocks.
 *
 * FORMAT.md describes the format.  Everything is appended to a buffer; nothing
 * is printed.  Each call returns 0 or BENCH_ENOMEM. */
#ifndef BI_FMT_WRITER_H
#define BI_FMT_WRITER_H

#include <benchkit/bench.h>

#include "base/buf.h"

/* "key: value" and a newline. */
int bi_writer_config(struct bi_buf *out, const char *key, const char *value);

/* NAME, with "-PROCS" unless PROCS is 0 or 1. */
int bi_writer_name(struct bi_buf *out, const char *name, int procs);

/* A whole result line: the name, padded to WIDTH code points, the iterations
 * and the metrics of RESULT; B/op and allocs/op only with MEMORY, and only when
 * they were counted or reported. */
int bi_writer_result(struct bi_buf *out, const char *name, int procs,
		     size_t width, const struct bench_result *result,
		     bool memory);

enum bi_writer_block { BI_WRITER_FAIL, BI_WRITER_BENCH, BI_WRITER_SKIP };

/* "--- FAIL: NAME" and the log, whose lines are indented already.  The log of a
 * BENCH block ends behind its tenth line, and says so. */
int bi_writer_log(struct bi_buf *out, enum bi_writer_block block,
		  const char *name, int procs, const char *log);

/* ---- The figures of a result ---- */

/* ns/op, as printed: what was reported for it, else the measured time. */
double bi_writer_ns_per_op(const struct bench_result *result);

/* MB/s: what was reported, else bytes over time; 0: not shown. */
double bi_writer_mb_per_s(const struct bench_result *result);

/* B/op and allocs/op: what was reported, else what was counted, in whole
 * numbers.  False when neither is known. */
bool bi_writer_bytes_per_op(const struct bench_result *result, int64_t *out);
bool bi_writer_allocs_per_op(const struct bench_result *result, int64_t *out);

/* VALUE as a whole number, towards zero; what int64_t cannot hold is its nearest
 * value, NaN is 0. */
int64_t bi_writer_whole(double value);

/* Is UNIT one of the four that benchkit fills in by itself? */
bool bi_writer_is_built_in(const char *unit);

#endif
