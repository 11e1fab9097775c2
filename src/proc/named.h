/* Keys that projections name, and what they leave of ".config" and
 * ".fullname". */
#ifndef BI_PROC_NAMED_H
#define BI_PROC_NAMED_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "proc/extract.h"

struct bi_named_key;

/* BI_NAMED_INIT (all zero): none are named. */
struct bi_named {
	struct bi_named_key *keys;
	bool configs;   /* ".config" itself is */
	bool full_name; /* ".fullname" itself is */
};

/* Note EXTRACT, with memory from ARENA.  Returns 0 or BENCH_ENOMEM. */
int bi_named_add(struct bi_named *named, struct bi_arena *arena,
		 const struct bi_extract *extract);

/* Whether configuration key KEY is left in ".config". */
bool bi_named_leaves_config(const struct bi_named *named,
			    const struct bi_string *key);

/* Append what is left of the name FULL to OUT: "Sort/size=10-8" becomes "*-8"
 * where .name and /size are named.  Returns 0 or BENCH_ENOMEM. */
int bi_named_strip(const struct bi_named *named, const struct bi_string *full,
		   struct bi_buf *out);

#endif
