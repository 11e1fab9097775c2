/* The benchmark format as an import writes it: what another tool calls its
 * benchmarks and units becomes what our names and units may be.
 *
 * Every call appends to OUT and returns 0 or BENCH_ENOMEM. */
#ifndef BI_FMT_DRAFT_H
#define BI_FMT_DRAFT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

/* TEXT with "_" for all white space, of which names and units have none. */
int bi_draft_word(struct bi_buf *out, struct bi_slice text);

/* "key: value" and a newline.  A key that a configuration line cannot have is
 * left out; line ends in the value become blanks. */
int bi_draft_config(struct bi_buf *out, struct bi_slice key,
		    struct bi_slice value);

/* Begin a result: "BenchmarkNAME", in which "/key:value" becomes "/key=value"
 * when COLONS is set. */
int bi_draft_name(struct bi_buf *out, struct bi_slice name, bool colons);

/* " N".  A number that is none for a count becomes 1. */
int bi_draft_iterations(struct bi_buf *out, double iterations);

/* " VALUE UNIT". */
int bi_draft_value(struct bi_buf *out, double value, struct bi_slice unit);

#endif
