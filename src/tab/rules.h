/* What a gate asks for: "sec/op>3%; allocs/op>0".  GATE.md is the language. */
#ifndef BI_TAB_RULES_H
#define BI_TAB_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/slice.h"
#include "tab/model.h"

struct bi_rule {
	struct bi_slice text; /* the whole of it */
	struct bi_slice unit; /* as written; "*": all others */
	struct bi_slice tidy; /* the same in its base form */
	bool every;           /* the unit is "*" */
	bool relative;
	double value; /* a fraction, or in the tidy unit */
};

/* BI_RULES_INIT (all zero) asks for nothing. */
struct bi_rules {
	struct bi_arena memory; /* the slices */
	struct bi_rule *rule;
	size_t count;
	size_t cap;
};

#define BI_RULES_INIT {BI_ARENA_INIT, NULL, 0, 0}

/* Add the rules of TEXT, LEN bytes without a newline.  A malformed one is
 * BENCH_EINPUT with its column in ERR. */
int bi_rules_parse(struct bi_rules *rules, const char *text, size_t len,
		   struct bench_error *err);

/* The rule for UNIT, tidy or not; NULL: there is none.  *LIMIT is what it says
 * in that unit.  Returns 0 or BENCH_ENOMEM. */
int bi_rules_find(const struct bi_rules *rules, struct bi_slice unit,
		  const struct bi_rule **rule, struct bi_limit *limit);

void bi_rules_release(struct bi_rules *rules);

#endif
