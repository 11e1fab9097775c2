/* Input files: what the command line calls them, and their bytes. */
#ifndef BI_FMT_SOURCE_H
#define BI_FMT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

/* Standard input, as a path. */
#define BI_SOURCE_STDIN "-"

struct bi_input {
	const char *label; /* "" for none */
	const char *path;
};

/* The inputs that the COUNT arguments in ARGS name: "PATH" or "LABEL=PATH".
 * A path that is given several times without a label gets the labels
 * "PATH#0", "PATH#1", ...  *INPUTS and its strings belong to MEMORY, paths to
 * ARGS.  Returns 0 or BENCH_ENOMEM. */
int bi_inputs(struct bi_arena *memory, char *const *args, size_t count,
	      struct bi_input **inputs);

/* An open file. */
struct bi_source {
	const char *path;
	int fd;
};

/* Open PATH for reading.  On failure ERR holds "open PATH: reason". */
int bi_source_open(struct bi_source *source, const char *path,
		   struct bench_error *err);

/* Open the file NAME in the folder that SOURCE is.  Returns 1; 0 when SOURCE is
 * no folder or holds no such file; or a failure. */
int bi_source_member(const struct bi_source *source, const char *name,
		     struct bi_source *member, struct bench_error *err);

bool bi_source_is_folder(const struct bi_source *source);

/* The names of the folders in the folder that SOURCE is, in the order of their
 * bytes; links, and what begins with a dot, are left out.  They belong to
 * MEMORY. */
int bi_source_folders(const struct bi_source *source, struct bi_arena *memory,
		      const char ***names, size_t *count,
		      struct bench_error *err);

/* A bi_read (fmt/reader.h) whose ARG is the struct bi_source. */
int bi_source_read(void *arg, char *buf, size_t cap, size_t *len,
		   struct bench_error *err);

void bi_source_close(struct bi_source *source);

#endif
