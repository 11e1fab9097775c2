/* The text of a projection as a list of fields. */
#ifndef BI_PROC_PROJECTION_PARSE_H
#define BI_PROC_PROJECTION_PARSE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "proc/extract.h"

/* One word of a fixed order. */
struct bi_choice {
	struct bi_choice *next;
	struct bi_slice value;
};

/* "key@order" as it is written. */
struct bi_field_text {
	struct bi_field_text *next;
	struct bi_slice key;
	size_t key_offset;
	struct bi_slice order;     /* .text is NULL if none is named */
	struct bi_choice *choices; /* the list in its place */
	size_t order_offset;
};

/* The fields of TEXT, in order; NULL for an empty projection.  They belong to
 * MEMORY.  Neither keys nor names of orders are checked.  BENCH_EINPUT with the
 * place in ERR (not NULL); BENCH_ENOMEM. */
int bi_projection_parse(const char *text, struct bi_arena *memory,
			struct bi_field_text **fields, struct bench_error *err);

#endif
