/* Results as lines again, with the configuration they were found under. */
#ifndef BI_CLI_BENCHFILTER_EMIT_H
#define BI_CLI_BENCHFILTER_EMIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "fmt/reader.h"

/* What has been written.  EMIT_INIT (all zero): nothing. */
struct emit {
	struct bi_intern pool;
	struct bi_pair *pair; /* the configuration as the output has it */
	size_t pairs, cap;
	size_t unit_line; /* of the input at hand: the last Unit line */
};

#define EMIT_INIT {BI_INTERN_INIT, NULL, 0, 0, 0}

/* A new input begins. */
void emit_input(struct emit *emit);

/* Append the result in ITEM, as its line has it, but without the values for
 * which KEEP is false; before it, what is new in its configuration.  Returns 0
 * or BENCH_ENOMEM. */
int emit_result(struct emit *emit, const struct bi_item *item, const bool *keep,
		struct bi_buf *out);

/* Append the Unit line that ITEM, one of its pairs, is from; once. */
int emit_metadata(struct emit *emit, const struct bi_item *item,
		  struct bi_buf *out);

void emit_release(struct emit *emit);

#endif
