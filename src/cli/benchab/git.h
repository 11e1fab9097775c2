/* -git: two revisions, built in worktrees that are gone afterwards. */
#ifndef BI_CLI_BENCHAB_GIT_H
#define BI_CLI_BENCHAB_GIT_H

#include "base/buf.h"
#include "base/error.h"

/* Zero-initialise; release removes the worktrees. */
struct git {
	char *root;               /* temporary directory; NULL: none yet */
	struct bi_buf tree[2];    /* worktrees, where there is one */
	struct bi_buf program[2]; /* what was built */
};

/* Check out OLD and NEW (NULL: the working tree as it is), run BUILD by the
 * shell in each, in the directory in it that corresponds to ours, and find the
 * program at PATH from there.  0, or a negative error; stops early when
 * compare_is_stopped(). */
int git_prepare(struct git *git, const char *old, const char *new,
		const char *build, const char *path, struct bench_error *err);

void git_release(struct git *git);

#endif
