/* A worker's process: started, watched, ended. */
#include "wire/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wire/protocol.h"

extern char **environ;

struct signal_name {
	int signo;
	const char *name;
};

static const struct signal_name signal_names[] = {
	{SIGABRT, "SIGABRT"}, {SIGALRM, "SIGALRM"}, {SIGBUS, "SIGBUS"},
	{SIGFPE, "SIGFPE"},   {SIGHUP, "SIGHUP"},   {SIGILL, "SIGILL"},
	{SIGINT, "SIGINT"},   {SIGKILL, "SIGKILL"}, {SIGPIPE, "SIGPIPE"},
	{SIGQUIT, "SIGQUIT"}, {SIGSEGV, "SIGSEGV"}, {SIGSYS, "SIGSYS"},
	{SIGTERM, "SIGTERM"}, {SIGTRAP, "SIGTRAP"}, {SIGUSR1, "SIGUSR1"},
	{SIGUSR2, "SIGUSR2"}, {SIGXCPU, "SIGXCPU"}, {SIGXFSZ, "SIGXFSZ"},
};

int bi_process_signal_name(struct bi_buf *out, int signo)
{
	size_t i;

	for (i = 0; i < sizeof(signal_names) / sizeof(signal_names[0]); i++) {
		if (signal_names[i].signo == signo)
			return bi_buf_adds(out, signal_names[i].name);
	}
	return bi_buf_addf(out, "signal %d", signo);
}

int bi_process_reason(struct bi_buf *out, int status)
{
	if (WIFSIGNALED(status))
		return bi_process_signal_name(out, WTERMSIG(status));
	return bi_buf_addf(out, "exit status %d", WEXITSTATUS(status));
}

long long bi_process_rss(pid_t pid)
{
	char path[64], text[128], *field;
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%ld/statm", (long)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (n <= 0)
		return -1;
	text[n] = '\0';
	/* Its second field: resident pages. */
	field = strchr(text, ' ');
	if (field == NULL)
		return -1;
	return strtoll(field, NULL, 10) * sysconf(_SC_PAGESIZE);
}

/* The environment with BI_WIRE_ENV naming the two descriptors.  The strings
 * but ENTRY are the caller's own environment. */
static char **worker_environment(char *entry)
{
	size_t name_len = strlen(BI_WIRE_ENV), count = 0, i, used = 0;
	char **env;

	while (environ[count] != NULL)
		count++;
	env = calloc(count + 2, sizeof(*env));
	if (env == NULL)
		return NULL;
	for (i = 0; i < count; i++) {
		if (strncmp(environ[i], BI_WIRE_ENV, name_len) != 0 ||
		    environ[i][name_len] != '=')
			env[used++] = environ[i];
	}
	env[used] = entry;
	return env;
}

/* In the child, between fork and exec: only async-signal-safe calls. */
BENCH_NORETURN static void become_worker(pid_t parent, char *const *argv,
					 char *const *env, int report)
{
	const char *path = (const char *)getauxval(AT_EXECFN);
	sigset_t watched;
	int null, error;

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(127);
	/* The supervisor reads these from a descriptor. */
	sigemptyset(&watched);
	sigaddset(&watched, SIGINT);
	sigaddset(&watched, SIGTERM);
	sigaddset(&watched, SIGHUP);
	sigaddset(&watched, SIGCHLD);
	sigprocmask(SIG_UNBLOCK, &watched, NULL);
	/* A group in the background that writes to a terminal must not stop. */
	signal(SIGTTOU, SIG_IGN);
	signal(SIGPIPE, SIG_DFL);
	null = open("/dev/null", O_RDONLY);
	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		close(null);
	}
	dup2(STDERR_FILENO, STDOUT_FILENO);
	execve("/proc/self/exe", argv, env);
	/* No /proc: the path that this program was started with. */
	if (path != NULL)
		execve(path, argv, env);
	error = errno;
	if (write(report, &error, sizeof(error)) < 0)
		_exit(126);
	_exit(127);
}

/* Wait until the child runs our executable.  0, or its errno. */
static int await_exec(int report)
{
	int error = 0;
	ssize_t n;

	do
		n = read(report, &error, sizeof(error));
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof(error) ? error : 0;
}

static void close_pair(const int *pair)
{
	if (pair[0] >= 0)
		close(pair[0]);
	if (pair[1] >= 0)
		close(pair[1]);
}

/* The child's ends must survive exec, ours must not reach it. */
static int open_channels(int *socket, int *words, int *report)
{
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, socket) < 0 ||
	    pipe2(words, O_CLOEXEC) < 0 || pipe2(report, O_CLOEXEC) < 0)
		return -1;
	if (fcntl(socket[1], F_SETFD, 0) < 0 || fcntl(words[1], F_SETFD, 0) < 0)
		return -1;
	return 0;
}

int bi_process_start(struct bi_process *process, char *const *argv,
		     struct bench_error *err)
{
	int socket[2] = {-1, -1}, words[2] = {-1, -1}, report[2] = {-1, -1};
	char entry[64];
	char **env = NULL;
	pid_t parent = getpid(), pid;
	int rc = 0;

	*process = (struct bi_process)BI_PROCESS_INIT;
	if (open_channels(socket, words, report) < 0) {
		rc = bi_error_errno(err, "cannot start", "a worker");
		goto out;
	}
	snprintf(entry, sizeof(entry), "%s=%d,%d", BI_WIRE_ENV, socket[1],
		 words[1]);
	env = worker_environment(entry);
	if (env == NULL) {
		rc = bi_error_nomem(err);
		goto out;
	}
	pid = fork();
	if (pid == 0)
		become_worker(parent, argv, env, report[1]);
	if (pid < 0) {
		rc = bi_error_errno(err, "cannot start", "a worker");
		goto out;
	}
	/* Both sides set the group: neither may find it unset. */
	setpgid(pid, pid);
	close(report[1]);
	report[1] = -1;
	*process = (struct bi_process){pid, socket[0], words[0]};
	socket[0] = words[0] = -1;
	errno = await_exec(report[0]);
	if (errno != 0) {
		rc = bi_error_errno(err, "cannot start", "a worker");
		bi_process_reap(process, NULL);
	}
out:
	free(env);
	close_pair(socket);
	close_pair(words);
	close_pair(report);
	return rc;
}

void bi_process_kill(const struct bi_process *process)
{
	if (process->pid > 0) {
		kill(-process->pid, SIGKILL);
		kill(process->pid, SIGKILL);
	}
}

void bi_process_reap(struct bi_process *process, int *status)
{
	int ignored;

	if (process->socket >= 0)
		close(process->socket);
	if (process->last_words >= 0)
		close(process->last_words);
	if (process->pid > 0) {
		while (waitpid(process->pid, status ? status : &ignored, 0) <
			       0 &&
		       errno == EINTR)
			;
		/* Children that the benchmarks left behind. */
		kill(-process->pid, SIGKILL);
	}
	*process = (struct bi_process)BI_PROCESS_INIT;
}
