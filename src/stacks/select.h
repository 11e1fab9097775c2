/* Which traces, and which of their functions, are looked at. */
#ifndef BI_STACKS_SELECT_H
#define BI_STACKS_SELECT_H

#include "proc/regex.h"
#include "stacks/stacks.h"

/* NULL: no such condition.  A name is that of a function, a source file or a
 * module. */
struct bi_selection {
	struct bi_regex *focus;  /* a name in the stack must match */
	struct bi_regex *ignore; /* none may */
	struct bi_regex *hide;   /* functions not to show */
	const char *tag_key;     /* the only tag looked at; NULL: all */
	struct bi_regex *tag_focus; /* a text, or "key:text" without TAG_KEY */
};

/* Whether anything matched at all, for each condition; true without it. */
struct bi_selected {
	bool focus, ignore, hide, tag_focus;
};

/* Leave in STACKS what SELECTION wants.  BENCH_ENOMEM; BENCH_ERANGE if a pattern
 * takes too long. */
int bi_select(struct bi_stacks *stacks, const struct bi_selection *selection,
	      struct bi_selected *selected, struct bench_error *err);

#endif
