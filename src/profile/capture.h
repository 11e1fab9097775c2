/* All kinds at once, into files: what a signal starts, and another one ends.
 *
 * A file is made when its profile starts, so that a directory that cannot be
 * written to is noticed then.  It is opened again at the end, and not kept open:
 * daemons close what they do not know, and what they open next would have its
 * number. */
#ifndef BI_PROFILE_CAPTURE_H
#define BI_PROFILE_CAPTURE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

/* A file of our own, for its owner alone. */
struct bi_capture_file {
	char path[PATH_MAX];
	dev_t device;
	ino_t inode;
};

struct bi_capture_part {
	const char *kind;
	bool shared; /* somebody else had started it, and will stop it */
	struct bi_capture_file file;
};

enum { BI_CAPTURE_MOST = 5 };

struct bi_capture {
	struct bi_capture_part part[BI_CAPTURE_MOST];
	size_t count; /* parts that record */
};

/* Where files go: DIRECTORY, or, if that is NULL, $TMPDIR, or /tmp. */
const char *bi_capture_directory(const char *directory);

/* Start what there is of cpu, heap, mutex, block and threadcreate, each with a
 * file in DIRECTORY.  What cannot be started is left out, and ERR says why the
 * first could not; CAPTURE has what could. */
int bi_capture_start(struct bi_capture *capture, const char *directory,
		     struct bench_error *err);

/* Stop and write all of it; the first error.  CAPTURE is empty then. */
int bi_capture_stop(struct bi_capture *capture, struct bench_error *err);

/* Write the stacks of all threads to a file in DIRECTORY. */
int bi_capture_stacks(const char *directory, struct bench_error *err);

#endif
