/* Running a program from a test. */
#include "run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Far beyond what any of these programs takes, on any machine. */
#define PATIENCE_MS 100000

/* How long a killed process may take to end. */
#define ENDING_MS 5000

static char tmpdir[64];

static void open_as(int fd, const char *path, int flags)
{
	int opened = open(path, flags);

	if (opened < 0 || dup2(opened, fd) < 0)
		_exit(126);
	if (opened != fd)
		close(opened);
}

/* In the child. */
static void become(const struct run_io *io, char *const *argv, const int *out,
		   const int *err)
{
	struct rlimit none = {0, 0};

	setrlimit(RLIMIT_CORE, &none);
	open_as(STDIN_FILENO, io->in ? io->in : "/dev/null", O_RDONLY);
	if (io->out == NULL)
		dup2(out[1], STDOUT_FILENO);
	else if (*io->out != '\0')
		open_as(STDOUT_FILENO, io->out, O_WRONLY);
	dup2(err[1], STDERR_FILENO);
	closefrom(STDERR_FILENO + 1);
	if (io->out != NULL && *io->out == '\0')
		close(STDOUT_FILENO);
	execv(argv[0], argv);
	_exit(127);
}

/* A pipe, or a terminal and who looks at it. */
static void open_stderr(int *err, bool terminal)
{
	if (!terminal) {
		assert_int_equal(pipe(err), 0);
		return;
	}
	err[0] = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(err[0] >= 0);
	assert_int_equal(grantpt(err[0]), 0);
	assert_int_equal(unlockpt(err[0]), 0);
	err[1] = open(ptsname(err[0]), O_RDWR | O_NOCTTY);
	assert_true(err[1] >= 0);
}

void run_start(struct run *run, const struct run_io *io, char *const *argv)
{
	static const struct run_io usual = {0};
	int out[2], err[2];

	if (io == NULL)
		io = &usual;
	*run = (struct run){0};
	/* What its workers leave behind becomes ours, and is found. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	assert_int_equal(pipe(out), 0);
	open_stderr(err, io->terminal);
	run->pid = fork();
	assert_true(run->pid >= 0);
	if (run->pid == 0)
		become(io, argv, out, err);
	close(out[1]);
	close(err[1]);
	run->out_fd = out[0];
	run->err_fd = err[0];
}

static void take(int *fd, struct bi_buf *into)
{
	char chunk[4096];
	ssize_t n = read(*fd, chunk, sizeof(chunk));

	if (n > 0) {
		assert_int_equal(bi_buf_add(into, chunk, (size_t)n), 0);
		return;
	}
	close(*fd);
	*fd = -1;
}

/* Read what comes next; false when all is at its end. */
static bool take_more(struct run *run)
{
	struct pollfd waiting[] = {{.fd = run->out_fd, .events = POLLIN},
				   {.fd = run->err_fd, .events = POLLIN}};

	if (run->out_fd < 0 && run->err_fd < 0)
		return false;
	if (poll(waiting, 2, PATIENCE_MS) <= 0) {
		kill(run->pid, SIGKILL);
		fail_msg("it hangs, or left somebody who writes:\n%s\n%s",
			 bi_buf_str(&run->out), bi_buf_str(&run->err));
	}
	if (waiting[0].revents != 0)
		take(&run->out_fd, &run->out);
	if (waiting[1].revents != 0)
		take(&run->err_fd, &run->err);
	return true;
}

void run_until(struct run *run, const char *text)
{
	while (strstr(bi_buf_str(&run->err), text) == NULL) {
		if (!take_more(run))
			fail_msg("it ended without '%s':\n%s\n%s", text,
				 bi_buf_str(&run->out), bi_buf_str(&run->err));
	}
}

void run_finish(struct run *run)
{
	int status;

	while (take_more(run))
		;
	assert_int_equal(waitpid(run->pid, &status, 0), run->pid);
	run->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status)
					  : WEXITSTATUS(status);
	run->pid = 0;
	run_check_alone();
}

void run_program(struct run *run, char *const *argv)
{
	run_start(run, NULL, argv);
	run_finish(run);
}

void run_check_alone(void)
{
	int waited_ms = 0;
	pid_t pid;

	/* What was killed a moment ago may not have ended yet. */
	while ((pid = waitpid(-1, NULL, WNOHANG)) >= 0 || errno != ECHILD) {
		if (pid > 0)
			continue;
		if (waited_ms++ == ENDING_MS)
			fail_msg("a process was left behind");
		poll(NULL, 0, 1);
	}
}

void run_release(struct run *run)
{
	bi_buf_release(&run->out);
	bi_buf_release(&run->err);
}

void run_make_tmpdir(void)
{
	strcpy(tmpdir, "/tmp/benchkit-test.XXXXXX");
	assert_non_null(mkdtemp(tmpdir));
	setenv("TMPDIR", tmpdir, 1);
}

void run_check_tmpdir(void)
{
	DIR *dir = opendir(tmpdir);
	struct dirent *entry;

	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			fail_msg("%s/%s was left behind", tmpdir,
				 entry->d_name);
	}
	closedir(dir);
	assert_int_equal(rmdir(tmpdir), 0);
	unsetenv("TMPDIR");
}

int run_count_lines(const char *text, const char *start)
{
	size_t len = strlen(start);
	int count = 0;

	while (*text != '\0') {
		count += strncmp(text, start, len) == 0;
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return count;
}

void run_drop_cpu(struct bi_buf *text)
{
	char *line = strstr(bi_buf_str(text), "\ncpu: ");
	char *end;

	if (line == NULL)
		return;
	end = strchr(line + 1, '\n');
	assert_non_null(end);
	memmove(line, end, strlen(end) + 1);
	text->len = strlen(text->data);
}
