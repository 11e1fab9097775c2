/* Two programs, from their paths to a finished run. */
#ifndef BI_CLI_BENCHAB_COMPARE_H
#define BI_CLI_BENCHAB_COMPARE_H

#include <signal.h>

#include "cli/benchab/options.h"
#include "pair/run.h"

/* A program and the arguments that its benchmarks get. */
struct program {
	const char *path;
	char *const *args; /* up to NULL */
};

/* A comparison being prepared and run.  Zero-initialise, release. */
struct compare {
	struct bi_pair_plan plan;
	struct bi_pair_run run;
	char *path[2];
	char **argv[2];
	char *text[2]; /* the flags in ARGV */
};

/* Fill the plan for OLD and NEW; both are checked for benchkit's note.  0, or
 * the error to print: BENCH_EIO, BENCH_EINPUT, BENCH_ENOMEM. */
int compare_prepare(struct compare *compare, const struct options *options,
		    const struct program *old, const struct program *new,
		    struct bench_error *err);

void compare_release(struct compare *compare);

/* Catch SIGINT, SIGTERM and SIGHUP from here on; true once one has come. */
void compare_catch_signals(void);
bool compare_is_stopped(void);

/* The mask to wait with, in which these signals come through. */
const sigset_t *compare_waiting_signals(void);

/* In a child that is to run another program: as if nothing had been caught. */
void compare_restore_signals(void);

/* What cleans up afterwards is not to be stopped. */
void compare_forget_stop(void);

#endif
