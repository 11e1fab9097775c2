/* A comparison on file, with all that a second analysis needs: JSON values, one
 * a line.
 *
 * The first line is about the run and says how many there are of the others; then
 * one for each benchmark ("row"), each launch ("launch": the number of its row),
 * and each launch of the old build against itself ("sentinel").  Times are in
 * nanoseconds; what is not a finite number is a string. */
#ifndef BI_PAIR_RECORD_H
#define BI_PAIR_RECORD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "pair/run.h"

/* How verdicts become an exit status; kept, not used, here. */
struct bi_record_terms {
	bool strict;
	bool undecided_passes;
	bool missing_ok;
	const char *gate; /* its rules; "": none but the margin */
};

/* Append RUN and TERMS.  0 or BENCH_ENOMEM. */
int bi_record_write(const struct bi_pair_run *run,
		    const struct bi_record_terms *terms, struct bi_buf *out);

/* What is read back.  Zero-initialise, release; it must stay where it is, as RUN
 * points to PLAN. */
struct bi_record {
	struct bi_arena memory; /* the texts of PLAN and TERMS */
	struct bi_pair_plan plan;
	struct bi_pair_run run; /* launched, not judged */
	struct bi_record_terms terms;
};

/* Read TEXT (LEN bytes), which FILE is named for in errors.  0; BENCH_EINPUT
 * with file and line for what bi_record_write cannot have written;
 * BENCH_ENOMEM. */
int bi_record_read(struct bi_record *record, const char *file, const char *text,
		   size_t len, struct bench_error *err);

/* Take the times that METRIC has for the launches; AUTO: leave them.  0, or
 * BENCH_EINPUT when a benchmark used none of it. */
int bi_record_use_metric(struct bi_record *record, enum bi_pair_metric metric,
			 struct bench_error *err);

void bi_record_release(struct bi_record *record);

/* The words of an enum, by value, and how many there are. */
struct bi_record_words {
	const char *const *word;
	int count;
};

extern const struct bi_record_words bi_record_standings;
extern const struct bi_record_words bi_record_metrics;
extern const struct bi_record_words bi_record_corrections;

#endif
