/* A finished profile: plain data, between the kind that recorded it and the
 * formats that it is written in.
 *
 *	kind ── collect ──▶ samples ── merge ──▶ bi_mapping_read ──▶
 *	bi_symbol_resolve ──▶ proto.c, text.c, folded.c
 *
 * Strings and arrays of addresses belong to ARENA, or are static. */
#ifndef BI_PROFILE_PROFILE_H
#define BI_PROFILE_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "profile/table.h"

struct bi_value_type {
	const char *type; /* "cpu" */
	const char *unit; /* "nanoseconds" */
};

struct bi_sample {
	const uintptr_t *pcs; /* innermost first, as in struct bi_stack */
	size_t depth;
	struct bi_tags tags;
	int64_t bytes; /* numeric label "bytes"; 0: none */
	int64_t value[BI_TABLE_VALUES];
};

/* A piece of a file in memory that can be executed. */
struct bi_mapping {
	uintptr_t start;
	uintptr_t limit;
	uint64_t offset; /* of START in the file */
	const char *file;     /* its path, "[vdso]", or "" */
	const char *build_id; /* in hex; "" if it has none */
	bool used;            /* a sample has an address in it */
	bool named;           /* of some of these the function is known, */
	bool lined;           /* and the line: then inlined calls are, too */
};

/* One function at an address.  Of several the first is the innermost, inlined
 * into the next. */
struct bi_line {
	const char *function;
	const char *file; /* "" when unknown */
	int line;         /* 0 when unknown */
	uintptr_t start;  /* of the function; 0 when unknown */
};

/* An address that occurs in samples. */
struct bi_location {
	uintptr_t pc;
	size_t mapping; /* index; the number of mappings: in none */
	const struct bi_line *lines;
	size_t line_count; /* 0: no name is known */
};

/* A thread, in a picture of all. */
struct bi_seen_thread {
	int tid;
	const char *name;
	const char *state; /* "sleeping", or why it has no stack */
	const char *where; /* in the kernel; "" when unknown */
	const uintptr_t *pcs; /* of a sample */
	size_t depth;
};

struct bi_profile {
	const char *name; /* of the kind */
	struct bi_value_type type[BI_TABLE_VALUES];
	size_t type_count;
	const char *default_type; /* one of them; NULL: the last */
	bool leaf_is_exact; /* from signals: no return address */
	struct bi_value_type period_type;
	int64_t period;
	int64_t time_ns;     /* of the start, since 1970 */
	int64_t duration_ns; /* 0: of a moment */

	struct bi_sample *samples;
	size_t sample_count;
	size_t sample_capacity;
	struct bi_seen_thread *threads; /* of kind threads */
	size_t thread_count;
	const char **comments;
	size_t comment_count;

	struct bi_mapping *mappings; /* by address */
	size_t mapping_count;
	size_t main_mapping; /* that of the program */
	struct bi_location *locations; /* by address, each once */
	size_t location_count;

	struct bi_arena arena;
};

/* All zero is an empty profile. */
#define BI_PROFILE_INIT {.name = ""}

/* Each of these returns 0 or BENCH_ENOMEM. */

/* Add a sample; its addresses are copied. */
int bi_profile_add(struct bi_profile *profile, const struct bi_sample *sample);

/* Add a comment, a printf format. */
int bi_profile_comment(struct bi_profile *profile, const char *fmt, ...)
	BENCH_PRINTF(2, 3);

/* Samples of one stack, tags and bytes become one, those without any value go;
 * the rest is ordered by its last value, largest first.  After it the locations
 * are those of the samples, without mapping or line. */
int bi_profile_merge(struct bi_profile *profile);

/* Add the samples of LESS with their values negated: after bi_profile_merge()
 * PROFILE is what came since.  Of types and the rest LESS is like PROFILE. */
int bi_profile_subtract(struct bi_profile *profile,
			const struct bi_profile *less);

/* The location of PC, which is in a sample. */
const struct bi_location *bi_profile_location(const struct bi_profile *profile,
					      uintptr_t pc);

/* Leave only samples of benchmark NAME. */
void bi_profile_keep(struct bi_profile *profile, const char *name);

void bi_profile_release(struct bi_profile *profile);

#endif
