/* The line on a terminal that says what runs. */
#ifndef BI_HARNESS_PROGRESS_H
#define BI_HARNESS_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "clock/clock.h"

struct bi_progress {
	FILE *terminal; /* NULL: there is none, nothing is shown */
	struct bi_instant began;
	struct bi_instant round_began;
	int64_t rounds;
	int64_t round;   /* from 1 */
	int64_t planned; /* top-level benchmarks a round */
	int64_t started; /* of this round */
	bool shown;      /* the line is on the screen */
	struct bi_instant drawn;
	char what[256];
};

/* Shows on stderr if that is a terminal. */
void bi_progress_init(struct bi_progress *progress, int64_t rounds);

void bi_progress_round(struct bi_progress *progress, int64_t round,
		       int64_t planned);

/* A top-level benchmark is started. */
void bi_progress_start(struct bi_progress *progress);

/* NAME runs at PROCS. */
void bi_progress_name(struct bi_progress *progress, const char *name,
		      int procs);

/* Take the line off the screen, before anything else is printed. */
void bi_progress_clear(struct bi_progress *progress);

/* Put it there. */
void bi_progress_draw(struct bi_progress *progress);

/* Bring its times up to date, once a second however often this is called. */
void bi_progress_tick(struct bi_progress *progress);

#endif
