/* -git: two revisions, built in worktrees that are gone afterwards. */
#include "cli/benchab/git.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cli/benchab/compare.h"
#include "wire/tree.h"

/* How often a running command is looked at. */
static const struct timespec look = {0, 20000000};

/* In the child: run ARGV in DIRECTORY; what it prints goes to stderr, or to OUT
 * if that is a descriptor. */
static void become(char *const *argv, const char *directory, int out)
{
	setpgid(0, 0);
	compare_restore_signals();
	if (directory != NULL && chdir(directory) < 0) {
		perror(directory);
		_exit(127);
	}
	dup2(out >= 0 ? out : STDERR_FILENO, STDOUT_FILENO);
	execvp(argv[0], argv);
	perror(argv[0]);
	_exit(127);
}

/* Wait for PID, unless the run is to end, and then end it and all it started.
 * Its exit status as waitpid has it. */
static int await(pid_t pid)
{
	bool told = false;
	int status = 0;

	while (waitpid(pid, &status, WNOHANG) == 0) {
		if (compare_is_stopped() && !told) {
			kill(-pid, SIGTERM);
			told = true;
		}
		ppoll(NULL, 0, &look, compare_waiting_signals());
	}
	return status;
}

/* Run ARGV; 0 if it did what it should. */
static int run(char *const *argv, const char *directory, int out)
{
	pid_t pid = fork();

	if (pid == 0)
		become(argv, directory, out);
	return pid < 0 || await(pid) != 0 ? -1 : 0;
}

/* The first line that ARGV prints, without its newline. */
static int run_for_line(char *const *argv, struct bi_buf *line)
{
	char chunk[4096];
	int ends[2], rc;
	ssize_t n;

	if (pipe(ends) < 0)
		return BENCH_EIO;
	rc = run(argv, NULL, ends[1]);
	close(ends[1]);
	n = read(ends[0], chunk, sizeof(chunk));
	close(ends[0]);
	if (rc < 0 || n < 0)
		return BENCH_EIO;
	return bi_buf_add(line, chunk, strnlen(chunk, (size_t)n) > 0
					       ? strcspn(chunk, "\n")
					       : 0);
}

static int make_root(struct git *git, struct bench_error *err)
{
	const char *directory = getenv("TMPDIR");
	struct bi_buf path = BI_BUF_INIT;

	if (bi_buf_addf(&path, "%s/benchab.XXXXXX",
			directory && *directory ? directory : "/tmp") < 0)
		return bi_error_nomem(err);
	if (mkdtemp(path.data) == NULL) {
		bi_error_errno(err, "cannot make", path.data);
		bi_buf_release(&path);
		return BENCH_EIO;
	}
	git->root = bi_buf_detach(&path);
	return 0;
}

/* Check out REVISION for SIDE. */
static int check_out(struct git *git, int side, const char *revision,
		     struct bench_error *err)
{
	struct bi_buf *tree = &git->tree[side];
	char *argv[] = {"git",	    "worktree", "add", "--quiet", "--detach",
			"--force", NULL,	 NULL,	NULL};

	if (bi_buf_addf(tree, "%s/%s", git->root, side == 0 ? "old" : "new") <
	    0)
		return bi_error_nomem(err);
	argv[6] = tree->data;
	argv[7] = (char *)revision;
	if (run(argv, NULL, -1) < 0)
		return bi_error_set(err, BENCH_EFAILED, "cannot check out '%s'",
				    revision);
	return 0;
}

/* A fresh worktree has none of its submodules. */
static int check_out_submodules(const struct git *git, int side,
				struct bench_error *err)
{
	char *argv[] = {"git",	  "submodule",	 "update", "--init",
			"--quiet", "--recursive", NULL};
	struct bi_buf list = BI_BUF_INIT;
	int rc = 0;

	if (bi_buf_addf(&list, "%s/.gitmodules",
			bi_buf_str(&git->tree[side])) < 0)
		rc = bi_error_nomem(err);
	else if (access(list.data, F_OK) == 0 &&
		 run(argv, bi_buf_str(&git->tree[side]), -1) < 0)
		rc = bi_error_set(err, BENCH_EFAILED,
				  "cannot check out the submodules of %s",
				  side == 0 ? "OLD" : "NEW");
	bi_buf_release(&list);
	return rc;
}

/* Run BUILD in DIRECTORY, and note where PATH is then. */
static int build_side(struct git *git, int side, const char *directory,
		      const char *build, const char *path,
		      struct bench_error *err)
{
	char *argv[] = {"sh", "-c", (char *)build, NULL};

	if (run(argv, directory, -1) < 0)
		return bi_error_set(err, BENCH_EFAILED,
				    "the build of %s failed: %s",
				    side == 0 ? "OLD" : "NEW", build);
	if (bi_buf_addf(&git->program[side], "%s/%s", directory, path) < 0)
		return bi_error_nomem(err);
	return 0;
}

/* Both sides, PREFIX being the place of our directory in the repository. */
static int build_both(struct git *git, const char *const *revision,
		      const char *prefix, const char *build, const char *path,
		      struct bench_error *err)
{
	struct bi_buf directory = BI_BUF_INIT;
	int side, rc = 0;

	for (side = 0; side < 2 && rc == 0 && !compare_is_stopped(); side++) {
		bi_buf_reset(&directory);
		if (revision[side] != NULL) {
			rc = check_out(git, side, revision[side], err);
			if (rc == 0)
				rc = check_out_submodules(git, side, err);
			if (rc == 0 &&
			    bi_buf_addf(&directory, "%s/%s",
					git->tree[side].data, prefix) < 0)
				rc = bi_error_nomem(err);
		} else if (bi_buf_adds(&directory, ".") < 0) {
			rc = bi_error_nomem(err);
		}
		if (rc == 0)
			rc = build_side(git, side, directory.data, build, path,
					err);
	}
	bi_buf_release(&directory);
	return rc;
}

int git_prepare(struct git *git, const char *old, const char *new,
		const char *build, const char *path, struct bench_error *err)
{
	char *argv[] = {"git", "rev-parse", "--show-prefix", NULL};
	const char *const revision[] = {old, new};
	struct bi_buf prefix = BI_BUF_INIT;
	int rc;

	if (run_for_line(argv, &prefix) < 0)
		rc = bi_error_set(err, BENCH_EFAILED,
				  "not in a working tree of git");
	else
		rc = make_root(git, err);
	if (rc == 0)
		rc = build_both(git, revision, bi_buf_str(&prefix), build,
				path, err);
	bi_buf_release(&prefix);
	return rc;
}

void git_release(struct git *git)
{
	char *argv[] = {"git", "worktree", "remove", "--force", NULL, NULL};
	int side;

	for (side = 0; side < 2; side++) {
		if (git->tree[side].len > 0) {
			argv[4] = git->tree[side].data;
			compare_forget_stop();
			if (access(argv[4], F_OK) == 0)
				run(argv, NULL, -1);
		}
		bi_buf_release(&git->tree[side]);
		bi_buf_release(&git->program[side]);
	}
	if (git->root != NULL)
		bi_tree_remove(git->root);
	free(git->root);
	git->root = NULL;
}
