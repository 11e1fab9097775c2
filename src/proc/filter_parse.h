/* The text of a filter as a tree. */
#ifndef BI_PROC_FILTER_PARSE_H
#define BI_PROC_FILTER_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/slice.h"

enum bi_clause_kind {
	BI_CLAUSE_AND,  /* all of PARTS; true if there are none */
	BI_CLAUSE_OR,   /* one of PARTS */
	BI_CLAUSE_NOT,  /* not the one of PARTS */
	BI_CLAUSE_MATCH /* KEY has VALUE */
};

struct bi_clause {
	struct bi_clause *next; /* among the parts of its parent */
	enum bi_clause_kind kind;
	struct bi_clause *parts;
	struct bi_slice key;
	size_t key_offset;
	struct bi_slice value;
	size_t value_offset;
	bool is_regexp;
};

/* The tree for TEXT, in MEMORY.  Neither keys nor regular expressions are
 * checked.  BENCH_EINPUT with the place in ERR (not NULL); BENCH_ENOMEM. */
int bi_filter_parse(const char *text, struct bi_arena *memory,
		    struct bi_clause **tree, struct bench_error *err);

#endif
