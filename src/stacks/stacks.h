/* Recorded stacks, read back: what any number of profiles say together.
 *
 *	file ── gunzip, decode.c or collapsed.c ──▶ struct bi_stacks ──
 *	select.c ──▶ graph.c ──▶ views
 *
 * Equal strings, modules, places and traces are one: traces that differ in
 * nothing but their values are added up as they come, which is also how several
 * profiles are merged, and one is subtracted from another. */
#ifndef BI_STACKS_STACKS_H
#define BI_STACKS_STACKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/intern.h"

/* What a value counts: "cpu" in "nanoseconds". */
struct bi_measure {
	const char *type;
	const char *unit;
};

/* A program or library in memory. */
struct bi_module {
	uint64_t start;
	uint64_t limit;
	uint64_t offset;      /* of START in the file */
	const char *file;     /* "" if unknown */
	const char *build_id; /* likewise */
};

/* A function at a place.  Pointers are equal where strings are. */
struct bi_frame {
	const char *function; /* NULL if unknown */
	const char *file;     /* "" if unknown */
	int64_t line;         /* 0 if unknown */
	int64_t first_line;   /* of the function; 0 if unknown */
};

/* An address: FRAMES are the functions there, innermost first. */
struct bi_place {
	uint64_t address;
	uint32_t module; /* counts from 1; 0: none */
	bool hidden;     /* not to be shown */
	struct bi_frame *frames;
	size_t count; /* 0: nothing is known */
};

/* What is true of a trace besides its stack: a text, or a number. */
struct bi_tag {
	const char *key;
	const char *text; /* NULL: a number */
	int64_t number;
	const char *unit; /* of the number; "" if unknown */
};

struct bi_trace {
	const uint32_t *places; /* indices; innermost first */
	size_t depth;
	const struct bi_tag *tags; /* by key */
	size_t tag_count;
	int64_t *values; /* one for each measure; none is INT64_MIN */
	bool base;       /* of what is compared against */
};

/* All zero is empty. */
struct bi_stacks {
	struct bi_measure *measures;
	size_t measure_count;
	size_t default_measure;
	struct bi_measure period_measure;
	int64_t period;
	int64_t time_ns;     /* of the first, since 1970; 0 if unknown */
	int64_t duration_ns; /* of all; 0 if unknown */

	struct bi_module *modules; /* the program first */
	size_t module_count;
	struct bi_place *places;
	size_t place_count;
	struct bi_trace *traces;
	size_t trace_count;
	const char **comments;
	size_t comment_count;

	size_t module_capacity, place_capacity, trace_capacity;
	size_t comment_capacity;
	struct bi_intern strings;
	struct bi_intern module_keys, place_keys, trace_keys;
	struct bi_arena arena;
};

#define BI_STACKS_INIT {.measures = NULL}

/* A sum or a difference of values stops at the largest there are. */
int64_t bi_value_add(int64_t a, int64_t b);
static inline int64_t bi_value_abs(int64_t value)
{
	return value < 0 ? -value : value;
}

/* The functions below that add to STACKS return 0 or BENCH_ENOMEM; strings are
 * copied, and live as long as STACKS. */

/* The one copy of TEXT; NULL without memory. */
const char *bi_stacks_string(struct bi_stacks *stacks, const char *text);

/* Say what values are of.  BENCH_EINPUT if those before were of something else,
 * or COUNT is 0. */
int bi_stacks_measure(struct bi_stacks *stacks,
		      const struct bi_measure *measures, size_t count,
		      struct bench_error *err);

/* Set *OUT to the number of MODULE, counted from 1: an earlier one's, if that
 * is the same file, wherever it stood in memory. */
int bi_stacks_module(struct bi_stacks *stacks, const struct bi_module *module,
		     uint32_t *out);

/* Set *OUT to the index of PLACE, whose address stands in module FROM of its
 * own profile (NULL: in none); its strings are STACKS's. */
int bi_stacks_place(struct bi_stacks *stacks, const struct bi_place *place,
		    const struct bi_module *from, uint32_t *out);

/* Add TRACE; strings of its tags are STACKS's.  Sorts them. */
int bi_stacks_trace(struct bi_stacks *stacks, struct bi_tag *tags,
		    const struct bi_trace *trace);

int bi_stacks_comment(struct bi_stacks *stacks, const char *text);

/* Leave out traces all of whose values are 0.  After the last profile. */
void bi_stacks_finish(struct bi_stacks *stacks);

void bi_stacks_release(struct bi_stacks *stacks);

#endif
