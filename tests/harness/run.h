/* Running a program from a test: what it wrote, how it ended, and that it left
 * no process and no file behind. */
#ifndef TESTS_HARNESS_RUN_H
#define TESTS_HARNESS_RUN_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"

/* A program that runs, or ran.  Every failure of a call below fails the test. */
struct run {
	pid_t pid;
	int out_fd; /* -1: at its end */
	int err_fd;
	struct bi_buf out;
	struct bi_buf err;
	int status; /* exit status; 128 and the number of a signal that ended it */
};

/* Where its descriptors go, when not to the test. */
struct run_io {
	const char *in;  /* path; NULL: /dev/null */
	const char *out; /* path; "": closed; NULL: run.out */
	bool terminal;   /* stderr is one; run.err is what it shows */
};

/* Run ARGV[0] to its end.  Each environment variable that the test wants, it
 * sets for itself. */
void run_program(struct run *run, char *const *argv);

/* The same in steps.  run_until waits for TEXT in what was written to stderr. */
void run_start(struct run *run, const struct run_io *io, char *const *argv);
void run_until(struct run *run, const char *text);
void run_finish(struct run *run);

/* All processes that it started have ended. */
void run_check_alone(void);

void run_release(struct run *run);

/* A directory for the program's temporary files (TMPDIR), made by the first and
 * found empty, and removed, by the second. */
void run_make_tmpdir(void);
void run_check_tmpdir(void);

/* Number of lines of TEXT that begin with START. */
int run_count_lines(const char *text, const char *start);

/* All lines of TEXT but those that begin with "cpu: ", in place. */
void run_drop_cpu(struct bi_buf *text);

#endif
