/* One of the two builds: how it is started, and what it has. */
#ifndef BI_PAIR_SIDE_H
#define BI_PAIR_SIDE_H

#include <stddef.h>

#include "pair/row.h"
#include "pair/worker.h"

struct bi_side {
	const char *path;
	char *const *argv; /* flags of the harness, "--", the user's arguments */
};

/* The benchmarks of both sides: those of OLD in its order, then those only in
 * NEW. */
struct bi_suite {
	struct bi_row *row;
	size_t count;
	size_t capacity;
	struct bi_buf note[2]; /* what the builds say of themselves, as lines */
};

/* Add what the build SIDE (0 old, 1 new) has to SUITE.  Every benchmark is run
 * once; one that fails, crashes, hangs or exits is lost alone.  0; BENCH_EFAILED
 * if the program does not serve at all, BENCH_EIO if it cannot be started,
 * BENCH_ENOMEM; BENCH_OK with *STOPPED when the run is to end. */
int bi_side_discover(const struct bi_side *builds, int side,
		     const struct bi_patience *patience,
		     struct bi_suite *suite, bool *stopped,
		     struct bench_error *err);

void bi_suite_release(struct bi_suite *suite);

#endif
